# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import StartCompanyTrackingResponse


class StartCompanyTrackingTask(BaseModel):
    start_company_tracking_task: StartCompanyTrackingResponse | None = None
    """Start a run that looks for job changes at the tracked companies.

    Add companies first. Data points named in `unlockDataPoints` are unlocked for credits; prices are
    in `account.universalPlan.costs`. Not repeatable. Poll `companyTrackingTask` with the id of the
    task.
    """

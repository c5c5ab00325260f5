# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import CancelCompanyTrackingResponse


class CancelCompanyTrackingTask(BaseModel):
    cancel_company_tracking_task: CancelCompanyTrackingResponse | None = None
    """Cancel a company tracking task.

    Repeatable: a task that has ended answers an `errorCode`. Price: not published.
    """

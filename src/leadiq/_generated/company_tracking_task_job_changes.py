# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import CompanyTrackingTaskWithJobChanges


class CompanyTrackingTaskJobChanges(BaseModel):
    company_tracking_task: CompanyTrackingTaskWithJobChanges | None = None
    """Read a company tracking task and its job changes.

    Price: not published; unlocking is paid for by `startCompanyTrackingTask`. Repeatable: poll it
    until the task has ended. Expect null when there is no such task.
    """

# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import AddTrackedCompaniesResponse


class AddTrackedCompanies(BaseModel):
    add_tracked_companies: AddTrackedCompaniesResponse | None = None
    """Add companies to those that are tracked; the first step of company tracking.

    Then call `startCompanyTrackingTask`. Price: not published. Not repeatable. Check `success` of
    each result.
    """

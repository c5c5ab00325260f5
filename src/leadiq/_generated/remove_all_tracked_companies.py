# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import RemoveAllTrackedCompaniesResponse


class RemoveAllTrackedCompanies(BaseModel):
    remove_all_tracked_companies: RemoveAllTrackedCompaniesResponse | None = None
    """Stop tracking all companies.

    Repeatable. It cannot be undone. Price: not published.
    """

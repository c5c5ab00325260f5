# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import RemoveTrackedCompaniesResponse


class RemoveTrackedCompanies(BaseModel):
    remove_tracked_companies: RemoveTrackedCompaniesResponse | None = None
    """Stop tracking some companies.

    Repeatable: ids that are not tracked come back in `notFound`, by its name. Price: not published.
    """

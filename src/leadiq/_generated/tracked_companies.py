# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import TrackedCompaniesConnection


class TrackedCompanies(BaseModel):
    tracked_companies: TrackedCompaniesConnection | None = None
    """Read the companies that are tracked.

    Price: not published. Repeatable. A Relay connection: `pageInfo.endCursor` is the next `after`.
    """

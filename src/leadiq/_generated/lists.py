# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import ListConnection


class Lists(BaseModel):
    lists: ListConnection | None = None
    """Read the account's lists of prospects.

    Free [guide]. Repeatable. Pages by `limit` and `cursor`; `nextCursor` is the next `cursor`, null
    at the end.
    """

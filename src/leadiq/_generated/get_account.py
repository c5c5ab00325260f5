# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import Account


class GetAccount(BaseModel):
    account: Account | None = None
    """Read the account's plans, credit balance and live prices.

    Free [guide]. Repeatable. When it is null is not published.
    """

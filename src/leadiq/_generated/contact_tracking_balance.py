# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import BalanceResponse


class ContactTrackingBalance(BaseModel):
    contact_tracking_balance: BalanceResponse | None = None
    """Read the credits for contact tracking.

    Price: not published. Repeatable. When it is null is not published.
    """

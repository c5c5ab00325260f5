# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import TrackedContactsConnection


class TrackedContacts(BaseModel):
    tracked_contacts: TrackedContactsConnection
    """Read the tracked contacts and their job changes.

    Price: not published; unlocking is paid for by `trackContacts`. Repeatable: poll it until
    `isProcessing` is false. Pages by `limit` and `cursor`; `pageInfo.endCursor` is the next `cursor`.
    """

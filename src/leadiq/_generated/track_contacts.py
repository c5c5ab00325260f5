# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import TrackContactsResponse


class TrackContacts(BaseModel):
    track_contacts: TrackContactsResponse
    """Track people and report when they change jobs.

    Data points named in `unlockRequests` are unlocked for credits; prices are in
    `account.universalPlan.costs`. Not repeatable. Poll `trackedContacts` with the `importId` until
    `isProcessing` is false.
    """

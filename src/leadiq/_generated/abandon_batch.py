# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import AbandonBatchResponse


class AbandonBatch(BaseModel):
    abandon_batch: AbandonBatchResponse
    """Give up a batch of tracked contacts.

    Price: not published. Not repeatable: whether a repetition does harm is not published.
    """

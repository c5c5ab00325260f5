# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import RegeneratedTimeResult


class RegeneratedTime(BaseModel):
    regenerated_time: RegeneratedTimeResult
    """Tell when a person was last researched again by `regenerate`.

    Price: not published. Repeatable: this is how to poll for the end of `regenerate`.
    """

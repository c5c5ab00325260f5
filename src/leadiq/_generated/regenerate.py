# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .enums import RegenerateResponse


class Regenerate(BaseModel):
    regenerate: RegenerateResponse
    """Ask LeadIQ to research a person again.

    Price: not published. Not repeatable. Answers `Started`, `InProgress` or `NotFound`; poll
    `regeneratedTime` to see when it is done.
    """

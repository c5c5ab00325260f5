# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import MatchingServiceResponse


class MatchProfile(BaseModel):
    match_profile: MatchingServiceResponse
    """Match an e-mail address to people, each with a confidence.

    Price: not published; count e-mails and phones as billed. Repeatable. No paging.
    """

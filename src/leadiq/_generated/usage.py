# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import UsageMetaType


class Usage(BaseModel):
    usage: UsageMetaType
    """Read what the account has used of the API and what it may use.

    Free [guide]. Repeatable.
    """

# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import Prospect


class GetProspect(BaseModel):
    prospect: Prospect | None = None
    """Read one saved prospect.

    Free [guide]. Repeatable. Expect null when there is no such prospect.
    """

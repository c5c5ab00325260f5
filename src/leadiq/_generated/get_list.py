# @generated from queries by `make generate`. Do not edit.


from pydantic import Field

from .base_model import BaseModel
from .fragments import ListWithProspects


class GetList(BaseModel):
    list_: ListWithProspects | None = Field(
        validation_alias="list", serialization_alias="list", default=None
    )
    """Read one list of prospects.

    Free [guide]. Repeatable. Expect null when there is no such list. Its `prospects` are paged.
    """

# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import List


class CreateList(BaseModel):
    create_list: List | None = None
    """Make a list of prospects.

    Free [guide]. Not repeatable: a name that is in use is a conflict [guide].
    """

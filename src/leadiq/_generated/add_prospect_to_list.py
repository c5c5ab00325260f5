# @generated from queries by `make generate`. Do not edit.


from .base_model import BaseModel
from .fragments import Prospect


class AddProspectToList(BaseModel):
    add_prospect_to_list: Prospect | None = None
    """Save a new prospect in a list.

    Free [guide]. Not repeatable: every call makes a new prospect, the same body or not [guide].
    """

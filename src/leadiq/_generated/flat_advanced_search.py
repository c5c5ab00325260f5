# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import PersonSearchResponse


class FlatAdvancedSearch(BaseModel):
    flat_advanced_search: PersonSearchResponse
    """Search people by broad conditions and get them in one flat list.

    Price: one page, whatever its size up to 25 people [samples]. Repeatable, each repetition being a
    page. Pages by `skip` and `limit` up to 10,000 together, or by `after` where the server has it.
    """

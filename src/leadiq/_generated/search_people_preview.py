# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import SearchPeoplePreviewResult


class SearchPeoplePreview(BaseModel):
    search_people_preview: SearchPeoplePreviewResult
    """Tell whether an e-mail or a phone of a person can likely be had, without unlocking it.

    Free [live]; it counts against the rate limit like any request. Select at least one of `hasEmail`
    and `hasPhone`. Repeatable. No paging: one person at most.
    """

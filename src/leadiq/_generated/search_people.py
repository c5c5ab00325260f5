# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import SearchResult


class SearchPeople(BaseModel):
    search_people: SearchResult
    """Find people by what identifies them: id, LinkedIn profile, e-mail, phone, or name and company.

    Price, by what the selection names [guide]: profile data 0.1 credits, an e-mail 1, a phone 10,
    company information 3 for each company; larger unlocks take the place of the profile fee, and what
    is not found is not charged. What your team unlocked within a year is free again. Repeatable.
    Pages by `skip` and `limit`; `hasMore` tells whether there are more.
    """

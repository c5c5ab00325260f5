# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import CompanySearchPage


class GroupedAdvancedSearchAfter(BaseModel):
    grouped_advanced_search: CompanySearchPage
    """Search people by broad conditions and get them grouped by company.

    Price: one page, whatever its size up to 25 companies [samples]. Repeatable, each repetition being
    a page. Pages by `skip` and `limit` up to 10,000 together, or by `after` where the server has it.
    """

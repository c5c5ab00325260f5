# @generated from queries by `make generate`. Do not edit.

from .base_model import BaseModel
from .fragments import CompanySearchResult


class SearchCompany(BaseModel):
    search_company: CompanySearchResult
    """Find companies by what identifies them: id, name, domain or LinkedIn page.

    Price: 3 credits for each company found [guide]; `id` and `name` alone belong to the profile tier,
    0.1 [samples]. Repeatable, but company information may be charged again. No paging.
    """

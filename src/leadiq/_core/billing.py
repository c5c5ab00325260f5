"""Facts about LeadIQ that the schema does not carry: what is charged, and what may be repeated.

Each fact says where it comes from: [ref] published reference, [guide] LeadIQ's help articles,
[samples] LeadIQ's sample programs, [unknown] published nowhere.
"""

from __future__ import annotations

from typing import Final

from .pricing import Basis, DataPoint, Unlock

BASIS: Final[dict[str, Basis]] = {
    "searchPeople": "person",  # [guide]
    "matchProfile": "person",  # [unknown]: priced like searchPeople, whose data it returns
    "searchCompany": "company",  # [guide]
    "flatAdvancedSearch": "page",  # [samples]
    "groupedAdvancedSearch": "page",  # [samples]
    # What these cost depends on what they find later, and on prices that nobody has published.
    "regenerate": "unpublished",
    "startCompanyTrackingTask": "unpublished",
    "trackContacts": "unpublished",
}
"""Root fields that are charged. The others select no data point, and only selected data points are
charged; of account, usage, preview and lists the guide says so itself."""

BILLED_TYPES: Final[dict[str, DataPoint]] = {
    "CompanyInfo": DataPoint.COMPANY,
    "Company": DataPoint.COMPANY,
    "MatchingServiceCompany": DataPoint.COMPANY,
}
"""Types of which every field is charged, except `id` and `name` [samples]."""

FREE_COMPANY_FIELDS: Final = frozenset({"id", "name", "__typename"})

BILLED_FIELDS: Final[dict[tuple[str, str], DataPoint]] = {
    ("PositionRecord", "emails"): DataPoint.EMAIL,
    ("PositionRecord", "workEmail"): DataPoint.EMAIL,
    ("PositionRecord", "phones"): DataPoint.PHONE,
    ("PersonRecord", "personalEmails"): DataPoint.EMAIL,
    ("PersonRecord", "personalPhones"): DataPoint.PHONE,
    ("MatchingServicePerson", "workEmails"): DataPoint.EMAIL,
    ("MatchingServicePerson", "verifiedWorkEmails"): DataPoint.EMAIL,
    ("MatchingServicePerson", "verifiedLikelyWorkEmails"): DataPoint.EMAIL,
    ("MatchingServicePerson", "personalEmails"): DataPoint.EMAIL,
    ("MatchingServicePerson", "workPhones"): DataPoint.PHONE,
    ("MatchingServicePerson", "personalPhones"): DataPoint.PHONE,
}
"""Fields that are charged on top of the profile [guide]."""

UNLOCKS: Final = {unlock.flag: unlock for unlock in Unlock}

REPEATABLE_WRITES: Final = frozenset(
    {"removeTrackedCompanies", "removeAllTrackedCompanies", "cancelCompanyTrackingTask"}
)
"""Mutations that can be sent twice without harm [guide]; every query can."""


def data_point(type_name: str, field: str) -> DataPoint | None:
    """Tell what selecting a field is charged as, if it is charged beyond the profile."""
    if type_name in BILLED_TYPES:
        return None if field in FREE_COMPANY_FIELDS else BILLED_TYPES[type_name]
    return BILLED_FIELDS.get((type_name, field))

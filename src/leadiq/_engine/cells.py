"""What is written beside a row: one outcome as cells. Pure.

Columns are those of what was unlocked, so that the header says what was bought. A value that
must not be used (suppressed, known to be wrong, or of a status that this version doesn't know)
is left empty, and its status column says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from .._core.pricing import Unlock
from ..results import current_position, current_positions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from ..types import CompanyInfo, PersonRecord
    from .rows import Outcome

#: Columns that are added to a row begin so; those of an input must not.
RESULT_PREFIX: Final = "leadiq_"

#: Best first; a status that is in none of these is not used.
_EMAIL_STATUSES: Final = ("Verified", "VerifiedLikely", "Unverified")
_PHONE_STATUSES: Final = ("Verified", "LikelyAccurate", "Unverified")
_NO_PHONES: Final = ("Fax",)

_ROW: Final = ("status", "reason", "matches", "shared")
_PERSON: Final = (
    "id",
    "first_name",
    "last_name",
    "title",
    "company",
    "company_id",
    "linkedin_url",
    "city",
    "state",
    "country",
)
_COMPANY: Final = (
    "company_domain",
    "company_industry",
    "company_employees",
    "company_country",
    "company_city",
    "company_linkedin_url",
    "company_founded",
)
#: In the order of the columns; each contact has its value and its status.
_CONTACTS: Final = {
    Unlock.WORK_EMAIL: "work_email",
    Unlock.PERSONAL_EMAIL: "personal_email",
    Unlock.WORK_PHONE: "work_phone",
    Unlock.PERSONAL_PHONE: "personal_phone",
}


class _Contact(Protocol):
    """An e-mail or a phone of any kind."""

    @property
    def status(self) -> str: ...
    @property
    def type_(self) -> str: ...
    @property
    def value(self) -> str: ...


def person_columns(unlock: Collection[Unlock]) -> list[str]:
    """Return the names of what `person_cells` returns, without prefix."""
    names: list[str] = [*_PERSON]
    for point, name in _CONTACTS.items():
        if point in unlock:
            names += (name, f"{name}_status")
    return [*names, *(_COMPANY if Unlock.COMPANY in unlock else ())]


def result_columns(unlock: Collection[Unlock]) -> list[str]:
    """Return the header of what `result_cells` returns."""
    return [RESULT_PREFIX + name for name in (*_ROW, *person_columns(unlock))]


def result_cells(outcome: Outcome[Any], unlock: Collection[Unlock]) -> list[str]:
    """Return the cells of one row; without a person, all but the first are empty."""
    matches = str(outcome.matches) if outcome.person else ""
    row = [outcome.status.value, outcome.reason, matches, "yes" if outcome.shared else ""]
    if outcome.person is None:
        return row + [""] * len(person_columns(unlock))
    return row + person_cells(outcome.person, unlock)


def person_cells(person: PersonRecord, unlock: Collection[Unlock]) -> list[str]:
    """Return one person's data, as many cells as `person_columns` names."""
    return ["" if value is None else str(value) for value in person_values(person, unlock)]


def person_values(person: PersonRecord, unlock: Collection[Unlock]) -> list[str | int | None]:
    """Return the same before it is text; `company_employees` is a range where that is all."""
    job = current_position(person)
    company = job.company_info if job else None
    place, profile = person.location, person.linkedin
    values: list[str | int | None] = [
        person.id,
        person.name.first,
        person.name.last,
        job.title if job else None,
        company.name if company else None,
        job.company_id if job else None,
        profile.linkedin_url if profile else None,
        place.city if place else None,
        place.area_level_1 if place else None,
        place.country if place else None,
    ]
    for point in _CONTACTS:
        if point in unlock:
            values += _CHOICES[point](person)
    if Unlock.COMPANY in unlock:
        values += _company_values(company)
    return values


def _company_values(company: CompanyInfo | None) -> list[str | int | None]:
    if company is None:
        return [None] * len(_COMPANY)
    place, employees = company.location_info, company.number_of_employees
    return [
        company.domain,
        company.industry,
        company.employee_range if employees is None else employees,
        place.country if place else None,
        place.city if place else None,
        company.linkedin_url,
        company.founded_year,
    ]


def _best(contacts: Iterable[_Contact], statuses: Sequence[str]) -> tuple[str, str]:
    """Return the most reliable value with its status, or no value and why there is none."""
    usable = [contact for contact in contacts if contact.type_ not in _NO_PHONES]
    for status in statuses:
        for contact in usable:
            if contact.status == status:
                return contact.value, str(contact.status)
    why_not = [str(contact.status) for contact in usable]
    return "", next(filter(_suppressed, why_not), why_not[0] if why_not else "")


def _suppressed(status: str) -> bool:
    return status.startswith("Suppressed")


def _work_email(person: PersonRecord) -> tuple[str, str]:
    jobs = current_positions(person)
    chosen = [job.work_email for job in jobs if job.work_email]
    return _best([*chosen, *(mail for job in jobs for mail in job.emails or ())], _EMAIL_STATUSES)


def _personal_email(person: PersonRecord) -> tuple[str, str]:
    return _best(person.personal_emails or (), _EMAIL_STATUSES)


def _work_phone(person: PersonRecord) -> tuple[str, str]:
    phones = [phone for job in current_positions(person) for phone in job.phones or ()]
    return _best(phones, _PHONE_STATUSES)


def _personal_phone(person: PersonRecord) -> tuple[str, str]:
    return _best(person.personal_phones or (), _PHONE_STATUSES)


_CHOICES: Final[dict[Unlock, Callable[[PersonRecord], tuple[str, str]]]] = {
    Unlock.WORK_EMAIL: _work_email,
    Unlock.PERSONAL_EMAIL: _personal_email,
    Unlock.WORK_PHONE: _work_phone,
    Unlock.PERSONAL_PHONE: _personal_phone,
}

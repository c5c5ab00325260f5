"""The sorting options of the advanced searches.

Options apply in the order they are given, ties go by index. A record without the value comes last
whichever way the option points [unknown].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from leadiq.sandbox._text import fold
from leadiq.sandbox._trades import INDUSTRIES, SENIORITIES

if TYPE_CHECKING:
    from leadiq.sandbox._values import Company, Person

T = TypeVar("T")
Key = Callable[[T], "str | int | None"]

_RANK = {name: rank for rank, name in enumerate(SENIORITIES)}


def _mobile(person: Person) -> int:
    """Return 1 for who has a mobile number that is data, else 0."""
    phones = (person.current[0].phone, person.personal_phone)
    return int(any(phone and phone.value and "Mobile" in phone.type for phone in phones))


_CONTACT_KEYS: dict[str, Key[Person]] = {
    "Id": lambda person: person.id,
    "Name": lambda person: fold(person.full_name),
    "Role": lambda person: fold(person.current[0].title.function),
    "Seniority": lambda person: _RANK[person.current[0].title.seniority],
    "Title": lambda person: fold(person.current[0].title.title),
    "MobilePhone": _mobile,
    # Days count backwards, so the sign makes later mean greater.
    "UpdatedAt": lambda person: -person.updated,
    "JobChangeStartedAt": lambda person: -person.current[0].start if person.job_change else None,
}
_COMPANY_KEYS: dict[str, Key[Company]] = {
    "Id": lambda company: company.id,
    "Name": lambda company: fold(company.name),
    "Size": lambda company: company.employees,
    "Industry": lambda company: fold(INDUSTRIES[company.industry].name),
}


def sort_people(people: list[Person], options: Sequence[str]) -> list[Person]:
    """Return people, which come in the order of their index, sorted by `ContactSortingOption`s."""
    return _sort(people, options, _CONTACT_KEYS)


def sort_companies(companies: list[Company], options: Sequence[str]) -> list[Company]:
    """Return companies, which come in index order, sorted by `CompanySortingOption`s."""
    return _sort(companies, options, _COMPANY_KEYS)


def _sort(records: list[T], options: Sequence[str], keys: dict[str, Key[T]]) -> list[T]:
    for option in reversed(options):
        descending = option.endswith("Desc")
        key = keys[option.removesuffix("Desc").removesuffix("Asc")]
        known = [record for record in records if key(record) is not None]
        unknown = [record for record in records if key(record) is None]
        known.sort(key=lambda record: key(record) or 0, reverse=descending)
        records = known + unknown
    return records

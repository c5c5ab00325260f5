"""The sorting options of the advanced searches.

Options apply in the order they are given, ties go by index. A record without the value comes last
whichever way the option points [unknown]. Of each record only its keys are held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from leadiq.sandbox._text import fold
from leadiq.sandbox._trades import INDUSTRIES, SENIORITIES
from leadiq.sandbox._values import Company, Person

if TYPE_CHECKING:
    Value = str | int | None

T = TypeVar("T", Company, Person)
Key = Callable[[T], "Value"]

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


def order_people(people: Iterable[Person], options: Sequence[str]) -> list[int]:
    """Return the indexes of people, who come in that order, as `ContactSortingOption`s want it."""
    return _order(people, options, _CONTACT_KEYS)


def order_companies(companies: Iterable[Company], options: Sequence[str]) -> list[int]:
    """Return the indexes of companies, which come in that order, as `CompanySortingOption`s say."""
    return _order(companies, options, _COMPANY_KEYS)


def _order(records: Iterable[T], options: Sequence[str], keys: dict[str, Key[T]]) -> list[int]:
    columns = [keys[option.removesuffix("Desc").removesuffix("Asc")] for option in options]
    rows = [(record.index, [key(record) for key in columns]) for record in records]
    for place in reversed(range(len(options))):
        known = [row for row in rows if row[1][place] is not None]
        unknown = [row for row in rows if row[1][place] is None]
        known.sort(key=_column(place), reverse=options[place].endswith("Desc"))
        rows = known + unknown
    return [index for index, _ in rows]


def _column(place: int) -> Callable[[tuple[int, list[Value]]], str | int]:
    return lambda row: row[1][place] or 0

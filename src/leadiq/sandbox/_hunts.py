"""What the advanced searches look for: how to go through a world, and what fits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from leadiq.sandbox._filters import (
    anybody,
    company_tests,
    contact_tests,
    job_change_test,
    previous_company_test,
    previous_position_test,
)
from leadiq.sandbox._sorting import order_companies, order_people

if TYPE_CHECKING:
    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._filters import CompanyTest, PersonTest
    from leadiq.sandbox._values import Person
    from leadiq.sandbox._world import World

Input = Mapping[str, Any]
T = TypeVar("T")

_PAGING = {"skip", "limit", "after", "limitPerCompany"}


class Look(NamedTuple):
    """One step of a scan: everything up to `place` was looked at; did the record there fit?"""

    place: int
    fits: bool


class Hunt(NamedTuple):
    """What a search looks for: `scan` goes through the indexes below `size` from a start on.

    `order`, where sorting is asked for, puts indexes into the order wanted. `everything` is a
    search without filters.
    """

    name: str
    size: int
    scan: Callable[[int], Iterator[Look]]
    order: Callable[[Sequence[int]], list[int]] | None
    everything: bool


class Hunts:
    """Reads the inputs of the advanced searches of a world."""

    def __init__(self, world: World, calendar: Calendar) -> None:
        self._world = world
        self._calendar = calendar

    def people(self, query: Input) -> Hunt:
        """Return what a `FlatSearchInput` looks for."""
        companies, people = self._company_tests(query), self._person_tests(query)
        at, keep = _all_of(companies), _all_of(people)
        everything = not companies and not people
        world, options = self._world, query.get("sortContactsBy") or ()

        def scan(start: int) -> Iterator[Look]:
            first = world.layout.company_of(start) if start < world.people else world.companies
            for company in range(first, world.companies):
                block = world.layout.people_of(company)
                if companies and not at(world.company(company)):
                    yield Look(block[-1], fits=False)
                    continue
                for index in range(max(start, block[0]), block[-1] + 1):
                    yield Look(index, fits=everything or keep(world.person(index)))

        def order(found: Sequence[int]) -> list[int]:
            return order_people(map(world.person, found), options)

        name = _name_of("flat", query)
        return Hunt(name, world.people, scan, order if options else None, everything)

    def companies(self, query: Input) -> Hunt:
        """Return what a `GroupedSearchInput` looks for: companies where somebody fits."""
        companies, people = self._company_tests(query), self._person_tests(query)
        at, keep = _all_of(companies), _all_of(people)
        everything = not companies and not people
        world, options = self._world, query.get("sortCompaniesBy") or ()

        def fits(index: int) -> bool:
            if companies and not at(world.company(index)):
                return False
            block = world.layout.people_of(index)
            return not people or any(keep(world.person(one)) for one in block)

        def scan(start: int) -> Iterator[Look]:
            return (Look(index, fits(index)) for index in range(start, world.companies))

        def order(found: Sequence[int]) -> list[int]:
            return order_companies(map(world.company, found), options)

        name = _name_of("grouped", query)
        return Hunt(name, world.companies, scan, order if options else None, everything)

    def _company_tests(self, query: Input) -> list[CompanyTest]:
        wanted = company_tests(query.get("companyFilter"), self._calendar)
        unwanted = company_tests(query.get("companyExcludedFilter"), self._calendar)
        return [*wanted, *map(_not, unwanted)]

    def _person_tests(self, query: Input) -> list[PersonTest]:
        calendar = self._calendar
        unwanted = contact_tests(query.get("contactExcludedFilter"), calendar)
        tests = [
            *contact_tests(query.get("contactFilter"), calendar),
            previous_company_test(query.get("previousCompanyFilter"), self._world, calendar),
            previous_position_test(query.get("previousPositionFilter")),
            job_change_test(query.get("jobChangeFilter"), calendar),
            *map(_not, unwanted),
        ]
        return [test for test in tests if test is not anybody]

    def people_of(self, company: int, query: Input) -> list[Person]:
        """Return all the people of a company that a `GroupedSearchInput` wants, in its order."""
        keep = _all_of(self._person_tests(query))
        block = map(self._world.person, self._world.layout.people_of(company))
        people = {person.index: person for person in block if keep(person)}
        ordered = order_people(people.values(), query.get("sortContactsBy") or ())
        return [people[index] for index in ordered]


def _all_of(tests: Sequence[Callable[[T], bool]]) -> Callable[[T], bool]:
    return lambda record: all(test(record) for test in tests)


def _not(test: Callable[[T], bool]) -> Callable[[T], bool]:
    return lambda record: not test(record)


def _name_of(kind: str, query: Input) -> str:
    """Return a digest of the kind, filters and sorting of a search, whatever its page."""
    rest = {name: value for name, value in query.items() if name not in _PAGING}
    text = json.dumps([kind, rest], sort_keys=True)
    return blake2b(text.encode(), digest_size=12).hexdigest()

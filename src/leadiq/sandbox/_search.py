"""The advanced searches: filter, sort, cut a page, and a cursor that goes on from it.

A search looks at every company once (companies / 30,000 of a second), and at the people of those
that fit (people / 15,000 of a second the first time, ten times faster while the cache holds them).
The order it finds is kept for the latest searches, four bytes a record, so later pages cost their
length. Nothing a cursor needs is kept: it names its search and the last record it has seen.
"""

from __future__ import annotations

import json
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._filters import (
    company_tests,
    contact_tests,
    job_change_test,
    previous_company_test,
    previous_position_test,
)
from leadiq.sandbox._sorting import sort_companies, sort_people

if TYPE_CHECKING:
    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._values import Company, Person
    from leadiq.sandbox._world import World

Input = Mapping[str, Any]
Cursor = list[dict[str, str]]

MOST_ON_PAGE = 25
CEILING = 10_000
_KEPT_SEARCHES = 32
_PAGING = {"skip", "limit", "after", "limitPerCompany"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of indexes of a search, in order, with the size of the whole and where to go on."""

    indexes: tuple[int, ...]
    total: int
    after: Cursor | None


class Search:
    """Runs the advanced searches of a world. Thread-safe."""

    def __init__(
        self, world: World, calendar: Calendar, *, scan_limit: int, empty_page_ends: bool
    ) -> None:
        self._world = world
        self._calendar = calendar
        self._scan_limit = scan_limit
        self._empty_page_ends = empty_page_ends
        self._orders: OrderedDict[str, array[int]] = OrderedDict()
        self._lock = Lock()

    def flat(self, query: Input) -> Page:
        """Return a page of people for a `FlatSearchInput`.

        Raises:
            InputRefused: a page number out of range, a cursor of another search, or a world too
                large to scan.
        """
        return self._page("flat", query, self._find_people)

    def grouped(self, query: Input) -> Page:
        """Return a page of companies for a `GroupedSearchInput`; raises as `flat` does."""
        limit_of(query, "limitPerCompany")
        return self._page("grouped", query, self._find_companies)

    def people_of(self, company: int, query: Input) -> list[Person]:
        """Return all the people of a company that a `GroupedSearchInput` wants, in its order."""
        keep = self._person_test(query)
        block = self._world.layout.people_of(company)
        people = [person for person in map(self._world.person, block) if keep(person)]
        return sort_people(people, query.get("sortContactsBy") or ())

    def _page(self, kind: str, query: Input, find: Callable[[Input], list[int]]) -> Page:
        limit, skip = limit_of(query, "limit"), _skip_of(query)
        name = _name_of(kind, query)
        after = query.get("after")
        if after is None and skip + limit > CEILING:
            raise InputRefused(f"skip + limit must not exceed {CEILING}; use `after` to go on.")
        if after is not None and query.get("skip"):
            raise InputRefused("Give `after` or `skip`, not both.")
        seen = _read_cursor(after, name) if after is not None else None
        order = self._order(name, query, find)
        start = skip if seen is None else self._place_after(order, seen)
        found = tuple(order[start : start + limit])
        more = bool(found) if self._empty_page_ends else start + limit < len(order)
        return Page(found, len(order), _cursor(name, found[-1]) if found and more else None)

    def _place_after(self, order: array[int], seen: int) -> int:
        if seen not in order:
            raise InputRefused("This cursor does not belong to this search.")
        return order.index(seen) + 1

    def _order(self, name: str, query: Input, find: Callable[[Input], list[int]]) -> array[int]:
        with self._lock:
            if name in self._orders:
                self._orders.move_to_end(name)
                return self._orders[name]
        order = array("I", find(query))
        with self._lock:
            self._orders[name] = order
            while len(self._orders) > _KEPT_SEARCHES:
                self._orders.popitem(last=False)
        return order

    def _find_people(self, query: Input) -> list[int]:
        keep = self._person_test(query)
        world = self._world
        blocks = (world.layout.people_of(company) for company in self._fitting(query))
        people = [person for block in blocks for person in map(world.person, block) if keep(person)]
        return [person.index for person in sort_people(people, query.get("sortContactsBy") or ())]

    def _find_companies(self, query: Input) -> list[int]:
        keep = self._person_test(query)
        world = self._world
        fitting = [
            world.company(index)
            for index in self._fitting(query)
            if any(keep(world.person(one)) for one in world.layout.people_of(index))
        ]
        ordered = sort_companies(fitting, query.get("sortCompaniesBy") or ())
        return [company.index for company in ordered]

    def _fitting(self, query: Input) -> list[int]:
        """Return the companies that a search's company filters leave, within the scan limit."""
        keep = self._company_test(query)
        world = self._world
        everything = keep is None
        if keep is None or world.companies > self._scan_limit:
            fitting = list(range(min(world.companies, self._scan_limit + 1)))
        else:
            fitting = [index for index in range(world.companies) if keep(world.company(index))]
        most = world.people if everything else len(fitting) * 20
        if most > self._scan_limit or world.companies > self._scan_limit:
            raise InputRefused(
                f"This search would look at about {most} people; this sandbox looks at "
                f"{self._scan_limit} at most (setting scan_limit). Narrow the company filter."
            )
        return fitting

    def _company_test(self, query: Input) -> Callable[[Company], bool] | None:
        wanted = company_tests(query.get("companyFilter"), self._calendar)
        unwanted = company_tests(query.get("companyExcludedFilter"), self._calendar)
        if not wanted and not unwanted:
            return None
        return lambda company: (
            all(test(company) for test in wanted) and not any(test(company) for test in unwanted)
        )

    def _person_test(self, query: Input) -> Callable[[Person], bool]:
        calendar = self._calendar
        wanted = [
            *contact_tests(query.get("contactFilter"), calendar),
            previous_company_test(query.get("previousCompanyFilter"), self._world, calendar),
            previous_position_test(query.get("previousPositionFilter")),
            job_change_test(query.get("jobChangeFilter"), calendar),
        ]
        unwanted = contact_tests(query.get("contactExcludedFilter"), calendar)
        return lambda person: (
            all(test(person) for test in wanted) and not any(test(person) for test in unwanted)
        )


def limit_of(query: Input, name: str) -> int:
    """Return a page size: 25 unless given, 1 to 25 [samples].

    Raises:
        InputRefused: it is out of range.
    """
    limit = query.get(name)
    limit = MOST_ON_PAGE if limit is None else limit
    if not 1 <= limit <= MOST_ON_PAGE:
        raise InputRefused(f"{name} must be from 1 to {MOST_ON_PAGE}.")
    return int(limit)


def _skip_of(query: Input) -> int:
    skip = query.get("skip") or 0
    if skip < 0:
        raise InputRefused("skip must be 0 or more.")
    return int(skip)


def _name_of(kind: str, query: Input) -> str:
    """Return a digest of the kind, filters and sorting of a search, whatever its page."""
    rest = {name: value for name, value in query.items() if name not in _PAGING}
    text = json.dumps([kind, rest], sort_keys=True)
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _cursor(name: str, last: int) -> Cursor:
    return [{"key": "search", "value": name}, {"key": "last", "value": f"{last:x}"}]


def _read_cursor(after: Cursor, name: str) -> int:
    entries = {entry["key"]: entry["value"] for entry in after}
    try:
        last = int(entries["last"], 16)
    except (KeyError, ValueError):
        raise InputRefused("This is no cursor of this sandbox.") from None
    if entries.get("search") != name or last < 0:
        raise InputRefused("This cursor does not belong to this search.")
    return last

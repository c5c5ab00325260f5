"""Rules of the advanced searches: pages, ceiling, cursors, exclusion, grouping."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._search import Search
from leadiq.sandbox._world import World


def search_in(world: World, calendar: Calendar, **options: Any) -> Search:
    return Search(world, calendar, **{"scan_limit": 500_000, "empty_page_ends": False, **options})


@pytest.fixture
def search(world: World, calendar: Calendar) -> Search:
    return search_in(world, calendar)


ENGINEERS: dict[str, Any] = {
    "contactFilter": {"titles": ["engineer"]},
    "sortContactsBy": ["NameDesc", "IdAsc"],
}


def test_everybody_is_found_without_filters(world: World, search: Search) -> None:
    """No filter means the whole world, 25 at a time."""
    page = search.flat({})
    assert (page.total, page.indexes) == (world.people, tuple(range(25)))


@pytest.mark.parametrize("kind", ["flat", "grouped"])
@pytest.mark.parametrize("limit", [1, 7, 25])
@pytest.mark.parametrize("empty_page_ends", [False, True])
def test_a_cursor_walk_is_an_offset_walk(
    world: World, calendar: Calendar, kind: str, limit: int, empty_page_ends: bool
) -> None:
    """Following `after` gives what skipping gives, and ends with null or an empty page."""
    search = search_in(world, calendar, empty_page_ends=empty_page_ends)
    run = getattr(search, kind)
    query: dict[str, Any] = {
        **ENGINEERS,
        "companyFilter": {"sizes": [{"max": 200}]},
        "limit": limit,
    }
    if kind == "grouped":
        query["sortCompaniesBy"] = ["NameDesc"]
    total = run(query).total
    assert total > 10
    by_offset = [i for skip in range(0, total, limit) for i in run({**query, "skip": skip}).indexes]
    by_cursor: list[int] = []
    page = run(query)
    pages = 1
    while page.after:
        by_cursor += page.indexes
        page = run({**query, "after": page.after})
        pages += 1
        assert pages <= total + 1
    by_cursor += page.indexes
    assert by_cursor == by_offset
    assert len(set(by_cursor)) == total
    assert (page.indexes == ()) == empty_page_ends
    assert pages == -(-total // limit) + empty_page_ends


def test_exclusion_takes_what_any_member_matches(search: Search, world: World) -> None:
    """An excluded filter drops people by title or by role, and companies by size or by place."""
    excluded = {"titles": ["manager"], "roles": ["Sales"]}
    smaller = {"sizes": [{"max": 50}], "locations": [{"country": "US"}]}
    query = {"contactExcludedFilter": excluded, "companyExcludedFilter": smaller}
    total = search.flat(query).total
    pages = (search.flat({**query, "skip": skip}) for skip in range(0, total, 25))
    kept = {index for page in pages for index in page.indexes}
    for index in range(world.people):
        person = world.person(index)
        company = world.company(person.current[0].company)
        title = person.current[0].title
        dropped = (
            "Manager" in title.title
            or title.function == "Sales"
            or (company.employees is not None and company.employees <= 50)
            or CITIES[company.city].code2 == "US"
        )
        assert (index in kept) == (not dropped)
    assert 0 < len(kept) < world.people


def test_all_filters_join(search: Search, world: World) -> None:
    """Company, contact, earlier company, earlier title and change must all hold."""
    query = {
        "companyFilter": {"sizes": [{"min": 11}]},
        "contactFilter": {"seniorities": ["Manager", "Director", "VP"]},
        "previousCompanyFilter": {"employeeCount": [{"min": 50}]},
        "previousPositionFilter": {"titles": ["engineer", "manager", "director"]},
        "jobChangeFilter": {"jobChangeTypes": ["JobChange"]},
    }
    page = search.flat(query)
    assert 0 < page.total < 200
    for index in page.indexes:
        person = world.person(index)
        assert person.current[0].title.seniority in ("Manager", "Director", "VP")
        assert person.job_change == "JobChange"
        assert (world.company(person.current[0].company).employees or 0) >= 11


def test_groups_hold_only_fitting_companies(search: Search, world: World) -> None:
    """Grouped search finds the companies with somebody who fits, largest first if asked."""
    query = {**ENGINEERS, "sortCompaniesBy": ["SizeDesc"], "limit": 25}
    page = search.grouped(query)
    sizes = [world.company(index).employees for index in page.indexes]
    known = [size for size in sizes if size is not None]
    assert known == sorted(known, reverse=True)
    for index in page.indexes:
        people = search.people_of(index, query)
        assert people
        assert all("Engineer" in person.current[0].title.title for person in people)
        names = [person.full_name for person in people]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"limit": 0}, "limit must be from 1 to 25"),
        ({"limit": 26}, "limit must be from 1 to 25"),
        ({"skip": -1}, "skip must be 0 or more"),
        ({"skip": 9976}, "must not exceed 10000"),
        ({"skip": 9990, "limit": 11}, "must not exceed 10000"),
        ({"after": []}, "no cursor"),
        ({"after": [{"key": "last", "value": "x"}]}, "no cursor"),
        ({"after": [{"key": "last", "value": "1"}]}, "does not belong"),
    ],
)
def test_numbers_out_of_range(search: Search, query: dict[str, Any], words: str) -> None:
    """Pages beyond the limits and cursors of elsewhere are client errors."""
    with pytest.raises(InputRefused, match=words):
        search.flat(query)


def test_the_ceiling_is_inclusive(search: Search) -> None:
    """skip + limit of exactly 10,000 is allowed, even where nobody is."""
    assert search.flat({"skip": 9975}).indexes == ()
    assert search.flat({"skip": 9975}).after is None


def test_a_cursor_belongs_to_its_search(search: Search) -> None:
    """Other filters, sorting, kind, a skip, or a record that is not in it are refused."""
    after = search.flat(ENGINEERS).after
    assert after
    for other in ({}, {**ENGINEERS, "sortContactsBy": ["NameAsc"]}):
        with pytest.raises(InputRefused, match="does not belong"):
            search.flat({**other, "after": after})
    with pytest.raises(InputRefused, match="does not belong"):
        search.grouped({**ENGINEERS, "after": after})
    with pytest.raises(InputRefused, match="not both"):
        search.flat({**ENGINEERS, "after": after, "skip": 25})
    forged = [after[0], {"key": "last", "value": "ffffff"}]
    with pytest.raises(InputRefused, match="does not belong"):
        search.flat({**ENGINEERS, "after": forged})
    with pytest.raises(InputRefused, match="limitPerCompany"):
        search.grouped({"limitPerCompany": 26})


def test_a_cursor_outlives_the_server(world: World, calendar: Calendar, search: Search) -> None:
    """A cursor holds no server state: another server of the same world goes on from it."""
    first = search.flat(ENGINEERS)
    other = search_in(World(people=world.people, seed=1), calendar)
    here = search.flat({**ENGINEERS, "after": first.after})
    assert other.flat({**ENGINEERS, "after": first.after}) == here


def test_a_large_world_is_not_scanned(calendar: Calendar) -> None:
    """Above scan_limit a search is refused unless its company filter narrows it."""
    world = World(people=4000, seed=1)
    search = search_in(world, calendar, scan_limit=2000)
    with pytest.raises(InputRefused, match="scan_limit"):
        search.flat({})
    with pytest.raises(InputRefused, match="scan_limit"):
        search.flat({"companyFilter": {"sizes": [{"min": 1}]}})
    assert search.flat({"companyFilter": {"industries": ["Banking"]}}).total > 0
    tiny = search_in(world, calendar, scan_limit=100)
    with pytest.raises(InputRefused, match="scan_limit"):
        tiny.flat({"companyFilter": {"industries": ["Banking"]}})


def test_only_the_latest_orders_are_kept(world: World, calendar: Calendar) -> None:
    """The store of orders is bounded; an order that fell out is found again."""
    search = search_in(world, calendar)
    first = search.flat(ENGINEERS)
    for employees in range(40):
        search.flat({"companyFilter": {"sizes": [{"min": employees * 100}]}})
    assert len(search._orders) == 32
    assert search.flat(ENGINEERS) == first

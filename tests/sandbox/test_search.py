"""Rules of the advanced searches: pages, ceiling, cursors, exclusion, grouping."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._search import Search
from leadiq.sandbox._trades import INDUSTRIES
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
@pytest.mark.parametrize("is_sorted", [False, True])
def test_a_cursor_walk_is_an_offset_walk(
    world: World,
    calendar: Calendar,
    kind: str,
    limit: int,
    empty_page_ends: bool,
    is_sorted: bool,
) -> None:
    """Following `after` gives what skipping gives, and ends with null or an empty page."""
    search = search_in(world, calendar, empty_page_ends=empty_page_ends)
    run = getattr(search, kind)
    query: dict[str, Any] = {
        **ENGINEERS,
        "companyFilter": {"sizes": [{"max": 200}]},
        "limit": limit,
    }
    if not is_sorted:
        del query["sortContactsBy"]
    elif kind == "grouped":
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
        people = search.hunts.people_of(index, query)
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
    for place in ([], [{"key": "place", "value": "ffffff"}], [{"key": "place", "value": "-1"}]):
        with pytest.raises(InputRefused, match="does not belong"):
            search.flat({**ENGINEERS, "after": [*forged, *place]})
    unsorted = {"contactFilter": ENGINEERS["contactFilter"]}
    start = search.flat(unsorted)
    stranger = next(index for index in range(25) if index not in start.indexes)
    assert start.after
    for last in ("ffffff", f"{stranger:x}"):
        entries = [start.after[0], {"key": "last", "value": last}]
        with pytest.raises(InputRefused, match="does not belong"):
            search.flat({**unsorted, "after": entries})
    with pytest.raises(InputRefused, match="limitPerCompany"):
        search.grouped({"limitPerCompany": 26})


def test_a_cursor_outlives_the_server(world: World, calendar: Calendar, search: Search) -> None:
    """A cursor holds no server state: another server of the same world goes on from it."""
    first = search.flat(ENGINEERS)
    other = search_in(World(people=world.people, seed=1), calendar)
    here = search.flat({**ENGINEERS, "after": first.after})
    assert other.flat({**ENGINEERS, "after": first.after}) == here


def test_a_large_world_pages_without_a_scan(calendar: Calendar) -> None:
    """Without filters a page costs its length and the total nothing, whatever the world's size."""
    world = World(people=10**8, seed=1)
    search = search_in(world, calendar, scan_limit=30)
    for run, size in ((search.flat, world.people), (search.grouped, world.companies)):
        page = run({})
        assert page.total == size
        for turn in range(1, 5):
            page = run({"after": page.after})
            assert page.indexes == tuple(range(25 * turn, 25 * turn + 25))
        assert run({"skip": 9975}).indexes == tuple(range(9975, 10_000))
    assert world.person.cache_info().currsize == 0


def test_a_search_looks_no_further_than_a_page_needs(calendar: Calendar) -> None:
    """A filtered page looks at people until it is full, however many there are behind it."""
    world = World(people=10**8, seed=1)
    search = search_in(world, calendar)
    query = {"contactFilter": {"titles": ["engineer"]}}
    page = search.flat(query)
    page = search.flat({**query, "after": page.after})
    assert len(page.indexes) == 25
    assert world.person.cache_info().currsize < 2000


def test_a_search_has_an_end(calendar: Calendar) -> None:
    """What looks at more than scan_limit records is refused, by page, by skip or to be sorted."""
    world = World(people=4000, seed=1)
    search = search_in(world, calendar, scan_limit=1000)
    nobody = {"contactFilter": {"titles": ["astronaut"]}}
    for query in (nobody, {"sortContactsBy": ["IdAsc"]}, {**nobody, "skip": 25}):
        for _ in range(2):
            with pytest.raises(InputRefused, match="scan_limit"):
                search.flat(query)
    assert search.flat({"companyFilter": {"industries": ["Banking"]}}).total > 0
    with pytest.raises(InputRefused, match="scan_limit"):
        search_in(world, calendar, scan_limit=10).grouped({"sortCompaniesBy": ["IdAsc"]})


def test_totals_of_large_results_are_estimates(calendar: Calendar) -> None:
    """Beyond scan_limit a total is told from what was looked at; within it is exact."""
    world = World(people=4000, seed=1)
    query = {"contactFilter": {"seniorities": ["Manager", "Other"]}}
    exact = sum(
        world.person(index).current[0].title.seniority in ("Manager", "Other")
        for index in range(world.people)
    )
    assert search_in(world, calendar).flat(query).total == exact
    estimate = search_in(world, calendar, scan_limit=1000).flat(query).total
    assert estimate != exact
    assert 0.9 < estimate / exact < 1.1


def test_companies_without_tests_of_people_are_not_looked_into(
    world: World, calendar: Calendar
) -> None:
    """A grouped search by company alone finds every such company."""
    page = search_in(world, calendar).grouped({"companyFilter": {"industries": ["Banking"]}})
    industries = [INDUSTRIES[world.company(i).industry].name for i in range(world.companies)]
    assert page.total == industries.count("Banking") > 0


def test_only_the_latest_orders_are_kept(world: World, calendar: Calendar) -> None:
    """The store of orders is bounded; an order that fell out is found again."""
    search = search_in(world, calendar)
    first = search.flat(ENGINEERS)
    for employees in range(40):
        sizes = [{"min": employees * 100}]
        search.flat({"companyFilter": {"sizes": sizes}, "sortContactsBy": ["IdAsc"]})
    assert len(search._orders) == 32
    assert search.flat(ENGINEERS) == first

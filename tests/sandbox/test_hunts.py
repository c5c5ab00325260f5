"""Rules of hunts: what a scan goes through, and that its name tells searches apart."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._hunts import Hunts
from leadiq.sandbox._world import World


@pytest.fixture(scope="module")
def hunts(world: World, calendar: Calendar) -> Hunts:
    return Hunts(world, calendar)


@pytest.mark.parametrize("start", [0, 1, 777, 1999, 2000])
@pytest.mark.parametrize("query", [{}, {"contactFilter": {"titles": ["engineer"]}}])
def test_a_scan_goes_on_from_anywhere(
    hunts: Hunts, world: World, start: int, query: dict[str, Any]
) -> None:
    """From each start on a scan sees every person once, in order, and tells who fits."""
    looks = list(hunts.people(query).scan(start))
    assert [look.place for look in looks] == list(range(start, world.people))
    for place, fits in looks:
        title = world.person(place).current[0].title.title
        assert fits == (not query or "Engineer" in title.split())


def test_companies_that_do_not_fit_are_passed_over_whole(hunts: Hunts, world: World) -> None:
    """A company outside the filter is one step, to its last person."""
    looks = list(hunts.people({"companyFilter": {"industries": ["Banking"]}}).scan(0))
    assert looks[-1].place == world.people - 1
    assert len(looks) < world.people / 2
    inside = sum(look.fits for look in looks)
    outside = [look for look in looks if not look.fits]
    lasts = {world.layout.people_of(company)[-1] for company in range(world.companies)}
    assert {look.place for look in outside} <= lasts
    assert inside + len(outside) == len(looks)


def test_a_name_belongs_to_a_search(hunts: Hunts) -> None:
    """Pages of a search share its name; another filter, order or kind has another one."""
    query: dict[str, Any] = {"contactFilter": {"titles": ["engineer"]}}
    name = hunts.people(query).name
    assert hunts.people({**query, "skip": 25, "limit": 5, "after": None}).name == name
    others = [
        hunts.companies(query).name,
        hunts.people({}).name,
        hunts.people({**query, "sortContactsBy": ["IdAsc"]}).name,
    ]
    assert len({name, *others}) == 4

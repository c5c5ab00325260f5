"""Rules of ideal customer profiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._icps import PROFILES, profiles_of
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._world import World

Make = Callable[..., Any]

READ = (
    "query($p: [ICPProductLine!]) { icpDefinitions(productLines: $p) { icps { id name productLines"
    " persona { titles functions seniorities locations { city } } company { industries technologies"
    " technologyCategories sizes { min max } locations { country areaLevel1 city } }"
    " groups { id name } } } }"
)


def test_profiles_are_read_by_product_line(make: Make) -> None:
    """Without product lines every profile is shown, else those that one of them uses."""
    sandbox = make()
    everything = sandbox.data(READ)["icpDefinitions"]["icps"]
    assert [one["name"] for one in everything] == [one.name for one in PROFILES]
    assert sandbox.data(READ, {"p": []})["icpDefinitions"]["icps"] == everything
    scribe = sandbox.data(READ, {"p": ["Scribe"]})["icpDefinitions"]["icps"]
    assert scribe == [one for one in everything if "Scribe" in one["productLines"]]
    assert 0 < len(scribe) < len(everything)


def test_ids_lead_back(make: Make) -> None:
    """A profile is found by the id that it is shown with, and one wrong id finds nothing."""
    ids = [one["id"] for one in make().data(READ)["icpDefinitions"]["icps"]]
    assert profiles_of(ids) == list(PROFILES)
    assert profiles_of([*ids, "x"]) is None
    assert profiles_of([]) == []


def test_who_fits(world: World, calendar: Calendar) -> None:
    """Seniority, function, size and country must all hold, as far as a profile names them."""
    people = [world.person(index) for index in range(500)]
    for profile in PROFILES:
        count = 0
        for person in people:
            company = world.company(person.current[0].company)
            title = person.current[0].title
            size = company.employees
            fits = (
                (not profile.seniorities or title.seniority in profile.seniorities)
                and (not profile.functions or title.function in profile.functions)
                and (
                    not profile.sizes
                    or (size is not None and any(a <= size <= b for a, b in profile.sizes))
                )
                and (not profile.countries or CITIES[company.city].country in profile.countries)
            )
            count += fits
            assert profile.fits(person, company, calendar) == fits
        assert 0 < count < len(people)

"""A team's ideal customer profiles: three that every sandbox has, and who fits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from leadiq.sandbox._filters import company_tests, contact_tests
from leadiq.sandbox._ids import hex_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._values import Company, Person

Record = dict[str, Any]


class Profile(NamedTuple):
    """An ideal customer profile; an empty member asks nothing. Sizes are (min, max) employees."""

    name: str
    products: tuple[str, ...]
    seniorities: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    sizes: tuple[tuple[int, int], ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the id."""
        return hex_id("icp", self.name)

    def record(self) -> Record:
        """Return an `ICPDefinition`."""
        return {
            "id": self.id,
            "name": self.name,
            "persona": {
                "locations": [],
                "titles": [],
                "functions": list(self.functions),
                "seniorities": list(self.seniorities),
            },
            "company": {
                "industries": list(self.industries),
                "sizes": [{"min": low, "max": high} for low, high in self.sizes],
                "locations": [
                    {"country": country, "areaLevel1": None, "city": None}
                    for country in self.countries
                ],
                "technologies": [],
                "technologyCategories": [],
            },
            "groups": [{"id": hex_id("group", "everybody"), "name": "Everybody"}],
            "productLines": list(self.products),
        }

    def fits(self, person: Person, company: Company, calendar: Calendar) -> bool:
        """Tell whether a person at a company is who this profile describes."""
        persona = {"seniorities": list(self.seniorities), "roles": list(self.functions)}
        firm = {
            "industries": list(self.industries),
            "sizes": [{"min": low, "max": high} for low, high in self.sizes],
            "locations": [{"country": country} for country in self.countries],
        }
        return all(test(person) for test in contact_tests(persona, calendar)) and all(
            test(company) for test in company_tests(firm, calendar)
        )


PROFILES = (
    Profile("Decision makers", ("Prospector", "Track"), ("VP", "Executive", "Director")),
    Profile(
        "Revenue teams",
        ("Prospector", "Scribe", "Track"),
        functions=("Sales", "Marketing"),
        sizes=((11, 1000),),
    ),
    Profile(
        "European engineering",
        ("Track",),
        functions=("Engineering", "Information Technology", "Product"),
        countries=("Germany", "France", "Sweden", "Netherlands", "Spain", "United Kingdom"),
    ),
)
_BY_ID = {profile.id: profile for profile in PROFILES}


def profiles_of(names: Iterable[str]) -> list[Profile] | None:
    """Return the profiles of ids, or None if one of them is none."""
    found = [_BY_ID.get(name) for name in names]
    known = [profile for profile in found if profile is not None]
    return known if len(known) == len(found) else None


def profiles_in(products: Iterable[str] | None) -> list[Record]:
    """Return the `ICPDefinition`s that any of some product lines uses; all where none is named."""
    wanted = set(products or ())
    return [one.record() for one in PROFILES if not wanted or wanted & set(one.products)]

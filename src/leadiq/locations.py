"""Places for the filters of the advanced searches, in the form that live servers take.

    CompanyFilter(locations=countries("Germany", "Austria"))
    ContactFilter(locations=[*cities("Berlin", "Hamburg", country="Germany"), place(state="Texas")])

They take the place of the filters `cities`, `states`, `countries` and `postal_codes`, which only
the published reference has. How places are to be spelt is not published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .types import LocationFilterInput

__all__ = ["cities", "countries", "place", "postal_codes", "states"]


def place(
    *,
    city: str | None = None,
    state: str | None = None,
    country: str | None = None,
    postal_code: str | None = None,
) -> LocationFilterInput:
    """Give a place; the parts that are left out do not narrow.

    Args:
        city: a city.
        state: a state, province or region: the level below the country (`areaLevel1`).
        country: a country; whether names or codes are taken is not published.
        postal_code: a postal code, as text.
    """
    from .types import LocationFilterInput

    parts = {
        "city": city,
        "area_level_1": state,
        "country": country,
        "postal_code": postal_code,
    }
    return LocationFilterInput.model_validate({k: v for k, v in parts.items() if v is not None})


def countries(*names: str) -> list[LocationFilterInput]:
    """Give the places that are these countries."""
    return [place(country=name) for name in names]


def states(*names: str, country: str | None = None) -> list[LocationFilterInput]:
    """Give the places that are these states, provinces or regions, of one country if given."""
    return [place(state=name, country=country) for name in names]


def cities(
    *names: str, state: str | None = None, country: str | None = None
) -> list[LocationFilterInput]:
    """Give the places that are these cities, of one state and country if they are given."""
    return [place(city=name, state=state, country=country) for name in names]


def postal_codes(*codes: str, country: str | None = None) -> list[LocationFilterInput]:
    """Give the places that have these postal codes, of one country if it is given."""
    return [place(postal_code=code, country=country) for code in codes]

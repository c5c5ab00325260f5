"""Places in the form of live servers, by helpers named like the filters that are deprecated."""

from __future__ import annotations

from leadiq._ground.base import to_wire
from leadiq.locations import cities, countries, place, postal_codes, states
from leadiq.types import CompanyFilter


def test_a_place_has_the_parts_that_were_given() -> None:
    """A part that is left out is not sent, so that it does not narrow."""
    assert to_wire(place(city="Berlin")) == {"city": "Berlin"}
    assert to_wire(place(city="Austin", state="Texas", country="US", postal_code="73301")) == {
        "city": "Austin",
        "areaLevel1": "Texas",
        "country": "US",
        "postalCode": "73301",
    }


def test_several_places_are_a_filter() -> None:
    """Each helper gives one place for each name, within what they have in common."""
    wanted = CompanyFilter(
        locations=[
            *countries("Germany", "Austria"),
            *states("Texas", country="US"),
            *cities("Lyon", "Nice", country="France"),
            *cities("Salem", state="Oregon"),
            *postal_codes("1010", country="Austria"),
        ]
    )
    assert to_wire(wanted)["locations"] == [
        {"country": "Germany"},
        {"country": "Austria"},
        {"areaLevel1": "Texas", "country": "US"},
        {"city": "Lyon", "country": "France"},
        {"city": "Nice", "country": "France"},
        {"city": "Salem", "areaLevel1": "Oregon"},
        {"country": "Austria", "postalCode": "1010"},
    ]

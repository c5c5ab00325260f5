"""The plan of a partition: slices that do not overlap, within what was asked for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.errors import InputError
from leadiq._engine.partition import Axis, Gap, Split, _common, pages_needed
from leadiq.types import (
    CompanyFilter,
    CompanySizeFilter,
    ContactFilter,
    FlatSearchInput,
    LocationFilterInput,
    Seniority,
)

NAMED = ContactFilter(names=["Ada"])


def test_seniorities_are_a_slice_each() -> None:
    """Every value that the contract has; the other conditions stay, and the input is as it was."""
    query = FlatSearchInput(contact_filter=NAMED)
    parts = Axis.seniority().narrow(query)
    assert [part.label for part in parts] == [f"seniority={one}" for one in Seniority]
    first = parts[0].query.contact_filter
    assert first == ContactFilter(names=["Ada"], seniorities=[Seniority.VP])
    assert query == FlatSearchInput(contact_filter=NAMED)


def test_a_condition_on_the_axis_is_split_within() -> None:
    """Only what was asked for, each value once."""
    asked = ContactFilter(seniorities=[Seniority.VP, Seniority.Other, Seniority.VP])
    parts = Axis.seniority().narrow(FlatSearchInput(contact_filter=asked))
    assert [part.label for part in parts] == ["seniority=VP", "seniority=Other"]
    assert len(Axis.seniority().narrow(FlatSearchInput())) == len(Seniority)


def test_countries_are_those_that_are_named() -> None:
    """One slice for each, once; places that were asked for already are the slices instead."""
    axis = Axis.country("Germany", "Austria", "Germany")
    parts = axis.narrow(FlatSearchInput(contact_filter=NAMED))
    assert [part.label for part in parts] == ["country=Germany", "country=Austria"]
    place = LocationFilterInput(country="Austria")
    assert parts[1].query.contact_filter == ContactFilter(names=["Ada"], locations=[place])
    asked = ContactFilter(locations=[place, LocationFilterInput(city="Bern")])
    own = axis.narrow(FlatSearchInput(contact_filter=asked))
    assert [part.label for part in own] == ["country=Austria", "country=2"]
    (whole,) = Axis.country("Germany").narrow(FlatSearchInput())
    assert whole.query == FlatSearchInput(
        contact_filter=ContactFilter(locations=[LocationFilterInput(country="Germany")])
    )
    with pytest.raises(InputError, match="give at least one") as refused:
        Axis.country()
    assert not refused.value.sent


def spans(query: FlatSearchInput, *upper: int) -> list[tuple[int | None, int | None]]:
    found = []
    for part in Axis.company_size(*upper).narrow(query):
        assert part.query.company_filter
        assert part.query.company_filter.sizes
        (size,) = part.query.company_filter.sizes
        found.append((size.min, size.max))
    return found


def test_sizes_are_bands() -> None:
    """The first and the last band are open; ends are sent only where there are any."""
    assert spans(FlatSearchInput(), 10, 50) == [(None, 10), (11, 50), (51, None)]
    parts = Axis.company_size(10, 50).narrow(FlatSearchInput())
    assert [part.label for part in parts] == [
        "company_size=-10",
        "company_size=11-50",
        "company_size=51-",
    ]
    company = parts[0].query.company_filter
    assert company
    assert company.sizes == [CompanySizeFilter(max=10)]
    assert company.sizes[0].model_fields_set == {"max"}


def test_the_usual_bands() -> None:
    """Eight bands, for each of the searches that an axis is asked to split."""
    axis = Axis.company_size()
    labels = [part.label.partition("=")[2] for part in axis.narrow(FlatSearchInput())]
    assert labels == [
        "-10",
        "11-50",
        "51-200",
        "201-500",
        "501-1000",
        "1001-5000",
        "5001-10000",
        "10001-",
    ]
    assert len(axis.narrow(FlatSearchInput())) == len(labels)
    names = [one.name for one in (axis, Axis.seniority(), Axis.country("Germany"))]
    assert names == ["company_size", "seniority", "country"]


@pytest.mark.parametrize("upper", [(10, 10), (50, 10)])
def test_bands_have_to_grow(upper: tuple[int, ...]) -> None:
    """Bands that overlap would double people."""
    with pytest.raises(InputError, match="have to grow") as refused:
        Axis.company_size(*upper)
    assert not refused.value.sent


@pytest.mark.parametrize("upper", [(-5, 10), (10, "50"), (True,)])
def test_bands_are_numbers_of_employees(upper: tuple[Any, ...]) -> None:
    """What no company can have is refused while nothing is paid for."""
    with pytest.raises(InputError, match="company_size has to be a whole number of at least 0"):
        Axis.company_size(*upper)


@pytest.mark.parametrize("countries", [("Germany", " "), (5,)])
def test_countries_are_words(countries: tuple[Any, ...]) -> None:
    """A country that says nothing would be refused after the first page was paid for."""
    with pytest.raises(InputError, match="countries: has to be text"):
        Axis.country(*countries)


def test_sizes_that_were_asked_for_are_split_within() -> None:
    """Bands are cut to the ranges of the filter, and those outside are left out."""
    sizes = [CompanySizeFilter(min=5, max=20), CompanySizeFilter(min=100)]
    query = FlatSearchInput(company_filter=CompanyFilter(sizes=sizes, names=["Example"]))
    assert spans(query, 10, 50) == [(5, 10), (11, 20), (100, None)]


ENDS = st.none() | st.integers(0, 60)


@given(one=st.tuples(ENDS, ENDS), other=st.tuples(ENDS, ENDS), number=st.integers(0, 60))
def test_what_spans_have_in_common_is_in_both(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None], number: int
) -> None:
    """A number is in the common span exactly when it is in both."""

    def within(span: tuple[int | None, int | None] | None) -> bool:
        if span is None:
            return False
        low, high = span
        return (low is None or number >= low) and (high is None or number <= high)

    assert within(_common(one, other)) == (within(one) and within(other))


def test_a_gap_is_what_the_slices_leave_of_the_whole() -> None:
    """It is known when all slices were measured; totals that overlap are no gap."""
    split = Split(("seniority=VP",), "company_size", total=100, pending=1, covered=90)
    assert split.gap() is None
    split.pending = 0
    assert split.gap() == Gap(("seniority=VP",), 10, "no value of company_size covers them")
    split.covered = 99
    assert split.gap() == Gap(("seniority=VP",), 1, "no value of company_size covers them")
    for covered in (100, 101):
        split.covered = covered
        assert split.gap() is None
    assert Split((), "seniority", total=5, pending=0).gap() == Gap(
        (), 5, "no value of seniority covers them"
    )


@pytest.mark.parametrize(
    ("total", "bounded", "least", "most"),
    [
        (0, True, 1, 2),
        (26, True, 2, 3),
        (10_000, True, 400, 401),
        (100_000, False, 4_000, 4_001),
        (100_000, True, 4_001, 4_000 + (1 + 6 + 48) + 48),
    ],
)
def test_pages_are_counted_before_they_are_paid_for(
    total: int, bounded: bool, least: int, most: int
) -> None:
    """A whole search needs its pages and perhaps one more; a split one a page a search on top."""
    assert pages_needed(total, [6, 8], bounded=bounded) == (least, most)

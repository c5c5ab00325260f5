"""What would make any input wrong: numbers, ranges, empty and unknown values, told by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from leadiq import InputError
from leadiq._engine import inputs
from leadiq.types import (
    CompanyDetails,
    CompanyFilter,
    CompanySizeFilter,
    ContactFilter,
    DateRangeFilter,
    FlatSearchInput,
    FundingInfoFilter,
    LocationFilterInput,
    QualityFilter,
    RangeFilter,
    SearchPeopleInput,
    Seniority,
)

MARKER = "Ada Example"


def refusal(call: Any, *args: Any, **words: Any) -> str:
    """The text of what is refused, which nothing was sent of."""
    with pytest.raises(InputError) as caught:
        call(*args, **words)
    assert caught.value.sent is False
    return str(caught.value)


def test_an_input_or_keywords() -> None:
    """An input is given back, keywords are None's affair, and both at once are refused."""
    given = SearchPeopleInput(email="ada@example.com")
    assert inputs.either(SearchPeopleInput, given, {"email": None}) is given
    assert inputs.either(SearchPeopleInput, None, {"email": "ada@example.com"}) is None
    text = refusal(inputs.either, SearchPeopleInput, given, {"email": MARKER})
    assert text == "email and an input: put it into the SearchPeopleInput, or leave that out"


@pytest.mark.parametrize(
    "wrong", [{"email": MARKER}, MARKER, 5, CompanyFilter()], ids=lambda wrong: type(wrong).__name__
)
def test_an_input_of_another_kind_is_refused(wrong: Any) -> None:
    """Whatever is no such input is told by its type, not by its value."""
    text = refusal(inputs.either, SearchPeopleInput, wrong, {})
    assert text == f"input has to be a SearchPeopleInput, not {type(wrong).__name__}"


def test_an_input_is_built_of_what_was_given() -> None:
    """None is left out, so that it is not sent as null."""
    asked = inputs.built(FlatSearchInput, {"limit": 5, "skip": None})
    assert asked.model_fields_set == {"limit"}


def test_what_does_not_fit_is_told_by_name() -> None:
    """Each member that does not fit is named with what would; the values are left out."""
    wrong = {"contact_filter": {"titels": [MARKER]}, "limit": MARKER}
    text = refusal(inputs.built, FlatSearchInput, wrong)
    assert "contact_filter: titels: Extra inputs are not permitted; did you mean titles?" in text
    assert "limit: Input should be a valid integer" in text
    assert MARKER not in text


def test_words_have_to_be_text() -> None:
    """None is left out, text is given back, anything else is refused."""
    assert inputs.check_text({"email": "a", "name": None}) == {"email": "a"}
    assert refusal(inputs.check_text, {"email": 5}) == "email has to be str, not int"


@pytest.mark.parametrize(
    ("limit", "skip"), [(None, None), (1, None), (25, 0), (25, 9_975), (None, 9_999)]
)
def test_a_page_within_reach(limit: int | None, skip: int | None) -> None:
    """Pages of 1 to 25 that end at 10,000 at most are asked for."""
    inputs.check_page(limit, skip, most=25)


@pytest.mark.parametrize(
    ("limit", "skip", "text"),
    [
        (0, None, "limit has to be a whole number from 1 to 25"),
        (26, None, "limit has to be a whole number from 1 to 25"),
        (-1, None, "limit has to be a whole number from 1 to 25"),
        (True, None, "limit has to be a whole number from 1 to 25"),
        (2.5, None, "limit has to be a whole number from 1 to 25"),
        (25, -1, "skip has to be a whole number of at least 0"),
        (25, 9_976, "skip and limit: together 10,000 at most"),
        (None, 10_000, "skip and limit: together 10,000 at most"),
    ],
)
def test_a_page_that_cannot_be(limit: Any, skip: int | None, text: str) -> None:
    """The member is named, and the range that would do."""
    assert refusal(inputs.check_page, limit, skip, most=25).startswith(text)


def test_a_lookup_has_no_largest_page() -> None:
    """Where no largest limit is published, none is made up."""
    inputs.check_page(5_000)


def test_a_time_needs_a_zone() -> None:
    """A naive datetime is refused by name; what is no datetime is somebody else's affair."""
    inputs.check_span(from_=datetime(2026, 1, 1, tzinfo=UTC), to="2026-01-01T00:00:00Z", other=None)
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    text = refusal(inputs.check_span, from_=None, to=naive)
    assert text == "to has no zone: give a time with one, such as datetime.now(UTC)"


def test_a_span_does_not_end_before_it_begins() -> None:
    """It would be paid for, and say nothing."""
    early, late = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    inputs.check_span(from_=early, to=late)
    inputs.check_span(from_=early, to=early)
    text = refusal(inputs.check_span, from_=late, to=early)
    assert text == "from_ is later than to: exchange them"


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (ContactFilter(titles=[]), "titles is an empty list: leave it out, or give what it is"),
        (ContactFilter(titles=["CTO", " "]), "titles is empty: leave it out, or give a value"),
        (SearchPeopleInput(email=""), "email is empty: leave it out"),
        (SearchPeopleInput(company=CompanyDetails(name="")), "company.name is empty"),
        (
            CompanyFilter(locations=[LocationFilterInput(country="")]),
            "locations.country is empty",
        ),
        (
            ContactFilter(seniorities=[Seniority("Boss")]),
            "seniorities: the schema has no such value; choose from ",
        ),
        (
            QualityFilter.model_validate({"phone": "Good"}),
            "phone: the schema has no such value; choose from HigherQualityPhones, ",
        ),
        (
            CompanyFilter(sizes=[CompanySizeFilter(min=5, max=1)]),
            "sizes.min is greater than sizes.max: exchange them",
        ),
        (
            ContactFilter(updated_at=DateRangeFilter(start=date(2026, 2, 1), end=date(2026, 1, 1))),
            "updated_at.start is greater than updated_at.end",
        ),
        (
            CompanyFilter(
                funding_info_filters=[FundingInfoFilter(last_funding_range=RangeFilter(start=-1))]
            ),
            "funding_info_filters.last_funding_range.start has to be a whole number of at least 0",
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_member_that_cannot_be_meant(model: Any, text: str) -> None:
    """At any depth: empty, unknown or turned round; the path leads to it."""
    assert refusal(inputs.check_members, model).startswith(text)


def test_members_that_can_be_meant() -> None:
    """Open ranges, equal ends and None are fine."""
    inputs.check_members(
        CompanyFilter(
            sizes=[CompanySizeFilter(min=0), CompanySizeFilter(min=5, max=5)],
            revenue_ranges=[RangeFilter(end=10)],
            names=None,
            domains=["example.com"],
        )
    )


def test_members_are_read_without_a_second_warning() -> None:
    """A deprecated member has warned where it was set; checking it does not warn again."""
    with pytest.warns(DeprecationWarning, match="cities"):
        wanted = CompanyFilter(cities=["Berlin"])
    assert dict(inputs.members(wanted)) == {"cities": ["Berlin"]}

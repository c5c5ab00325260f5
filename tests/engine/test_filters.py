"""Searches: made of keywords, and refused when they cannot be what was meant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from leadiq import InputError
from leadiq._engine import filters
from leadiq._ground.base import to_wire
from leadiq.types import (
    CompanyFilter,
    CompanySortingOption,
    ContactFilter,
    ContactSortingOption,
    FlatSearchInput,
    GroupedSearchInput,
    JobChangeFilter,
    LocationFilterInput,
    PersonJobChangeTypeFilter,
    PreviousCompanyFilter,
    PreviousPositionFilter,
    SearchCursorEntryInput,
    Seniority,
)

TITLES = ContactFilter(titles=["CTO"])
CURSOR = [SearchCursorEntryInput(key="", value="")]


def refusal(call: Any, *args: Any, **words: Any) -> str:
    """The text of what is refused, which nothing was sent of."""
    with pytest.raises(InputError) as caught:
        call(*args, **words)
    assert caught.value.sent is False
    return str(caught.value)


def flat(**words: Any) -> dict[str, Any]:
    """What a flat search by keywords sends."""
    everyone = words.pop("everyone", False)
    return dict(to_wire(filters.flat(None, words, everyone=everyone)))


def test_every_keyword_of_a_flat_search() -> None:
    """Each keyword becomes the member of the contract; a page is full unless it is said."""
    sent = flat(
        contacts=TITLES,
        companies=CompanyFilter(domains=["example.com"]),
        excluded_contacts=ContactFilter(ids=["1"]),
        excluded_companies=CompanyFilter(ids=["2"]),
        previous_companies=PreviousCompanyFilter(names=["Example"]),
        previous_positions=PreviousPositionFilter(titles=["CEO"]),
        job_changes=JobChangeFilter(
            job_change_types=[PersonJobChangeTypeFilter.JobChange],
            started_after=datetime(2026, 1, 1, tzinfo=UTC),
        ),
        sort_contacts_by=ContactSortingOption.NameAsc,
        skip=25,
        limit=None,
    )
    assert sent == {
        "contactFilter": {"titles": ["CTO"]},
        "companyFilter": {"domains": ["example.com"]},
        "contactExcludedFilter": {"ids": ["1"]},
        "companyExcludedFilter": {"ids": ["2"]},
        "previousCompanyFilter": {"names": ["Example"]},
        "previousPositionFilter": {"titles": ["CEO"]},
        "jobChangeFilter": {"jobChangeTypes": ["JobChange"], "startedAfter": 1_767_225_600_000},
        "sortContactsBy": ["NameAsc"],
        "skip": 25,
        "limit": 25,
    }


def test_every_keyword_of_a_grouped_search() -> None:
    """A grouped search has its companies' order and the people of each beside the rest."""
    words = {
        "contacts": TITLES,
        "sort_contacts_by": (ContactSortingOption.NameAsc, ContactSortingOption.IdAsc),
        "sort_companies_by": [CompanySortingOption.SizeDesc],
        "limit": 10,
        "limit_per_company": 3,
    }
    assert to_wire(filters.grouped(None, words, everyone=False)) == {
        "contactFilter": {"titles": ["CTO"]},
        "sortContactsBy": ["NameAsc", "IdAsc"],
        "sortCompaniesBy": ["SizeDesc"],
        "limit": 10,
        "limitPerCompany": 3,
    }


@pytest.mark.parametrize("order", [None, (), []])
def test_no_order_is_not_sent(order: Any) -> None:
    """An order of nothing leaves LeadIQ its own."""
    assert "sortContactsBy" not in flat(contacts=TITLES, sort_contacts_by=order)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ({"contacts": {"titels": ["CTO"]}}, "contact_filter: titels: Extra inputs"),
        ({"contacts": "CTO"}, "contact_filter: Input should be a valid dictionary or instance of"),
        ({"contacts": TITLES, "sort_contacts_by": "Name"}, "sort_contacts_by: the schema has no"),
        ({"contacts": TITLES, "sort_contacts_by": 5}, "sort_contacts_by.0: Input should be"),
        ({"contacts": TITLES, "limit": 0}, "limit has to be a whole number from 1 to 25"),
        ({"contacts": TITLES, "limit": 26}, "limit has to be a whole number from 1 to 25"),
        ({"contacts": TITLES, "skip": 9_976}, "skip and limit: together 10,000 at most"),
        ({"contacts": TITLES, "limit": "5"}, "limit has to be a whole number from 1 to 25"),
        ({"contacts": TITLES, "skip": True}, "skip has to be a whole number of at least 0"),
        ({"contacts": ContactFilter(titles=[])}, "contact_filter.titles is an empty list"),
        ({}, "no condition says whom to find"),
        ({"contacts": ContactFilter()}, "no condition says whom to find"),
        ({"excluded_contacts": TITLES}, "no condition says whom to find"),
        (
            {"contacts": ContactFilter(locations=[LocationFilterInput()])},
            "contact_filter.locations holds an entry that says nothing: leave it out",
        ),
    ],
    ids=lambda value: value[:50] if isinstance(value, str) else "",
)
def test_keywords_that_cannot_be_meant(words: dict[str, Any], text: str) -> None:
    """Wrong names, types, numbers and no condition: the member is named, and what would do."""
    assert refusal(filters.flat, None, words, everyone=False).startswith(text)


def test_everyone_is_said_in_so_many_words() -> None:
    """`everyone` lets a search without a condition go out, and changes no other rule."""
    assert flat(everyone=True) == {"limit": 25}
    assert "limit has to be" in refusal(filters.flat, None, {"limit": 0}, everyone=True)


@pytest.mark.parametrize(
    "asked",
    [
        FlatSearchInput(contact_filter=TITLES),
        FlatSearchInput(company_filter=CompanyFilter(locations=[LocationFilterInput(city="Bonn")])),
        FlatSearchInput(contact_filter=TITLES, after=CURSOR, skip=0),
        FlatSearchInput(contact_filter=ContactFilter(seniorities=[Seniority.VP]), limit=1),
        GroupedSearchInput(company_filter=CompanyFilter(domains=["example.com"])),
    ],
)
def test_a_search_that_can_be_meant(asked: FlatSearchInput | GroupedSearchInput) -> None:
    """One condition at any depth is enough, and a cursor is nobody's business but LeadIQ's."""
    filters.check_search(asked)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (FlatSearchInput(contact_filter=TITLES, after=CURSOR, skip=25), "skip and after: "),
        (FlatSearchInput(), "no condition says whom to find"),
        (GroupedSearchInput(), "no condition says whom to find"),
        (
            GroupedSearchInput(contact_filter=TITLES, limit_per_company=0),
            "limit_per_company has to be a whole number of at least 1",
        ),
        (
            FlatSearchInput(contact_filter=ContactFilter(seniorities=[Seniority("Boss")])),
            "contact_filter.seniorities: the schema has no such value; choose from ",
        ),
    ],
)
def test_a_search_that_cannot_be_meant(
    asked: FlatSearchInput | GroupedSearchInput, text: str
) -> None:
    """What LeadIQ would refuse, or answer with the whole world, is not sent."""
    assert refusal(filters.check_search, asked).startswith(text)


def test_an_input_is_sent_as_it_is() -> None:
    """An input that can be meant is not touched: no page size is put into it."""
    flat_input = FlatSearchInput(contact_filter=TITLES)
    grouped_input = GroupedSearchInput(contact_filter=TITLES)
    assert filters.flat(flat_input, {"contacts": None}, everyone=False) is flat_input
    assert filters.grouped(grouped_input, {}, everyone=False) is grouped_input
    assert flat_input.model_fields_set == {"contact_filter"}
    text = refusal(filters.flat, flat_input, {"contacts": TITLES}, everyone=False)
    assert text.startswith("contacts and an input: put it into the FlatSearchInput")
    assert refusal(filters.grouped, flat_input, {}, everyone=False).startswith("input has to be")

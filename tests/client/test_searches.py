"""Advanced searches as users write them: typed filters, times as they have them, one page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from in_process import sandboxed, scripted
from leadiq import InputError, Unlock
from leadiq.locations import cities, countries
from leadiq.types import (
    CompanyFilter,
    CompanySizeFilter,
    CompanySortingOption,
    ContactFilter,
    ContactSortingOption,
    DateRangeFilter,
    FlatSearchInput,
    GroupedSearchInput,
    JobChangeFilter,
    PersonJobChangeTypeFilter,
    Seniority,
)
from script import SEARCHED, Script

GROUPED = {"data": {"groupedAdvancedSearch": {"companies": []}}}
TITLES = ContactFilter(titles=["CTO"])


@pytest.mark.anyio
async def test_people_by_typed_filters() -> None:
    """Who comes back fits every condition, in the order that was asked for."""
    async with sandboxed() as leadiq:
        page = await leadiq.flat_advanced_search(
            contacts=ContactFilter(seniorities=[Seniority.VP, Seniority.Director]),
            companies=CompanyFilter(sizes=[CompanySizeFilter(min=1)]),
            sort_contacts_by=ContactSortingOption.NameAsc,
            limit=10,
        )
        names = [person.name for person in page.people]
        assert len(names) == 10
        assert names == sorted(names, key=str)
        assert {person.seniority for person in page.people} <= {"VP", "Director"}
        assert page.total_people
        assert page.total_people >= 10


@pytest.mark.anyio
async def test_times_are_given_as_people_have_them() -> None:
    """A datetime, its date and its milliseconds find the same people, all of them since then."""
    since = datetime(2025, 6, 1, tzinfo=UTC)
    async with sandboxed() as leadiq:
        found = []
        for time in (since, since.date(), round(since.timestamp() * 1000)):
            page = await leadiq.flat_advanced_search(
                contacts=ContactFilter(updated_at=DateRangeFilter(start=time))
            )
            found.append([person.id for person in page.people])
        assert found[0] == found[1] == found[2] != []
        assert all(person.updated_at and person.updated_at >= since for person in page.people)
        hired = await leadiq.flat_advanced_search(
            contacts=ContactFilter(new_hire_from=date(2025, 6, 1))
        )
        starts = [person.current_position_start_date for person in hired.people]
        assert starts
        assert all(start and start >= since - timedelta(days=1) for start in starts)


@pytest.mark.anyio
async def test_companies_with_their_people() -> None:
    """A grouped search gives companies in their own order, each with so many people at most."""
    async with sandboxed() as leadiq:
        page = await leadiq.grouped_advanced_search(
            companies=CompanyFilter(locations=countries("United States", "Germany")),
            sort_companies_by=CompanySortingOption.SizeDesc,
            sort_contacts_by=[ContactSortingOption.NameAsc],
            limit=5,
            limit_per_company=2,
        )
        assert 0 < len(page.companies) <= 5
        assert all(len(found.people) <= 2 for found in page.companies)
        sizes = [found.company.employee_count or 0 for found in page.companies]
        assert sizes == sorted(sizes, reverse=True)


@pytest.mark.anyio
async def test_a_search_by_input_goes_out_as_it_is() -> None:
    """The contract's inputs work as they did, on all four methods."""
    script = Script(SEARCHED, SEARCHED, GROUPED, GROUPED)
    leadiq = scripted(script)
    flat = FlatSearchInput(contact_filter=TITLES)
    grouped = GroupedSearchInput(contact_filter=TITLES)
    await leadiq.flat_advanced_search(flat, total=False, deadline_s=5)
    await leadiq.flat_advanced_search_after(flat, unlock={Unlock.COMPANY})
    await leadiq.grouped_advanced_search(grouped)
    await leadiq.grouped_advanced_search_after(grouped, total=False)
    sent = [one["variables"]["input"] for one in script.sent]
    assert sent == [{"contactFilter": {"titles": ["CTO"]}}] * 4
    totals = [
        "totalPeople" in one["query"] or "totalCompanies" in one["query"] for one in script.sent
    ]
    assert totals == [False, True, True, False]
    assert ["after{" in one["query"] for one in script.sent] == [False, True, False, True]


@pytest.mark.anyio
async def test_nothing_is_sent_of_a_search_that_cannot_be_meant() -> None:
    """Refused with a reason: no condition, pages that are none, both forms at once."""
    script = Script()
    leadiq = scripted(script)
    calls: list[Any] = [
        lambda: leadiq.flat_advanced_search(),
        lambda: leadiq.flat_advanced_search(FlatSearchInput()),
        lambda: leadiq.flat_advanced_search(contacts=TITLES, limit=0),
        lambda: leadiq.flat_advanced_search(contacts=TITLES, limit=26),
        lambda: leadiq.flat_advanced_search(contacts=TITLES, skip=9_976),
        lambda: leadiq.flat_advanced_search(FlatSearchInput(), contacts=TITLES),  # type: ignore[call-overload]
        lambda: leadiq.flat_advanced_search_after(FlatSearchInput(limit=26)),
        lambda: leadiq.grouped_advanced_search(),
        lambda: leadiq.grouped_advanced_search(contacts=TITLES, limit_per_company=0),
        lambda: leadiq.grouped_advanced_search_after(GroupedSearchInput(limit=26)),
    ]
    for call in calls:
        with pytest.raises(InputError) as refused:
            await call()
        assert refused.value.sent is False
    assert script.sent == []


@pytest.mark.anyio
async def test_everybody_is_one_word_away() -> None:
    """`everyone` sends a search without a condition; a page by cursor needs no such word."""
    script = Script(SEARCHED, GROUPED, SEARCHED)
    leadiq = scripted(script)
    await leadiq.flat_advanced_search(everyone=True)
    await leadiq.grouped_advanced_search(GroupedSearchInput(), everyone=True)
    await leadiq.flat_advanced_search_after(FlatSearchInput())
    assert [one["variables"]["input"] for one in script.sent] == [{"limit": 25}, {}, {}]


@pytest.mark.anyio
async def test_every_keyword_arrives() -> None:
    """Each keyword of a search is in what is sent."""
    script = Script(SEARCHED, GROUPED)
    leadiq = scripted(script)
    await leadiq.flat_advanced_search(
        contacts=TITLES,
        companies=CompanyFilter(locations=cities("Berlin", country="Germany")),
        excluded_contacts=ContactFilter(ids=["1"]),
        excluded_companies=CompanyFilter(ids=["2"]),
        job_changes=JobChangeFilter(
            job_change_types=[PersonJobChangeTypeFilter.TitleChange],
            started_after=date(2026, 1, 1),
        ),
        sort_contacts_by=[ContactSortingOption.IdAsc],
        skip=25,
        limit=5,
    )
    await leadiq.grouped_advanced_search(
        contacts=TITLES,
        companies=CompanyFilter(ids=["3"]),
        excluded_contacts=ContactFilter(ids=["1"]),
        excluded_companies=CompanyFilter(ids=["2"]),
        skip=1,
        limit=5,
        limit_per_company=3,
    )
    flat, grouped = (one["variables"]["input"] for one in script.sent)
    assert flat == {
        "contactFilter": {"titles": ["CTO"]},
        "companyFilter": {"locations": [{"city": "Berlin", "country": "Germany"}]},
        "contactExcludedFilter": {"ids": ["1"]},
        "companyExcludedFilter": {"ids": ["2"]},
        "jobChangeFilter": {"jobChangeTypes": ["TitleChange"], "startedAfter": 1_767_225_600_000},
        "sortContactsBy": ["IdAsc"],
        "skip": 25,
        "limit": 5,
    }
    assert grouped == {
        "contactFilter": {"titles": ["CTO"]},
        "companyFilter": {"ids": ["3"]},
        "contactExcludedFilter": {"ids": ["1"]},
        "companyExcludedFilter": {"ids": ["2"]},
        "skip": 1,
        "limit": 5,
        "limitPerCompany": 3,
    }

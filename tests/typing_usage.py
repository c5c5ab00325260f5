"""User code for the type checkers: checked by `make check`, never run.

Every `type: ignore` here is needed: the checkers fail on one that is not.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, assert_type

from pydantic import BaseModel

from leadiq import Axis, LeadIQ, LeadIQError, Page, Pages, Unlock
from leadiq.locations import countries
from leadiq.results import Suppressed, best_work_email, current_position, direct_phones
from leadiq.types import (
    CompanyDetails,
    CompanyFilter,
    CompanySearchResponse,
    ContactFilter,
    ContactSortingOption,
    DateRangeFilter,
    EmailVerificationStatusType,
    FlatSearchInput,
    List,
    Person,
    PersonRecord,
    PersonSearchResponse,
    PositionRecord,
    SearchPeopleInput,
    SearchResult,
    Seniority,
    WorkEmailRecordType,
)


async def lookups(leadiq: LeadIQ) -> None:
    snake = SearchPeopleInput(first_name="Ada", company=CompanyDetails(name="Example"))
    result = await leadiq.search_people(snake, unlock={Unlock.WORK_EMAIL})
    assert_type(result, SearchResult)
    for person in result.results:
        assert_type(person, PersonRecord)
        for position in person.current_positions:
            for email in position.emails or []:
                assert_type(email.status, EmailVerificationStatusType)
                assert_type(email.status.is_known, bool)


async def lookups_by_keyword(leadiq: LeadIQ, email: str | None) -> None:
    result = await leadiq.search_people(email=email, unlock={Unlock.WORK_EMAIL}, deadline_s=5)
    assert_type(result, SearchResult)
    await leadiq.search_people(hashed_email=leadiq.hash_email("ada@example.com"))
    await leadiq.search_people_preview(name="Ada Example", domain="example.com")
    await leadiq.match_profile(email="ada@example.com")
    await leadiq.search_company(domain="example.com", unlock={Unlock.COMPANY})
    assert_type(await leadiq.get_person("PersonID-1"), PersonRecord | None)


async def searches(leadiq: LeadIQ) -> None:
    contacts = ContactFilter(
        seniorities=[Seniority.VP],
        locations=countries("Germany"),
        updated_at=DateRangeFilter(start=datetime(2026, 1, 1, tzinfo=UTC), end=1_767_225_600_000),
        new_hire_from=date(2026, 1, 1),
    )
    page = await leadiq.flat_advanced_search(
        contacts=contacts, sort_contacts_by=ContactSortingOption.NameAsc, limit=10
    )
    assert_type(page, PersonSearchResponse)
    await leadiq.flat_advanced_search(FlatSearchInput(contact_filter=contacts), total=False)
    grouped = await leadiq.grouped_advanced_search(
        companies=CompanyFilter(cities=["Berlin"]),  # deprecated members still type-check
        sort_contacts_by=(ContactSortingOption.NameAsc, ContactSortingOption.IdAsc),
    )
    assert_type(grouped, CompanySearchResponse)


def picked(person: PersonRecord) -> list[str]:
    best = best_work_email(person)
    assert_type(best, WorkEmailRecordType | Suppressed | None)
    if best is None or isinstance(best, Suppressed):
        return []
    assert_type(current_position(person), PositionRecord | None)
    phones = direct_phones(person)
    return [best.value] if isinstance(phones, Suppressed) else [phone.value for phone in phones]


def suppressed_by_accident(person: PersonRecord) -> None:
    if email := best_work_email(person):
        email.value  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue]
    len(direct_phones(person))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def account(leadiq: LeadIQ) -> Decimal | None:
    account = await leadiq.account()
    if account is None or account.universal_plan is None:
        return None
    return account.universal_plan.costs[0].costs[0].cost_in_decimals


class Own(BaseModel):
    usage: dict[str, object]


async def own_documents(leadiq: LeadIQ) -> None:
    text = "{ usage { subscription { status } } }"
    assert_type(await leadiq.execute(text, {"a": 1}, deadline_s=5), dict[str, Any])
    assert_type(await leadiq.execute(text, into=Own), Own)
    assert_type(leadiq.price(text).maximum, Decimal)


def typos() -> None:
    SearchPeopleInput(frist_name="Ada")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    SearchPeopleInput(first_name=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    DateRangeFilter(start="2026-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ContactFilter(titels=["CTO"])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Seniority.Boss  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


async def wrong_words(leadiq: LeadIQ) -> None:
    await leadiq.search_people(emial="a")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await leadiq.search_people(email=5)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    await leadiq.search_people({"email": "a"})  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    await leadiq.search_people(SearchPeopleInput(), email="a")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await leadiq.search_company(email="a")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await leadiq.flat_advanced_search(contacts=CompanyFilter())  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    await leadiq.flat_advanced_search(sort_contacts_by="NameAsc")  # type: ignore[arg-type]  # pyright: ignore[reportCallIssue, reportArgumentType]
    await leadiq.flat_advanced_search(FlatSearchInput(), contacts=ContactFilter())  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await leadiq.grouped_advanced_search(job_changes=None)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await leadiq.account(unlock={Unlock.COMPANY})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def pages(leadiq: LeadIQ) -> str:
    people = leadiq.iter_flat_advanced_search(FlatSearchInput(), everyone=True)
    assert_type(people, Pages[Person])
    async for person in people:
        assert_type(person, Person)
    async for page in leadiq.iter_lists().pages():
        assert_type(page, Page[List])
    async for mover in leadiq.partition(FlatSearchInput(), by=[Axis.seniority()]):
        assert_type(mover, Person)
    return people.token


def branches(error: LeadIQError) -> float:
    return error.waited_s

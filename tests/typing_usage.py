"""User code for the type checkers: checked by `make check`, never run.

Every `type: ignore` here is needed: the checkers fail on one that is not.
"""

from __future__ import annotations

from decimal import Decimal
from typing import assert_type

from leadiq import LeadIQ, LeadIQError, Unlock
from leadiq.types import (
    CompanyDetails,
    EmailVerificationStatusType,
    PersonRecord,
    SearchPeopleInput,
    SearchResult,
    Seniority,
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


async def account(leadiq: LeadIQ) -> Decimal | None:
    account = await leadiq.account()
    if account is None or account.universal_plan is None:
        return None
    return account.universal_plan.costs[0].costs[0].cost_in_decimals


def typos() -> None:
    SearchPeopleInput(frist_name="Ada")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    SearchPeopleInput(first_name=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Seniority.Boss  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


async def wrong_words(leadiq: LeadIQ) -> None:
    await leadiq.search_people(email="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await leadiq.account(unlock={Unlock.COMPANY})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def branches(error: LeadIQError) -> float:
    return error.waited_s

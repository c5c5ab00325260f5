"""The rules of credits: what came back is what is charged, and the account's word is asked for."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from leadiq import (
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    GraphQLError,
    Unlock,
)
from leadiq.cli._credits import credits_used, estimate
from leadiq.cli._problems import Problem, RefusedKey, Trouble


@pytest.mark.parametrize(
    ("unlock", "price"),
    [
        ([], "0.1"),
        ([Unlock.PROFILE], "0.1"),
        ([Unlock.WORK_EMAIL], "1"),
        ([Unlock.PERSONAL_EMAIL], "0.1"),
        ([Unlock.WORK_EMAIL, Unlock.PERSONAL_EMAIL], "1"),
        ([Unlock.WORK_PHONE], "10"),
        ([Unlock.PERSONAL_PHONE], "10"),
        ([Unlock.WORK_EMAIL, Unlock.WORK_PHONE], "11"),
        ([Unlock.COMPANY], "6"),
        (list(Unlock), "17"),
    ],
)
def test_a_person_costs_what_came_back(make: Any, unlock: list[Unlock], price: str) -> None:
    """Larger data points replace the profile fee; suppressed and missing ones cost nothing."""
    jobs = [
        make.position(
            "One",
            emails=[make.contact("ann@example.com", "Verified")],
            phones=[make.contact("+15550100", "Verified", "WorkPhone")],
        ),
        make.position("Two", emails=[], workEmail=None),
        make.position("Two"),
        make.position("Three", companyInfo=None),
    ]
    ann = make.person(
        currentPositions=jobs,
        personalEmails=[make.contact("", "Suppressed", "PersonalEmail")],
        personalPhones=[make.contact("+15550101", "Unverified", "PersonalMobile")],
    )
    assert estimate(ann, unlock) == Decimal(price)


class Client:
    """A client whose account is an answer or an error."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    async def account(self) -> object:
        """Answer."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "used"),
    [
        (SimpleNamespace(universal_plan=SimpleNamespace(used=7)), 7),
        (SimpleNamespace(universal_plan=None), None),
        (None, None),
        (GraphQLError("not yours to see"), None),
    ],
)
async def test_the_account_says_what_was_used(answer: object, used: int | None) -> None:
    """A plan with a counter tells it; an account that can't be read tells nothing."""
    assert await credits_used(Client(answer)) == used


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("error", "problem", "says"),
    [
        (AuthenticationError("401"), RefusedKey, "refused the key"),
        (ConnectError("no route"), Trouble, "can't be reached"),
        (ConfigurationError("no URL"), Problem, "^no URL$"),
    ],
)
async def test_a_bad_key_or_server_shows_at_once(
    error: Exception, problem: type[Exception], says: str
) -> None:
    """The first request of a job finds out whether any other could succeed."""
    with pytest.raises(Problem, match=says) as raised:
        await credits_used(Client(error))
    assert type(raised.value) is problem

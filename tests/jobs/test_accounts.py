"""The rules of accounts: what can be told is told, and what stops a job is raised."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from leadiq import (
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    GraphQLError,
    LeadIQError,
)
from leadiq._conduct.pacing import Lane
from leadiq._jobs.accounts import account_of, credits_used

PLAN = SimpleNamespace(used=7, available=3, next_billing_period=None)

pytestmark = pytest.mark.anyio


class Client:
    """A client whose account is an answer or an error."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    async def account(self, *, lane: Lane) -> Any:
        """Answer."""
        assert lane is Lane.BULK
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "used"),
    [
        (SimpleNamespace(universal_plan=PLAN), 7),
        (SimpleNamespace(universal_plan=None), None),
        (None, None),
        (GraphQLError("not yours to see"), None),
    ],
)
async def test_the_account_says_what_was_used(answer: object, used: int | None) -> None:
    """A plan with a counter tells it; an account that can't be read tells nothing."""
    assert credits_used(await account_of(cast("Any", Client(answer)))) == used


@pytest.mark.parametrize("kind", [AuthenticationError, ConnectError, ConfigurationError])
async def test_what_would_stop_every_lookup_is_raised(kind: type[LeadIQError]) -> None:
    """The first request of a job finds out whether any other could succeed."""
    with pytest.raises(kind):
        await account_of(Client(kind("no")))

"""The rules of credits: what came back is what is charged, and the account's word is asked for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from leadiq import (
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    GraphQLError,
)
from leadiq.cli._credits import credits_used, read_account
from leadiq.cli._problems import Problem, RefusedKey, Trouble

PLAN = SimpleNamespace(used=7, available=3, next_billing_period=None)


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
        (SimpleNamespace(universal_plan=PLAN), 7),
        (SimpleNamespace(universal_plan=None), None),
        (None, None),
        (GraphQLError("not yours to see"), None),
    ],
)
async def test_the_account_says_what_was_used(answer: object, used: int | None) -> None:
    """A plan with a counter tells it; an account that can't be read tells nothing."""
    assert credits_used(await read_account(Client(answer))) == used


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
        await read_account(Client(error))
    assert type(raised.value) is problem

"""An answer that came is taken and kept, whatever other middleware does to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import pytest

from leadiq import (
    AuthenticationError,
    InputError,
    LeadIQError,
    OutcomeUnknownError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
)
from leadiq._conduct.shared import Attempt
from leadiq._generated.client import GeneratedClient
from leadiq._http.transport import Reply
from leadiq._jobs.batches import Batches
from leadiq._jobs.budget import Budget
from leadiq._jobs.flight import Flight
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.lookups import PaidLookups, question
from leadiq._jobs.recovery import recover
from script import Script, failed

from .alias_server import AliasServer, client_of, who
from .conftest import client
from .test_lookups import COMPANY, EMAIL, FOUND, LOST, WHO

pytestmark = pytest.mark.anyio

Send = Callable[[], Awaitable[Reply]]

ERRORS = [
    RequestTimeoutError("late"),
    InputError("odd", sent=False),
    AuthenticationError("odd"),
    RateLimitError("full"),
]


class Spoiler:
    """Middleware that raises an error after every reply."""

    def __init__(self, error: LeadIQError) -> None:
        self._error = error

    async def __call__(self, attempt: Attempt, send: Send) -> Reply:
        await send()
        raise self._error


def spoilt(error: LeadIQError, *replies: object) -> tuple[GeneratedClient, Script]:
    """A client whose replies are each followed by an error."""
    leadiq, script = client(*replies)
    leadiq._options = leadiq.options.with_(middleware=(Spoiler(error),))
    return leadiq, script


def state(journal: Journal) -> State | None:
    entry = journal.find(question(WHO, COMPANY))
    return entry and entry.state


async def many(journal: Journal, server: AliasServer, error: LeadIQError, *kinds: str) -> list[str]:
    """Look up several in one request; give the state of each."""
    leadiq = client_of(server)
    leadiq._options = leadiq.options.with_(middleware=(Spoiler(error),))
    asked = [who(number, kind) for number, kind in enumerate(kinds)]
    async with Batches(leadiq, journal, len(asked), companies=True, linger_s=60) as batches:
        paid = PaidLookups(leadiq, journal, Budget(None), batches=batches)
        async with anyio.create_task_group() as tasks:
            for each in asked:
                tasks.start_soon(paid.look_up, each, COMPANY)
    entries = [journal.find(question(each, COMPANY)) for each in asked]
    return [entry.state for entry in entries if entry]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_an_answer_is_taken_whatever_is_raised_after_it(
    journal: Journal, error: LeadIQError
) -> None:
    """It is settled and given beside the error, and not asked for again."""
    leadiq, script = spoilt(error, FOUND)
    budget = Budget(None)
    answer = await PaidLookups(leadiq, journal, budget).look_up(WHO, COMPANY)
    assert answer.result
    assert answer.error
    assert (len(script.sent), state(journal)) == (1, State.SETTLED)
    assert (budget.spent, budget.reserved) == (answer.receipt.charged, 0)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_answers_to_many_are_taken_whatever_is_raised_after_them(
    journal: Journal, error: LeadIQError
) -> None:
    """None of them is asked for again."""
    server = AliasServer(company=True)
    assert await many(journal, server, error, "found", "found", "missing") == [State.SETTLED] * 3
    assert server.sizes == [3]


async def test_a_lookup_that_another_one_spoilt_stays_in_doubt(journal: Journal) -> None:
    """What the reply says of each holds, and not the error that was raised after it."""
    server = AliasServer(company=True)
    ends = await many(journal, server, AuthenticationError("odd"), "refused", "found")
    assert ends == [State.CLAIMED, State.UNKNOWN]
    assert server.sizes == [2]


async def test_a_reply_that_may_be_charged_leaves_doubt(journal: Journal) -> None:
    """An error which says that nothing was sent does not undo it."""
    leadiq, _ = spoilt(InputError("odd", sent=False), (502, {}, b"<html>"))
    budget = Budget(None)
    answer = await PaidLookups(leadiq, journal, budget).look_up(WHO, COMPANY)
    assert (answer.receipt.charged, state(journal)) == (None, State.UNKNOWN)
    assert budget.spent == answer.receipt.reserved


async def test_an_answer_of_middleware_is_not_kept(journal: Journal) -> None:
    """It is given, and as LeadIQ was not asked it costs nothing."""

    async def remembers(attempt: Attempt, send: Send) -> Reply:
        return Reply(200, {}, json.dumps(FOUND).encode())

    leadiq, script = client()
    leadiq._options = leadiq.options.with_(middleware=(remembers,))
    budget = Budget(None)
    paid = PaidLookups(leadiq, journal, budget)
    for _ in range(2):
        answer = await paid.look_up(WHO, COMPANY)
        assert answer.result
        assert answer.receipt.charged == 0
    assert (len(script.sent), budget.spent, state(journal)) == (0, 0, State.CLAIMED)


async def test_an_answer_in_place_of_a_lost_one_leaves_doubt(journal: Journal) -> None:
    """What middleware gives instead says nothing of what was charged."""

    async def replaces(attempt: Attempt, send: Send) -> Reply:
        with pytest.raises(RequestTimeoutError):
            await send()
        return Reply(200, {}, json.dumps(FOUND).encode())

    leadiq, _ = client(LOST)
    leadiq._options = leadiq.options.with_(middleware=(replaces,))
    answer = await PaidLookups(leadiq, journal, Budget(None)).look_up(WHO, COMPANY)
    assert answer.result
    assert state(journal) is State.UNKNOWN


async def test_a_refusal_that_a_kill_leaves_unread_does_not_undo_an_earlier_sending(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have been charged before is of unknown outcome to the next run as well."""
    leadiq, _ = client(LOST)
    await PaidLookups(leadiq, journal, Budget(None)).look_up(WHO, COMPANY)

    async def killed(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Flight, "land", killed)
    leadiq, _ = client(failed(401))
    paid = PaidLookups(leadiq, journal, Budget(None), repeat_unknown=True)
    await paid.look_up(WHO, COMPANY)
    assert state(journal) is State.ANSWERED
    journal.close()
    again = Journal.open(path)
    await recover(again)
    leadiq, script = client()
    answer = await PaidLookups(leadiq, again, Budget(None)).look_up(WHO, COMPANY)
    again.close()
    assert isinstance(answer.error, OutcomeUnknownError)
    assert script.sent == []


async def test_an_error_of_leadiq_is_still_its_error(journal: Journal) -> None:
    """Where no answer came, what was raised is what happened."""
    leadiq, _ = client(failed(500), failed(500))
    answer = await PaidLookups(leadiq, journal, Budget(None)).look_up(WHO, EMAIL)
    assert type(answer.error) is ServerError

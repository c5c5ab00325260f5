"""Lookups that are paid for once, whatever happens in between."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pytest

from leadiq import (
    BudgetError,
    ConnectError,
    ForgottenError,
    GraphQLError,
    InsufficientCreditsError,
    JournalError,
    OutcomeUnknownError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
    Unlock,
)
from leadiq._jobs.budget import Budget
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.lookups import PaidLookups, question
from leadiq.types import SearchPeopleInput, SearchResult
from script import failed

from .conftest import HEAD, client, email, person, position, reply

pytestmark = pytest.mark.anyio

WHO = SearchPeopleInput(email="p1@example.com", limit=1)
EMAIL = frozenset({Unlock.WORK_EMAIL})
COMPANY = frozenset({Unlock.COMPANY})
FOUND = reply(person(currentPositions=[position(emails=[email()])]))
LOST = RequestTimeoutError("no answer", sent=True)
D = Decimal


async def ask(
    journal: Journal,
    *replies: Any,
    budget: Budget | None = None,
    unlock: frozenset[Unlock] = EMAIL,
    **settings: Any,
) -> tuple[SearchResult, int]:
    """One lookup, and how many requests it took."""
    leadiq, script = client(*replies)
    paid = PaidLookups(leadiq, journal, budget or Budget(None), **settings)
    result = await paid.search_people(WHO, unlock=unlock)
    return result, len(script.sent)


def state(journal: Journal, unlock: frozenset[Unlock] = EMAIL) -> tuple[State, Decimal | None]:
    entry = journal.find(question(WHO, unlock))
    assert entry
    return entry.state, entry.charged


async def test_what_was_paid_for_is_not_paid_again(journal: Journal, path: Path) -> None:
    """The second asking is answered by the journal, in this run and in the next."""
    budget = Budget(10)
    first, requests = await ask(journal, FOUND, budget=budget)
    assert (requests, budget.spent, budget.reserved) == (1, 1, 0)
    assert state(journal) == (State.SETTLED, 1)
    assert await ask(journal, budget=budget) == (first, 0)
    journal.close()
    again = Journal.open(path)
    assert await ask(again, budget=budget) == (first, 0)
    again.close()
    assert budget.spent == 1


async def test_the_profile_makes_no_other_question() -> None:
    """It comes with everything: naming it or not is one lookup, and each other unlock another."""
    assert question(WHO, EMAIL | {Unlock.PROFILE}) == question(WHO, EMAIL)
    assert len({question(WHO, unlock) for unlock in (EMAIL, COMPANY, frozenset[Unlock]())}) == 3


async def test_what_was_forgotten_is_not_asked_for_again(journal: Journal) -> None:
    """A lookup that was removed for good is refused before anything is reserved or sent."""
    await ask(journal, FOUND)
    journal.forget([question(WHO, EMAIL)])
    budget = Budget(10, spent=D(1))
    with pytest.raises(ForgottenError, match="not asked for again") as refused:
        await ask(journal, budget=budget)
    assert not refused.value.sent
    assert state(journal) == (State.FORGOTTEN, 1)
    assert budget.spent == 1


async def test_each_step_is_on_disk_before_the_next(journal: Journal, path: Path) -> None:
    """While the request is under way the file says so, and what it can cost at most."""
    leadiq, _ = client(FOUND)
    budget = Budget(10)
    paid = PaidLookups(leadiq, journal, budget)
    seen = list[Any]()

    async def look(attempt: Any, send: Any) -> Any:
        with sqlite3.connect(path) as other:
            seen.append(other.execute("select state, reserved from lookup").fetchall())
        seen.append((budget.reserved, budget.spent))
        answer = await send()
        with sqlite3.connect(path) as other:
            seen.append(other.execute("select state, reply from lookup").fetchall())
        seen.append(answer.body)
        return answer

    paid = PaidLookups(leadiq, journal, budget)
    leadiq._options = leadiq.options.with_(middleware=(look,))
    await paid.search_people(WHO, unlock=EMAIL)
    claimed, amounts, answered, body = seen
    assert (claimed, amounts) == ([("claimed", "1")], (1, 0))
    assert answered == [("answered", body)]
    assert json.loads(body) == FOUND


async def test_the_receipt_says_how_it_came_about(journal: Journal) -> None:
    """Attempts, seconds waited, what was unlocked, and the client's id of the request."""
    await ask(journal, (503, {}, b""), FOUND)
    entry = journal.find(question(WHO, EMAIL))
    assert entry
    assert len(entry.request_id) == 16
    assert entry.receipt.pop("waited_s") >= 0
    assert entry.receipt == {"attempts": 2, "unlocked": ["email", "profile"]}


@pytest.mark.parametrize(
    ("error", "spent", "after"),
    [
        (ConnectError("refused", sent=False), 0, State.CLAIMED),
        (failed(402), 0, State.CLAIMED),
        (failed(429), 0, State.CLAIMED),
        (failed(400), 0, State.CLAIMED),
        (LOST, 1, State.UNKNOWN),
        (failed(500), 1, State.UNKNOWN),
        ((502, {}, b"<html>"), 1, State.UNKNOWN),
    ],
    ids=["refused", "402", "429", "400", "timeout", "500", "gateway"],
)
async def test_what_may_have_been_charged_is_counted_as_spent(
    journal: Journal, error: Any, spent: int, after: State
) -> None:
    """What LeadIQ is known not to have taken is free; of the rest the most is counted."""
    budget = Budget(10)
    with pytest.raises((ConnectError, InsufficientCreditsError, RateLimitError, Exception)):
        await ask(journal, error, error, budget=budget)
    assert (budget.spent, budget.reserved, state(journal)) == (spent, 0, (after, None))
    await ask(journal, FOUND, budget=budget)
    assert (budget.spent, state(journal)) == (1, (State.SETTLED, 1))


@pytest.mark.parametrize("before", [LOST, failed(500)], ids=["timeout", "500"])
async def test_an_attempt_that_may_have_been_charged_is_not_forgotten(
    journal: Journal, before: Any
) -> None:
    """A final refusal does not make certain what an earlier attempt left uncertain."""
    with pytest.raises(InsufficientCreditsError):
        await ask(journal, before, failed(402))
    assert state(journal) == (State.UNKNOWN, None)


async def test_a_refusal_before_an_answer_costs_nothing(journal: Journal) -> None:
    """A 429 and then a refusal of the credits: certainly nothing was charged."""
    with pytest.raises(InsufficientCreditsError):
        await ask(journal, failed(429), failed(402))
    assert state(journal) == (State.CLAIMED, None)


async def test_what_may_be_charged_again_is_sent_again_only_if_told(journal: Journal) -> None:
    """Company information of unknown outcome waits for the caller's word."""
    budget = Budget(30)
    with pytest.raises(RequestTimeoutError):
        await ask(journal, LOST, LOST, unlock=COMPANY, budget=budget)
    assert budget.spent == 12
    with pytest.raises(OutcomeUnknownError, match="may be charged again") as refused:
        await ask(journal, unlock=COMPANY, budget=budget)
    assert (refused.value.sent, budget.spent) == (False, 12)
    _, requests = await ask(journal, FOUND, unlock=COMPANY, budget=budget, repeat_unknown=True)
    assert (requests, budget.spent, budget.reserved) == (1, D("12.1"), 0)


async def test_a_lookup_of_unknown_outcome_stays_so_until_it_is_answered(journal: Journal) -> None:
    """A repetition that LeadIQ did not take says nothing of the sending before it."""
    budget = Budget(10)
    with pytest.raises(RequestTimeoutError):
        await ask(journal, LOST, LOST, budget=budget)
    refused = ConnectError("refused", sent=False)
    with pytest.raises(ConnectError):
        await ask(journal, refused, refused, budget=budget)
    assert (state(journal), budget.spent) == ((State.UNKNOWN, None), 1)


async def test_what_the_budget_does_not_cover_is_not_sent(journal: Journal) -> None:
    """The most that it can cost decides, before anything is written or sent."""
    budget = Budget(11, spent=D(1))
    with pytest.raises(BudgetError):
        await ask(journal, unlock=EMAIL | {Unlock.WORK_PHONE}, budget=budget)
    assert journal.totals().states == {}


async def test_several_people_are_all_reserved_and_charged(journal: Journal) -> None:
    """Each person of an answer is billed, so a lookup without a limit can cost ten times more."""
    leadiq, _ = client(reply(person("p1"), person("p2")))
    budget = Budget(D("1"))
    paid = PaidLookups(leadiq, journal, budget)
    await paid.search_people(SearchPeopleInput(email="p1@example.com"))
    assert budget.spent == D("0.2")
    with pytest.raises(BudgetError, match="can cost 1"):
        await paid.search_people(SearchPeopleInput(email="p2@example.com"))


async def test_an_answer_beside_an_error_is_kept_and_the_same_ever_after(journal: Journal) -> None:
    """Partial data is paid for: the live answer and the journal's are the same error."""
    partial = {**FOUND, "errors": [{"message": "about p1@example.com", "path": ["x"]}]}
    with pytest.raises(GraphQLError) as live:
        await ask(journal, partial)
    assert state(journal) == (State.SETTLED, 1)
    with pytest.raises(GraphQLError) as kept:
        await ask(journal)
    assert str(live.value) == str(kept.value)
    assert "example.com" not in str(live.value)
    assert live.value.data == kept.value.data
    assert live.value.data.total_results == 1


async def test_credits_that_end_beside_an_answer_stop_this_run_alone(journal: Journal) -> None:
    """Live it is the 402 that it was, so that a job stops; later it is just an answer."""
    partial = {**FOUND, "errors": failed(402)["errors"]}
    with pytest.raises(InsufficientCreditsError):
        await ask(journal, partial)
    with pytest.raises(GraphQLError):
        await ask(journal)


class FullDisk:
    """A journal whose disk is full at some steps."""

    def __init__(self, journal: Journal, *steps: str) -> None:
        self._journal, self._steps = journal, list(steps)

    def __getattr__(self, name: str) -> Any:
        if name in self._steps:
            self._steps.remove(name)
            return self._fail_at_once if name == "find" else self._fail
        return getattr(self._journal, name)

    def _fail_at_once(self, *_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async def _fail(self, *_: Any) -> None:
        self._fail_at_once()


async def test_a_full_disk_stops_before_sending(journal: Journal) -> None:
    """What cannot be noted is not sent."""
    for step in ("find", "claim"):
        with pytest.raises(JournalError, match="disk is full") as full:
            await ask(FullDisk(journal, step))  # type: ignore[arg-type]
        assert full.value.data is None
    with pytest.raises(JournalError):
        await ask(FullDisk(journal, "sent"))  # type: ignore[arg-type]
    assert state(journal) == (State.CLAIMED, None)


@pytest.mark.parametrize("steps", [("settle",), ("answered", "answered"), ("answered", "settle")])
async def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    journal: Journal, steps: tuple[str, ...]
) -> None:
    """The error that says the disk is full carries the answer that was paid for."""
    with pytest.raises(JournalError) as full:
        await ask(FullDisk(journal, *steps), FOUND)  # type: ignore[arg-type]
    assert isinstance(full.value.data, SearchResult)


async def test_an_answer_that_could_not_be_kept_at_first_is_kept_later(journal: Journal) -> None:
    """A disk that has room again has the whole answer."""
    await ask(FullDisk(journal, "answered"), FOUND)  # type: ignore[arg-type]
    assert (await ask(journal))[1] == 0


async def test_a_cancelled_lookup_leaves_its_budget(journal: Journal) -> None:
    """Given up before sending it costs nothing; under way, the most is counted."""
    leadiq, _ = client(FOUND, took_s=1)
    budget = Budget(10)
    paid = PaidLookups(leadiq, journal, budget)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_look_up, paid)
        while state_or_none(journal) is not State.SENT:  # noqa: ASYNC110 - SQLite tells nobody
            await anyio.sleep(0.001)
        tasks.cancel_scope.cancel()
    assert (budget.spent, budget.reserved) == (1, 0)


async def _look_up(paid: PaidLookups) -> None:
    await paid.search_people(WHO, unlock=EMAIL)


def state_or_none(journal: Journal) -> State | None:
    entry = journal.find(question(WHO, EMAIL))
    return entry and entry.state


def test_a_question_is_all_that_decides_the_answer() -> None:
    """Input and selection make another question; the order in which they are said does not."""
    both = frozenset({Unlock.WORK_EMAIL, Unlock.COMPANY})
    assert question(WHO, both) == question(WHO, frozenset(sorted(both, reverse=True)))
    assert question(WHO, EMAIL) != question(WHO, both)
    assert question(WHO, EMAIL) != question(SearchPeopleInput(email="p2@example.com"), EMAIL)
    assert HEAD.operation == "SearchPeople"


async def test_a_kept_answer_that_this_version_cannot_read_is_an_error(journal: Journal) -> None:
    """It is not asked for again, because it was paid for."""
    await ask(journal, FOUND)
    await journal.answered(question(WHO, EMAIL), 200, b"{}")
    await journal.settle(question(WHO, EMAIL), D(1), {})
    with pytest.raises(ServerError):
        await ask(journal)


async def test_an_unreadable_reply_is_a_lookup_of_unknown_outcome(journal: Journal) -> None:
    """A 200 that is no GraphQL reply may have been charged."""
    with pytest.raises(ServerError):
        await ask(journal, (200, {}, b"<html>"), (200, {}, b"<html>"))
    assert state(journal) == (State.UNKNOWN, None)

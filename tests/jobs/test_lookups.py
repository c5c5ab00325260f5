"""Lookups that are paid for once, whatever happens in between."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
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
from leadiq._core.pricing import DataPoint
from leadiq._engine.answers import Answer, Receipt, Source
from leadiq._jobs import steps
from leadiq._jobs.budget import Budget
from leadiq._jobs.entries import Earlier
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.lookups import PaidLookups, question
from leadiq._jobs.receipts import receipts
from leadiq._jobs.recovery import recover
from leadiq.types import SearchPeopleInput, SearchResult
from script import failed

from .conftest import HEAD, WHEN, client, email, person, position, reply

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
    answer = await paid.look_up(WHO, unlock)
    if answer.error:
        raise answer.error
    assert answer.result
    return answer.result, len(script.sent)


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
    assert (await paid.look_up(WHO, EMAIL)).error is None
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
    assert entry.receipt == {
        "attempts": 2,
        "unlocked": ["email", "profile"],
        "amounts": {"email": "1"},
        "repeated": [],
    }


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
    later = Budget(10, spent=budget.spent)
    await ask(journal, FOUND, budget=later)
    assert (later.spent, state(journal)) == (1, (State.SETTLED, 1))


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
    await paid.look_up(SearchPeopleInput(email="p1@example.com"), frozenset())
    assert budget.spent == D("0.2")
    refused = await paid.look_up(SearchPeopleInput(email="p2@example.com"), frozenset())
    assert isinstance(refused.error, BudgetError)
    assert "can cost 1" in str(refused.error)
    assert refused.receipt == Receipt()


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
    """A journal whose disk is full at some steps: the name of a method, and which call of it."""

    def __init__(self, journal: Journal, *steps: tuple[str, int]) -> None:
        self._journal, self._steps = journal, steps
        self._calls = Counter[str]()

    def __getattr__(self, name: str) -> Any:
        self._calls[name] += 1
        if (name, self._calls[name]) in self._steps:
            return self._fail_at_once if name == "find" else self._fail
        return getattr(self._journal, name)

    def _fail_at_once(self, *_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async def _fail(self, *_: Any) -> None:
        self._fail_at_once()


async def test_a_full_disk_stops_before_sending(journal: Journal) -> None:
    """What cannot be noted is not sent."""
    for step in (("find", 1), ("write", 1), ("sent_together", 1)):
        with pytest.raises(JournalError, match="disk is full") as full:
            await ask(FullDisk(journal, step))  # type: ignore[arg-type]
        assert full.value.data is None
    assert state(journal) == (State.CLAIMED, None)


@pytest.mark.parametrize("steps", [(("write", 2),), (("answered", 1), ("write", 2))])
async def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    journal: Journal, steps: tuple[tuple[str, int], ...]
) -> None:
    """The error that says the disk is full carries the answer that was paid for."""
    budget = Budget(10)
    with pytest.raises(JournalError) as full:
        await ask(FullDisk(journal, *steps), FOUND, budget=budget)  # type: ignore[arg-type]
    assert isinstance(full.value.data, SearchResult)
    assert (budget.spent, budget.reserved) == (1, 0)


async def test_an_answer_that_could_not_be_kept_at_first_is_kept_later(journal: Journal) -> None:
    """A disk that has room again has the whole answer."""
    await ask(FullDisk(journal, ("answered", 1)), FOUND)  # type: ignore[arg-type]
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
    await paid.look_up(WHO, EMAIL)


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


async def answer(journal: Journal, *replies: Any, **settings: Any) -> Answer:
    leadiq, _ = client(*replies)
    free = settings.pop("free", frozenset())
    unlock = settings.pop("unlock", EMAIL)
    paid = PaidLookups(leadiq, journal, settings.pop("budget", Budget(None)), **settings)
    return await paid.look_up(WHO, unlock, free=free)


async def test_every_answer_has_a_receipt(journal: Journal, path: Path) -> None:
    """Where it came from, what it cost, how it came about, and of when its data is."""
    live = (await answer(journal, (503, {}, b""), FOUND)).receipt
    assert live.waited_s >= 0
    assert live == Receipt(
        source=Source.API,
        reserved=D(1),
        charged=D(1),
        attempts=2,
        waited_s=live.waited_s,
        request_id=live.request_id,
        unlocked=frozenset({DataPoint.PROFILE, DataPoint.EMAIL}),
        updated_at=datetime.fromisoformat(WHEN),
    )
    assert len(live.request_id) == 16
    journal.close()
    with closing(Journal.open(path)) as again:
        kept = (await answer(again)).receipt
    assert kept == replace(live, source=Source.JOURNAL)


async def test_a_receipt_of_what_failed_says_what_is_known(journal: Journal) -> None:
    """Nothing sent: no source. Refused: free. Of unknown outcome: nobody knows the price."""
    refused = await answer(journal, failed(400))
    assert (refused.receipt.source, refused.receipt.charged) == (Source.API, 0)
    lost = await answer(journal, LOST, LOST, unlock=COMPANY)
    assert (lost.receipt.source, lost.receipt.charged, lost.receipt.reserved) == ("api", None, 12)
    unknown = await answer(journal, unlock=COMPANY)
    assert isinstance(unknown.error, OutcomeUnknownError)
    assert (unknown.receipt.source, unknown.receipt.charged) == (None, None)
    assert unknown.receipt.request_id == lost.receipt.request_id
    journal.forget([question(WHO, EMAIL)])
    forgotten = await answer(journal)
    assert isinstance(forgotten.error, ForgottenError)
    assert (forgotten.receipt.source, forgotten.receipt.charged) == (None, 0)


async def test_what_was_unlocked_before_costs_nothing(journal: Journal) -> None:
    """A stage before, or another job, has paid for it; companies are paid for each time."""
    budget, free = Budget(None), frozenset({DataPoint.EMAIL, DataPoint.COMPANY})
    found = await answer(journal, FOUND, budget=budget, free=free)
    assert (found.receipt.charged, budget.spent, budget.reserved) == (0, 0, 0)
    entry = journal.find(question(WHO, EMAIL))
    assert entry
    assert entry.receipt["amounts"] == {"email": "1"}
    assert entry.receipt["repeated"] == ["email"]
    firm = {"id": "c1", "name": "Example", "industry": "x"}
    informed = reply(person(currentPositions=[position(companyInfo=firm)]))
    found = await answer(journal, informed, budget=budget, free=free, unlock=COMPANY)
    assert (found.receipt.charged, budget.spent) == (3, 3)


class Others:
    """What other jobs have found out."""

    def __init__(self, free: Iterable[DataPoint] = (), earlier: Earlier | None = None) -> None:
        self._free, self._earlier = frozenset(free), earlier

    def unlocked(self, asked: Any, unlock: Any) -> frozenset[DataPoint]:
        assert (asked, unlock) == (WHO, EMAIL)
        return self._free

    def answer(self, asked: Any, unlock: Any) -> Earlier | None:
        assert (asked, unlock) == (WHO, EMAIL)
        return self._earlier


async def test_what_other_jobs_unlocked_is_free(journal: Journal) -> None:
    """And it stays free for a run that goes on after a kill, as the claim says what was free."""
    known = Others([DataPoint.EMAIL])
    assert (await answer(journal, FOUND, known=known)).receipt.charged == 0
    key = question(WHO, EMAIL)
    await journal.answered(key, 200, json.dumps(FOUND).encode())
    await journal.write(steps.claimed(key, D(1), EMAIL, frozenset({DataPoint.EMAIL})))
    await recover(journal)
    assert (entry := journal.find(key))
    assert (entry.state, entry.charged, entry.receipt["repeated"]) == (State.SETTLED, 0, ["email"])


async def test_another_jobs_answer_is_taken_over(journal: Journal) -> None:
    """Nothing is sent, reserved or charged; from then on it is in this journal."""
    points = frozenset({DataPoint.PROFILE, DataPoint.EMAIL})
    known = Others(earlier=Earlier(200, json.dumps(FOUND).encode(), points))
    await journal.claim(question(WHO, EMAIL), D(1))  # of a run that was killed before it sent
    budget = Budget(0)
    for each in (known, None):
        found = await answer(journal, known=each, budget=budget)
        assert found.result
        assert found.result.results[0].id == "p1"
        assert found.receipt == Receipt(
            source=Source.LEDGER, unlocked=points, updated_at=datetime.fromisoformat(WHEN)
        )
    assert journal.totals() == ({State.SETTLED: 1}, 0, 0)
    assert next(receipts(journal.path))["source"] == "ledger"


async def test_an_answer_that_is_not_known_is_paid_for(journal: Journal) -> None:
    """Also where a lookup of unknown outcome is sent again, which no other job can answer."""
    with pytest.raises(RequestTimeoutError):
        await ask(journal, LOST, LOST)
    earlier = Earlier(200, json.dumps(reply()).encode(), frozenset())
    found = await answer(journal, FOUND, known=Others(earlier=earlier))
    assert (found.receipt.source, found.receipt.charged) == (Source.API, 1)


async def test_what_may_be_charged_again_is_not_repeated_by_the_client(journal: Journal) -> None:
    """With company information a failure is final, whatever the retry policy says."""
    leadiq, script = client(LOST, failed(500))
    paid = PaidLookups(leadiq, journal, Budget(None))
    lost = await paid.look_up(WHO, COMPANY)
    assert isinstance(lost.error, RequestTimeoutError)
    assert len(script.sent) == 1
    limited = await answer(journal, failed(429), reply(), unlock=COMPANY, repeat_unknown=True)
    assert limited.error is None


async def test_credits_that_are_used_up_stop_who_shares_the_budget(journal: Journal) -> None:
    """A 402 lets nobody send more; also one that came beside an answer."""
    budget = Budget(None)
    await answer(journal, failed(402), budget=budget)
    with pytest.raises(InsufficientCreditsError):
        await budget.reserve(D(0))
    budget = Budget(None)
    await answer(journal, {**FOUND, "errors": failed(402)["errors"]}, budget=budget)
    with pytest.raises(InsufficientCreditsError):
        await budget.reserve(D(0))

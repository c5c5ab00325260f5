"""One job's part of a ledger: what is asked, paid, waited for, taken over, and told."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pytest

from leadiq import (
    BudgetError,
    ConfigurationError,
    ForgottenError,
    LedgerError,
    OutcomeUnknownError,
    RequestTimeoutError,
    Unlock,
)
from leadiq._core.pricing import Prices
from leadiq._engine.answers import Answer, Source
from leadiq._jobs import ledger_job
from leadiq._jobs.batches import Batches
from leadiq._jobs.budget import Budget
from leadiq._jobs.entries import Entry, State
from leadiq._jobs.journal import Journal
from leadiq._jobs.ledger_job import LedgerJob
from leadiq._jobs.ledger_rules import Page, Slip
from leadiq._jobs.lookups import PaidLookups, question
from leadiq._jobs.recovery import recover
from leadiq.types import SearchPeopleInput
from script import failed

from .conftest import HEAD, client, email, person, position, reply
from .ledgers import MemoryStore, until

pytestmark = pytest.mark.anyio

WHO = SearchPeopleInput(email="p1@example.com", limit=1)
EMAIL = frozenset({Unlock.WORK_EMAIL})
COMPANY = frozenset({Unlock.COMPANY})
FOUND = reply(person(currentPositions=[position(emails=[email()])]))
LOST = RequestTimeoutError("no answer", sent=True)
KEY = question(WHO, EMAIL)
D = Decimal
RAW = json.dumps(FOUND).encode()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long."""
    monkeypatch.setattr(ledger_job, "_RETRY_AFTER_S", (0.001,))
    monkeypatch.setattr(ledger_job, "_FIRST_LOOK_S", 0.001)
    monkeypatch.setattr(ledger_job, "_LOOK_S", 0.002)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def journals(tmp_path: Path) -> Iterator[Any]:
    made: list[Journal] = []

    def make() -> Journal:
        made.append(Journal.create(tmp_path / f"{len(made)}.job", HEAD))
        return made[-1]

    yield make
    for journal in made:
        journal.close()


def part(store: MemoryStore, job: str = "one", lease_s: float = 60.0) -> LedgerJob:
    return LedgerJob("march", store, job, account="", lease_s=lease_s, keep_s=1.0, prices=Prices())


class Worker:
    """A job under way: its lookups, what it has sent, and its budget."""

    def __init__(self, ledger: LedgerJob, journal: Journal, *replies: Any, **settings: Any) -> None:
        self.leadiq, self.script = client(*replies)
        self.budget = settings.pop("budget", Budget(None))
        self.journal = journal
        self.ledger = ledger
        self.paid = PaidLookups(self.leadiq, journal, self.budget, ledger=ledger, **settings)

    async def ask(self, unlock: frozenset[Unlock] = EMAIL) -> Answer:
        return await self.paid.look_up(WHO, unlock)


@pytest.fixture
def work(store: MemoryStore, journals: Any) -> Any:
    @asynccontextmanager
    async def work(*replies: Any, job: str = "one", **settings: Any) -> AsyncGenerator[Worker]:
        journal = journals()
        async with part(store, job) as ledger:
            await ledger.restore(journal)
            await recover(journal)
            yield Worker(ledger, journal, *replies, **settings)

    return work


def left(store: MemoryStore, state: State, *, unlock: Any = EMAIL, **members: Any) -> Slip:
    """Put a slip there that a worker of the job `dead` has left behind."""
    receipt = {"free": [], "unsure": members.pop("unsure", False)}
    job = members.pop("job", "dead")
    holder = members.pop("holder", "h0")
    told = {"request_id": "r0", "status": None, "reply": None, "charged": None, **members}
    entry = Entry(state=state, reserved=D(1), receipt=receipt, unlock=unlock, **told)
    slip = Slip(entry, job, holder, 1_700_000_000.5, 7)
    store.slips[question(WHO, unlock)] = slip
    return slip


def states(store: MemoryStore) -> list[State]:
    return [slip.entry.state for slip in store.seen]


async def test_every_step_is_told_before_the_next(store: MemoryStore, work: Any) -> None:
    """Claimed, sent before the request leaves, and the reply as it came before it is read."""
    async with work(FOUND) as worker:
        seen: list[Any] = []

        async def look(attempt: Any, send: Any) -> Any:
            seen.append(store.slips[KEY])
            answer = await send()
            seen.append(store.slips[KEY])
            return answer

        worker.leadiq._options = worker.leadiq.options.with_(middleware=(look,))
        answer = await worker.ask()
    assert (answer.error, answer.receipt.source, answer.receipt.charged) == (None, Source.API, 1)
    assert states(store) == [State.CLAIMED, State.SENT, State.ANSWERED, State.SETTLED]
    before, after = seen
    assert (before.entry.state, before.entry.reserved, before.job) == (State.CLAIMED, 1, "one")
    assert after.entry.state is State.ANSWERED
    assert (after.entry.status, json.loads(after.entry.reply)) == (200, FOUND)
    last = store.slips[KEY]
    assert (last.holder, last.entry.charged, last.entry.reply) == ("", 1, after.entry.reply)
    assert last.entry.receipt["unlocked"] == ["email", "profile"]
    assert store.held == {}


async def test_another_job_pays_nothing_for_the_same(work: Any) -> None:
    """The answer is the same, and the receipt says where it is from."""
    async with work(FOUND) as worker:
        first = await worker.ask()
    async with work(job="two", budget=Budget(0)) as worker:
        second = await worker.ask()
        again = await worker.ask()
        assert (worker.script.sent, worker.budget.spent) == ([], 0)
    assert second.result == first.result
    assert (second.receipt.source, second.receipt.charged) == (Source.LEDGER, 0)
    assert second.receipt.unlocked == first.receipt.unlocked
    assert again == second


async def test_the_job_that_paid_goes_on_elsewhere_with_its_charge(work: Any) -> None:
    """The new journal has what the ledger had, the budget counts it, and nothing is sent."""
    async with work(FOUND) as worker:
        first = await worker.ask()
    async with work() as worker:
        assert worker.journal.spent() == 1
        answer = await worker.ask()
        assert worker.script.sent == []
    assert (answer.result, answer.receipt.source) == (first.result, Source.JOURNAL)
    assert (answer.receipt.charged, answer.receipt.attempts) == (1, 1)


async def test_who_asks_while_another_does_waits_for_the_answer(
    store: MemoryStore, work: Any, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    """Nothing is sent, and a wait that is long is said once."""
    monkeypatch.setattr(ledger_job, "_SAY_AFTER_S", 0.003)
    answers: list[Answer] = []
    slip = left(store, State.SENT)
    store.held["dead"] = "h0"
    with caplog.at_level(logging.WARNING, "leadiq"):
        async with work() as worker, anyio.create_task_group() as tasks:

            async def ask() -> None:
                answers.append(await worker.ask())

            tasks.start_soon(ask)
            await until(lambda: caplog.records)
            assert answers == []
            entry = slip.entry._replace(state=State.SETTLED, status=200, reply=RAW, charged=D(1))
            store.slips[KEY] = slip._replace(entry=entry)
        assert worker.script.sent == []
    assert answers[0].receipt.source is Source.LEDGER
    assert [record.message for record in caplog.records] == [
        "waiting for an answer to a lookup that another process has sent"
    ]


@pytest.mark.parametrize("state", [State.SENT, State.UNKNOWN, State.CLAIMED])
async def test_what_a_dead_worker_had_sent_goes_again_where_that_is_free(
    store: MemoryStore, work: Any, state: State
) -> None:
    """Contact data: it is sent, and settled for who sent it."""
    left(store, state, unsure=state is State.CLAIMED)
    async with work(FOUND) as worker:
        answer = await worker.ask()
    assert (answer.error, answer.receipt.source) == (None, Source.API)
    assert (store.slips[KEY].job, store.slips[KEY].entry.charged) == ("one", 1)


async def test_company_information_of_unknown_outcome_waits_for_the_callers_word(
    store: MemoryStore, work: Any
) -> None:
    """It is not sent and stays as it is; with `repeat_unknown` it goes."""
    slip = left(store, State.SENT, unlock=COMPANY)
    async with work() as worker:
        answer = await worker.ask(COMPANY)
        assert (type(answer.error), worker.script.sent) == (OutcomeUnknownError, [])
        assert store.slips[question(WHO, COMPANY)] == slip
    async with work(reply(person()), repeat_unknown=True) as worker:
        assert (await worker.ask(COMPANY)).error is None


async def test_what_was_claimed_by_a_dead_worker_was_not_sent(
    store: MemoryStore, work: Any
) -> None:
    """So company information goes, without anybody's word."""
    left(store, State.CLAIMED, unlock=COMPANY)
    async with work(reply(person())) as worker:
        assert (await worker.ask(COMPANY)).error is None


@pytest.mark.parametrize("unsure", [False, True])
@pytest.mark.parametrize(
    ("status", "body"), [(200, RAW), (402, b""), (500, b"")], ids=["answer", "refusal", "failure"]
)
async def test_a_reply_that_nobody_has_read_is_read_for_who_paid(
    store: MemoryStore, work: Any, status: int, body: bytes, unsure: bool
) -> None:
    """An answer is the dead job's; a refusal leaves it free; a failure, or doubt, unknown."""
    left(store, State.ANSWERED, status=status, reply=body, unsure=unsure)
    async with work(*([] if status == 200 else [FOUND])) as worker:
        answer = await worker.ask()
    assert answer.result
    if status == 200:
        assert (answer.receipt.source, answer.receipt.charged) == (Source.LEDGER, 0)
        assert (store.slips[KEY].job, store.slips[KEY].entry.charged) == ("dead", 1)
    else:
        assert states(store)[0] is (
            State.CLAIMED if status == 402 and not unsure else State.UNKNOWN
        )
        assert (store.slips[KEY].job, answer.receipt.charged) == ("one", 1)


@pytest.mark.parametrize(
    ("state", "members", "restored"),
    [
        (State.CLAIMED, {}, None),
        (State.CLAIMED, {"unsure": True}, State.UNKNOWN),
        (State.SENT, {}, State.UNKNOWN),
        (State.UNKNOWN, {"holder": ""}, State.UNKNOWN),
        (State.ANSWERED, {"status": 200, "reply": RAW}, State.SETTLED),
        (State.ANSWERED, {"status": 402, "reply": b""}, None),
        (State.SETTLED, {"status": 200, "reply": RAW, "charged": D(1)}, State.SETTLED),
        (State.FORGOTTEN, {"charged": D(1)}, State.FORGOTTEN),
    ],
)
async def test_what_a_job_finds_of_its_own(
    store: MemoryStore, work: Any, state: State, members: dict[str, Any], restored: State | None
) -> None:
    """The journal begins with it, and its budget with what that cost or can have cost."""
    left(store, state, job="one", **members)
    left(store, State.SETTLED, unlock=COMPANY, job="two", charged=D(5))
    left(store, State.UNKNOWN, unlock=EMAIL | COMPANY, job="one")
    left(store, State.UNKNOWN, unlock=frozenset(), job="one")
    async with work() as worker:
        found = worker.journal.find(KEY)
        assert (found and found.state) == restored
        assert worker.journal.spent() == 2 + (restored is not None)
        assert worker.journal.find(question(WHO, COMPANY)) is None
        assert worker.journal.find(question(WHO, EMAIL | COMPANY))


async def test_a_lookup_that_is_told_of_twice_is_there_once(
    store: MemoryStore, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redis may do that while others write."""
    left(store, State.SETTLED, job="one", status=200, reply=RAW, charged=D(1))
    told = store.page

    def twice(job: str | None, mark: bytes) -> Page:
        return Page(told(job, mark).slips * 2, b"")

    monkeypatch.setattr(store, "page", twice)
    async with work() as worker:
        assert worker.journal.spent() == 1


async def test_what_was_forgotten_is_not_asked_for(store: MemoryStore, work: Any) -> None:
    """By whichever job."""
    left(store, State.FORGOTTEN, charged=D(1))
    async with work() as worker:
        assert isinstance((await worker.ask()).error, ForgottenError)
        assert worker.script.sent == []


@pytest.mark.parametrize(
    ("replies", "budget", "error", "after"),
    [
        ((), 0, BudgetError, State.CLAIMED),
        ((failed(402),), 9, Exception, State.CLAIMED),
        ((LOST, LOST), 9, RequestTimeoutError, State.UNKNOWN),
    ],
    ids=["budget", "credits", "lost"],
)
async def test_what_came_to_nothing_is_left_to_others_at_once(
    store: MemoryStore, work: Any, replies: Any, budget: Any, error: Any, after: State
) -> None:
    """While the first job is still under way another one sends it."""
    async with work(*replies, budget=Budget(budget)) as worker:
        assert isinstance((await worker.ask()).error, error)
        assert (store.slips[KEY].entry.state, store.slips[KEY].holder) == (after, "")
        async with work(FOUND, job="two") as other:
            assert (await other.ask()).receipt.charged == 1


async def test_a_reply_that_came_is_kept_when_its_lookup_is_given_up(
    store: MemoryStore, work: Any
) -> None:
    """Whoever comes next reads it, and nothing is paid twice."""
    async with work(FOUND) as worker:

        async def stall(attempt: Any, send: Any) -> Any:
            await send()
            tasks.cancel_scope.cancel()
            await anyio.sleep_forever()

        worker.leadiq._options = worker.leadiq.options.with_(middleware=(stall,))
        async with anyio.create_task_group() as tasks:
            await worker.ask()
        slip = store.slips[KEY]
        assert (slip.entry.state, slip.entry.reply, slip.holder) == (State.ANSWERED, RAW, "")
        async with work(job="two") as other:
            assert (await other.ask()).receipt.charged == 0
        assert store.slips[KEY].entry.charged == 1


async def test_a_job_does_not_wait_for_itself(store: MemoryStore, work: Any) -> None:
    """What it left behind as sent while the store was away, it may send again."""
    async with work(LOST, LOST, FOUND) as worker:
        await worker.ask()
        left = store.slips[KEY]
        entry = left.entry._replace(state=State.SENT)
        store.slips[KEY] = left._replace(entry=entry, holder=worker.ledger._holder)
        with anyio.fail_after(5):
            assert (await worker.ask()).receipt.charged == 1


async def test_a_ledger_that_has_lost_a_lookup_was_not_told_of_its_answer(
    store: MemoryStore, work: Any
) -> None:
    """So the journal, which has the only copy, is kept."""
    async with work(FOUND) as worker:

        async def lose(attempt: Any, send: Any) -> Any:
            came = await send()
            store.slips.clear()
            return came

        worker.leadiq._options = worker.leadiq.options.with_(middleware=(lose,))
        await worker.ask()
        assert not store.slips
        assert not worker.ledger.is_told


async def test_a_batch_is_told_lookup_by_lookup(store: MemoryStore, work: Any) -> None:
    """Each has its own share of the reply; who has gone is passed over."""
    answer = FOUND["data"]["searchPeople"]
    whole = {"data": {"a0": answer, "a1": answer}}
    async with work(whole) as worker:
        batches = worker.paid._batches = Batches(worker.leadiq, worker.journal, 2, linger_s=5.0)
        batches.ledger = worker.ledger
        both = [WHO, SearchPeopleInput(email="p2@example.com", limit=1)]
        async with batches, anyio.create_task_group() as tasks:
            for who in both:
                tasks.start_soon(worker.paid.look_up, who, EMAIL)
        assert len(worker.script.sent) == 1
    for who in both:
        entry = store.slips[question(who, EMAIL)].entry
        assert (entry.state, entry.charged) == (State.SETTLED, 1)
        assert json.loads(entry.reply or b"") == FOUND


async def test_a_store_that_is_away_lets_nothing_be_sent(store: MemoryStore, work: Any) -> None:
    """At the beginning, when a lookup is claimed, and when its request is about to leave."""
    store.away = 3
    with pytest.raises(LedgerError, match="'march' cannot be reached") as refused:
        async with work():
            pytest.fail("it was entered")
    assert not refused.value.sent
    store.away = 0
    async with work(FOUND) as worker:
        store.away = 2
        assert isinstance((await worker.ask()).error, LedgerError)
        store.away = 1
        assert isinstance((await worker.ask()).error, LedgerError)
        store.away = 0

        async def leave(attempt: Any, send: Any) -> Any:
            store.away = 2
            return await send()

        options = worker.leadiq.options
        worker.leadiq._options = options.with_(middleware=(leave,))
        assert isinstance((await worker.ask()).error, LedgerError)
        assert (worker.script.sent, worker.budget.spent) == ([], 0)
        worker.leadiq._options = options
        assert (await worker.ask()).error is None


async def test_an_answer_that_cannot_be_told_is_given_and_told_later(
    store: MemoryStore, work: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller has paid for it; when the store is back it has the answer too."""
    for back in (True, False):
        store.slips.clear()
        caplog.clear()
        async with work(FOUND) as worker:
            send = worker.script.post

            async def post(*values: Any, send: Any = send) -> Any:
                answer = await send(*values)
                store.away = 99
                return answer

            worker.script.post = post
            answer = await worker.ask()
            assert answer.result
            assert isinstance(answer.error, LedgerError)
            assert not worker.ledger.is_told
            if back:
                store.away = 0
        store.away = 0
        assert worker.ledger.is_told is back
        assert (store.slips[KEY].entry.state is State.SETTLED) is back
        assert [r.message for r in caplog.records] == (
            []
            if back
            else ["the ledger could not be told of 1 answers: they are in this machine's journals"]
        )
        store.held.clear()


async def test_a_write_whose_answer_was_lost_is_found(store: MemoryStore, work: Any) -> None:
    """It is not taken for somebody else's."""
    async with work(FOUND) as worker:
        store.away, store.deaf, store.only_swaps = 1, True, True
        assert (await worker.ask()).receipt.charged == 1
    assert len(store.seen) == 4


async def test_an_answer_is_worth_more_than_a_claim(store: MemoryStore, work: Any) -> None:
    """Where another process took a lookup over, the answer is written, unless there is one."""
    for state in (State.CLAIMED, State.SETTLED, State.FORGOTTEN):
        store.slips.clear()
        async with work(FOUND) as worker:
            send = worker.script.post

            async def post(*values: Any, send: Any = send, state: State = state) -> Any:
                answer = await send(*values)
                left(store, state)
                return answer

            worker.script.post = post
            assert (await worker.ask()).result
        assert store.slips[KEY].entry.state is (State.SETTLED if state is State.CLAIMED else state)
        assert (store.slips[KEY].job == "one") is (state is State.CLAIMED)


async def test_what_is_unknown_does_not_overwrite_what_others_do(
    store: MemoryStore, work: Any
) -> None:
    """Who took it over keeps it."""
    async with work(LOST, LOST) as worker:
        send = worker.script.post
        calls = 0

        async def post(*values: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == 2:
                left(store, State.CLAIMED)
            return await send(*values)

        worker.script.post = post
        assert (await worker.ask()).error
    assert store.slips[KEY].job == "dead"


async def test_a_store_that_lost_a_claim_lets_nothing_be_sent(
    store: MemoryStore, work: Any
) -> None:
    """Or gave it to another: the job ends so that it can be gone on with."""
    async with work(FOUND) as worker:

        async def forget(attempt: Any, send: Any) -> Any:
            store.slips.clear()
            return await send()

        worker.leadiq._options = worker.leadiq.options.with_(middleware=(forget,))
        answer = await worker.ask()
        assert isinstance(answer.error, LedgerError)
        assert "go on with the job" in str(answer.error)
        assert worker.script.sent == []
        assert isinstance((await worker.ask()).error, LedgerError)


async def test_a_job_is_held_by_one(
    store: MemoryStore, work: Any, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    """Who comes meanwhile waits, and says so; a lease that ran out ends who had it."""
    monkeypatch.setattr(ledger_job, "_SAY_AFTER_S", 0.001)
    store.held["one"] = "another"
    entered = anyio.Event()

    async def enter() -> None:
        async with part(store):
            entered.set()

    with caplog.at_level(logging.WARNING, "leadiq"):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(enter)
            await until(lambda: caplog.records)
            assert not entered.is_set()
            del store.held["one"]
    assert entered.is_set()
    assert caplog.records[0].message == "another process is at the job 'one'"
    async with part(store, lease_s=0.003) as ledger:
        store.away = 1
        await until(lambda: not store.away)
        assert not ledger._lost
        store.held["one"] = "another"
        await until(lambda: ledger._lost)
    assert store.held == {"one": "another"}


async def test_a_ledger_is_one_accounts(work: Any, store: MemoryStore) -> None:
    """What another account has unlocked is not free for this one."""
    store.account = "another"
    with pytest.raises(ConfigurationError, match="of another account"):
        async with work():
            pytest.fail("it was entered")

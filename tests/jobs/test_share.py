"""A job's part in a budget that processes share: reserved, settled, told, and waited for."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import anyio
import pytest

from leadiq import (
    Budget,
    BudgetError,
    BudgetStoreError,
    InsufficientCreditsError,
    SharedBudget,
)
from leadiq._jobs import share, shared_budget
from leadiq._jobs.budget import Reservation
from leadiq._jobs.budget_rules import UNITS
from virtual_time import anyio_backend  # noqa: F401

from .books import MemoryBook

D = Decimal
NOON = 1_767_355_200.0  # 2026-01-02 12:00 UTC


class Clock:
    """The time of day, as the test says."""

    def __init__(self) -> None:
        self.now = NOON

    def time(self) -> float:
        return self.now


class Directly:
    """Threads that take no time: virtual time would run away from real ones."""

    async def run_sync(self, work: Callable[..., Any], *args: Any) -> Any:
        await anyio.lowlevel.checkpoint()
        return work(*args)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(share, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def _directly(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (share, shared_budget):
        monkeypatch.setattr(module, "to_thread", Directly())


@pytest.fixture
def book() -> MemoryBook:
    return MemoryBook()


@asynccontextmanager
async def entered(
    book: MemoryBook,
    job: str = "one",
    limit: int = 10,
    spent: int = 0,
    *,
    own: int | None = None,
    per_day: bool = False,
) -> AsyncGenerator[Budget]:
    shared = SharedBudget("team", limit, lambda: book, per_day=per_day)
    async with Budget(own, within=shared).entered(job, lambda _: D(spent)) as budget:
        yield budget


def line(book: MemoryBook, job: str = "one", name: str = "team") -> tuple[Decimal, Decimal]:
    """What a job has, in credits."""
    spent, reserved = book.lines[name][job]
    return D(spent) / UNITS, D(reserved) / UNITS


async def settle_later(reservation: Reservation, charged: int, after_s: float = 10.0) -> None:
    await anyio.sleep(after_s)
    await reservation.settle(D(charged))


@pytest.mark.anyio
async def test_a_job_tells_every_step_before_it_goes_on(book: MemoryBook) -> None:
    """What is reserved is in the store before a lookup is sent, and what it cost afterwards."""
    async with entered(book, spent=2) as budget:
        assert line(book) == (2, 0)
        reservation = await budget.reserve(D("1.1"))
        assert line(book) == (2, D("1.1"))
        await reservation.settle(D("0.1"))
        await reservation.settle(D("0.1"))
        assert line(book) == (D("2.1"), 0)
        assert (budget.spent, budget.reserved) == (D("2.1"), 0)
    assert book.calls[-1] == "close"


@pytest.mark.anyio
async def test_the_limit_is_for_all_jobs_together(book: MemoryBook) -> None:
    """What one has spent the other cannot; the text names the budget, and nothing is set aside."""
    async with entered(book) as one, entered(book, "two") as two:
        await (await one.reserve(D(6))).settle(D(6))
        with pytest.raises(
            BudgetError, match=r"'team' of 10 credits does not .* cost 5: 6 are spent$"
        ) as refused:
            await two.reserve(D(5))
        assert (refused.value.sent, two.reserved, line(book, "two")) == (False, 0, (0, 0))
        await (await two.reserve(D(4))).settle(D(4))
    assert (line(book), line(book, "two")) == ((6, 0), (4, 0))


@pytest.mark.anyio
async def test_what_another_process_holds_is_waited_for(book: MemoryBook) -> None:
    """The store is looked at again, a second later at the latest; what comes back is used."""
    async with (
        entered(book) as one,
        entered(book, "two") as two,
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(settle_later, await one.reserve(D(8)), 1)
        with anyio.fail_after(11.01):
            reservation = await two.reserve(D(9))
        assert line(book, "two") == (0, 9)
        await reservation.settle(D(9))
    assert book.calls.count("ask") < 25


@pytest.mark.anyio
async def test_what_a_task_of_the_same_job_holds_is_noticed_at_once(book: MemoryBook) -> None:
    """Then nobody has to look: the one that waits is woken."""
    async with entered(book) as one, anyio.create_task_group() as tasks:
        tasks.start_soon(settle_later, await one.reserve(D(8)), 1, 10.0)
        with anyio.fail_after(10.001):
            await (await one.reserve(D(9))).settle(D(0))
        with pytest.raises(BudgetError):
            await one.reserve(D(10))


@pytest.mark.anyio
async def test_a_job_that_was_killed_is_not_waited_for_without_end(book: MemoryBook) -> None:
    """When nobody has told anything for five minutes the text says who holds it, and what to do."""
    async with entered(book, "dead") as dead, entered(book) as one:
        await dead.reserve(D(8))
        began = anyio.current_time()
        with pytest.raises(BudgetError, match=r"8 are held by jobs .* for 300 s.*budgets list"):
            await one.reserve(D(9))
        assert 300 <= anyio.current_time() - began < 302
        async with entered(book, "dead", spent=1):
            await (await one.reserve(D(9))).settle(D(9))


@pytest.mark.anyio
async def test_a_job_that_was_killed_holds_up_many_no_longer_than_one(
    book: MemoryBook, caplog: pytest.LogCaptureFixture
) -> None:
    """Who waits behind the first is refused with it; that they wait is said once, after 5 s."""
    refused = list[float]()

    async def work(budget: Budget) -> None:
        with pytest.raises(BudgetError, match="are held by jobs"):
            await budget.reserve(D(9))
        refused.append(anyio.current_time() - began)

    async with entered(book, "dead") as dead, entered(book) as one:
        await dead.reserve(D("2.5"))
        began = anyio.current_time()
        async with anyio.create_task_group() as tasks:
            for _ in range(16):
                tasks.start_soon(work, one)
            await anyio.sleep(4.9)
            assert caplog.messages == []
    assert len(refused) == 16
    assert max(refused) < 302
    assert caplog.messages == [
        "waiting for some of the 2.5 credits that other jobs hold of the shared budget 'team' of"
        " 10 credits"
    ]


@pytest.mark.anyio
async def test_while_something_happens_it_is_waited_for(book: MemoryBook) -> None:
    """Ten minutes of lookups elsewhere are no reason to give up."""
    async with (
        entered(book) as one,
        entered(book, "two") as two,
        anyio.create_task_group() as tasks,
    ):
        held = [await one.reserve(D(2)) for _ in range(5)]
        for number, reservation in enumerate(held, 1):
            tasks.start_soon(settle_later, reservation, 1, 200.0 * number)
        await two.reserve(D(5))
        assert anyio.current_time() >= 800


@pytest.mark.anyio
async def test_ones_own_lookups_are_waited_for_however_long_they_take(book: MemoryBook) -> None:
    """They end by themselves, one way or another."""
    async with entered(book) as one, anyio.create_task_group() as tasks:
        tasks.start_soon(settle_later, await one.reserve(D(8)), 1, 900.0)
        await one.reserve(D(9))


@pytest.mark.anyio
async def test_a_job_that_goes_on_tells_what_its_journal_knows(book: MemoryBook) -> None:
    """It takes the place of what it had told before, and nothing is counted twice."""
    async with entered(book) as killed:
        await killed.reserve(D(5))
        async with entered(book, spent=3) as one:
            assert line(book) == (3, 0)
            await one.reserve(D(7))


@pytest.mark.anyio
async def test_a_cancelled_wait_sets_nothing_aside(book: MemoryBook) -> None:
    """Who waits and is cancelled has nothing, here and in the store."""
    async with entered(book) as one, entered(book, "two", own=20) as two:
        reservation = await one.reserve(D(8))
        with anyio.move_on_after(3) as scope:
            await two.reserve(D(9))
        assert scope.cancelled_caught
        assert (two.reserved, line(book, "two")) == (0, (0, 0))
        await reservation.settle(D(0))
        await two.reserve(D(9))


@pytest.mark.anyio
async def test_settling_is_done_when_it_is_cancelled(book: MemoryBook) -> None:
    """The store is told although the task is being cancelled."""
    async with entered(book) as one:
        with anyio.CancelScope() as scope:
            reservation = await one.reserve(D(8))
            scope.cancel()
            await reservation.settle(D(1))
        assert (line(book), one.spent, one.reserved) == ((1, 0), 1, 0)


@pytest.mark.anyio
async def test_reserving_is_done_wholly_or_not_at_all(
    book: MemoryBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is cancelled while the store grants it gets the reservation, and can settle it."""
    scope = anyio.CancelScope()

    class Cancelling(Directly):
        async def run_sync(self, work: Callable[..., Any], *args: Any) -> Any:
            with anyio.CancelScope(shield=True):
                await anyio.lowlevel.checkpoint()
            scope.cancel()
            return work(*args)

    async with entered(book) as one:
        monkeypatch.setattr(share, "to_thread", Cancelling())
        reservation = None
        with scope:
            reservation = await one.reserve(D(8))
        assert reservation is not None
        assert (line(book), one.reserved) == ((0, 8), 8)
        await reservation.settle(D(0))
        assert line(book) == (0, 0)


@pytest.mark.anyio
async def test_the_own_limit_and_the_shared_one_both_hold(book: MemoryBook) -> None:
    """A job's budget within a shared one: what either refuses is not set aside in the other."""
    async with entered(book, limit=10, own=4) as one, entered(book, "two", own=20) as two:
        with pytest.raises(BudgetError, match="the budget of 4"):
            await one.reserve(D(5))
        with pytest.raises(BudgetError, match="shared budget"):
            await two.reserve(D(11))
        assert (line(book), line(book, "two"), two.reserved) == ((0, 0), (0, 0), 0)
        assert (one.limit, one.left, two.left) == (4, 4, 20)


@pytest.mark.anyio
async def test_what_was_counted_as_spent_is_reserved_instead(book: MemoryBook) -> None:
    """A lookup of unknown outcome that is sent again needs no room but its own."""
    async with entered(book, spent=10) as one:
        reservation = await one.reserve(D(4), counted=D(4))
        assert (one.spent, one.reserved, line(book)) == (6, 4, (6, 4))
        await reservation.settle(D(1))
        assert (one.spent, line(book)) == (7, (7, 0))
        with pytest.raises(BudgetError):
            await one.reserve(D(8), counted=D(4))
        assert (one.spent, line(book)) == (7, (7, 0))


@pytest.mark.anyio
async def test_what_was_counted_is_taken_back_only_where_it_was(
    book: MemoryBook, clock: Clock
) -> None:
    """What a job spent on earlier days leaves no room today, and nothing is below nothing."""

    shared = SharedBudget("team", 10, lambda: book, per_day=True)
    assert clock.now == NOON
    for ever, here in ((D(5), 1), (D(9), 5)):
        spent = {0.0: ever, NOON - 12 * 3600: D(5)}.__getitem__
        async with Budget(None, within=shared).entered("one", spent) as one:
            reservation = await one.reserve(D(4), counted=D(4))
            assert line(book, name="team 2026-01-02") == (here, 4)
            await reservation.settle(D(0))
    async with entered(book, "two", spent=1) as two:
        await two.reserve(D(4), counted=D(4))
        assert line(book, "two") == (0, 4)


@pytest.mark.anyio
async def test_what_a_lost_answer_granted_is_given_back(book: MemoryBook) -> None:
    """The store set it aside, and nobody knows here: at the end at the latest it is told."""
    async with entered(book) as one:
        book.deaf, book.away = True, 4
        with pytest.raises(BudgetStoreError):
            await one.reserve(D(8))
        assert line(book) == (0, 8)
    assert line(book) == (0, 0)


@pytest.mark.anyio
async def test_a_store_that_is_away_for_a_moment_is_asked_again(book: MemoryBook) -> None:
    """Whether it did what it was asked or not: nothing is counted twice."""
    for book.deaf in (False, True):
        async with entered(book) as one:
            book.away = 3
            reservation = await one.reserve(D(8))
            assert line(book) == (0, 8)
            await reservation.settle(D(0))


@pytest.mark.anyio
async def test_a_store_that_stays_away_ends_the_job(book: MemoryBook) -> None:
    """Nothing is reserved, the text says what to do, and what was answered is told later."""
    async with entered(book, own=20) as one:
        reservation = await one.reserve(D(8))
        book.away = 5
        await reservation.settle(D(1))
        with pytest.raises(BudgetStoreError, match=r"cannot be reached \(it is away\)") as refused:
            await one.reserve(D(1))
        assert (refused.value.sent, one.spent, one.reserved) == (False, 1, 0)
        assert line(book) == (0, 8)
        await (await one.reserve(D(1))).settle(D(0))
        assert line(book) == (1, 0)


@pytest.mark.anyio
async def test_a_store_that_stays_away_ends_many_lookups_soon(book: MemoryBook) -> None:
    """The first asks again for some seconds, and those behind it once; then it is tried anew."""
    async with entered(book) as one:
        book.away = 4 + 15
        began = anyio.current_time()
        for _ in range(16):
            with pytest.raises(BudgetStoreError):
                await one.reserve(D(1))
        assert anyio.current_time() - began < 3
        await one.reserve(D(1))
        book.away = 3
        await one.reserve(D(1))


@pytest.mark.anyio
async def test_without_its_store_a_job_does_not_begin(book: MemoryBook) -> None:
    """It is refused before anything is sent, and the store is closed."""
    book.away = 99
    with pytest.raises(BudgetStoreError):
        async with entered(book):
            pass
    assert book.calls == ["enter"] * 4 + ["close"]


@pytest.mark.anyio
async def test_an_end_that_cannot_be_told_is_said(
    book: MemoryBook, caplog: pytest.LogCaptureFixture
) -> None:
    """Reservations that stay in the store without need are worth a warning."""
    async with entered(book) as one:
        reservation = await one.reserve(D(8))
        book.away = 9
        await reservation.settle(D(1))
    assert [(r.levelno, r.getMessage()[:45]) for r in caplog.records] == [
        (logging.WARNING, "the shared budget 'team' of 10 credits could ")
    ]


@pytest.mark.anyio
async def test_a_store_without_memory_ends_the_job(book: MemoryBook) -> None:
    """Others may have spent what it has forgotten; gone on with, the job is counted again."""
    async with entered(book) as one:
        book.forget("team")
        with pytest.raises(BudgetStoreError, match=r"has lost .*; go on with the job"):
            await one.reserve(D(1))
    async with entered(book, spent=2) as one:
        await one.reserve(D(1))


@pytest.mark.anyio
async def test_a_402_stops_every_job_that_was_under_way(book: MemoryBook) -> None:
    """They reserve nothing more and settle what is out; who begins later is free to try."""
    async with entered(book) as one, entered(book, "two") as two:
        out = await two.reserve(D(1))
        await one.heed(BudgetError("not of LeadIQ", sent=False))
        await (await two.reserve(D(1))).settle(D(0))
        await one.heed(InsufficientCreditsError("402", status=402))
        for budget in (one, two):
            with pytest.raises(InsufficientCreditsError, match="another lookup") as stopped:
                await budget.reserve(D(1))
            assert not stopped.value.sent
            await budget.heed(stopped.value)
        await out.settle(D(1))
        assert line(book, "two") == (1, 0)
        async with entered(book, "three") as three:
            await three.reserve(D(1))
        assert book.calls.count("stop") == 1


@pytest.mark.anyio
async def test_a_402_needs_no_store(book: MemoryBook) -> None:
    """When the others cannot be told, this job stops all the same."""
    async with entered(book) as one:
        book.away = 1
        await one.heed(InsufficientCreditsError("402", status=402))
        with pytest.raises(InsufficientCreditsError):
            await one.reserve(D(1))


@pytest.mark.anyio
async def test_each_day_has_its_budget(book: MemoryBook, clock: Clock) -> None:
    """What is under way at midnight is settled in its own day; the next begins with nothing."""
    asked = list[float]()

    def spent(since: float) -> Decimal:
        asked.append(since)
        return D(3)

    shared = SharedBudget("team", 10, lambda: book, per_day=True)
    async with Budget(None, within=shared).entered("one", spent) as one:
        assert asked == [0.0, 0.0, NOON - 12 * 3600]
        reservation = await one.reserve(D(7))
        with pytest.raises(BudgetError, match=r"10 credits a day .* 3 are spent; the next day"):
            await one.reserve(D(8))
        clock.now += 12 * 3600
        late = await one.reserve(D(10))
        await reservation.settle(D(2))
        await late.settle(D(4))
        assert line(book, name="team 2026-01-02") == (5, 0)
        assert line(book, name="team 2026-01-03") == (4, 0)
    assert len(asked) == 3


@pytest.mark.anyio
async def test_who_waits_at_midnight_goes_on_in_the_new_day(book: MemoryBook, clock: Clock) -> None:
    """The limit of the old day is none any more."""
    async with entered(book, per_day=True) as one, anyio.create_task_group() as tasks:
        await one.reserve(D(8))

        async def midnight() -> None:
            await anyio.sleep(30)
            clock.now += 12 * 3600

        tasks.start_soon(midnight)
        await one.reserve(D(9))
        assert line(book, name="team 2026-01-03") == (0, 9)


@pytest.mark.anyio
async def test_many_that_settle_at_once_are_told_together(book: MemoryBook) -> None:
    """Two asks suffice for twenty lookups that end in one moment."""
    async with entered(book, limit=20) as one:
        held = [await one.reserve(D(1)) for _ in range(20)]
        asks = book.calls.count("ask")
        async with anyio.create_task_group() as tasks:
            for reservation in held:
                tasks.start_soon(settle_later, reservation, 1)
        assert book.calls.count("ask") - asks <= 2
        assert line(book) == (20, 0)


@pytest.mark.anyio
async def test_a_budget_within_that_of_a_job_is_within_the_shared_one(book: MemoryBook) -> None:
    """A stage's limit draws on the same line."""
    async with entered(book) as one:
        stage = Budget(5, within=one)
        await stage.reserve(D(4))
        assert (line(book), one.reserved) == ((0, 4), 4)

"""Pacing: never more in a window than the limit, no slot lost, nobody starved, a 429 obeyed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trio.testing import MockClock

from leadiq._conduct.gate import SLOWEST
from leadiq._conduct.pacing import LONG_WAIT_S, GateState, Lane, LocalPacer, PacingStatistics
from leadiq._conduct.slots import Slots
from leadiq._core.errors import ConfigurationError, InputError
from virtual_time import VirtualLoop, anyio_backend  # noqa: F401

EPSILON = 1e-6
WINDOW_S = 60.0


def in_virtual_time(backend: str, main: Callable[[], Awaitable[None]]) -> None:
    """Run outside of the anyio plugin, which has one loop for all examples of a property."""
    options: dict[str, object] = {"clock": MockClock(autojump_threshold=0)}
    if backend == "asyncio":
        options = {"loop_factory": VirtualLoop}
    anyio.run(main, backend=backend, backend_options=options)


def in_asyncio() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def bursting(limit: int) -> LocalPacer:
    return LocalPacer(Slots(limit, WINDOW_S, burst=limit))


async def take_turns(
    pacer: LocalPacer, tasks: int, work: Callable[[int], float], lane: Lane = Lane.INTERACTIVE
) -> list[tuple[float, int]]:
    """Let tasks ask in order of their number; give when each began."""
    began: list[tuple[float, int]] = []

    async def one(number: int) -> None:
        async with pacer.slot(lane):
            began.append((anyio.current_time(), number))
            await anyio.sleep(work(number))

    async with anyio.create_task_group() as group:
        for number in range(tasks):
            group.start_soon(one, number)
            await anyio.sleep(0)  # let it ask before the next one is started
    return began


@pytest.mark.anyio
async def test_waiters_go_in_the_order_in_which_they_came() -> None:
    """The queue is fair, and its requests are spaced as the limit says."""
    began = await take_turns(LocalPacer(Slots(10, 60.0)), 25, lambda _: 0.5)
    assert [number for _, number in began] == list(range(25))
    assert all(b - a >= 6.0 - EPSILON for (a, _), (b, _) in pairwise(began))


@pytest.mark.anyio
async def test_who_waits_for_a_response_is_woken_by_it() -> None:
    """With every slot in use, the next one begins one window after the first response."""
    began = await take_turns(bursting(2), 3, lambda n: 5.0 + n)
    start = began[0][0]
    assert [round(at - start, 6) for at, _ in began] == [0.0, 0.0, 65.0]


@pytest.mark.anyio
async def test_a_slot_says_how_long_it_was_waited_for() -> None:
    """A slot that is free costs no time; another tells the seconds."""
    pacer = LocalPacer(Slots(60, WINDOW_S))
    async with pacer.slot() as first:
        assert first.waited_s == 0.0
    async with pacer.slot() as second:
        assert second.waited_s == pytest.approx(1.0)


@pytest.mark.anyio
async def test_cancelled_waiters_lose_no_slot() -> None:
    """Cancelling in the queue, and during the work, leaves every slot to be used again."""
    pacer = bursting(2)

    async def hold() -> None:
        async with pacer.slot():
            await anyio.sleep_forever()

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(hold)
        await anyio.sleep(1.0)
        assert pacer.statistics().waiting[Lane.INTERACTIVE] == 3
        group.cancel_scope.cancel()
    assert pacer.statistics().in_flight == 0
    start = anyio.current_time()
    began = await take_turns(pacer, 2, lambda _: 0.0)
    assert [round(at - start, 6) for at, _ in began] == [60.0, 60.0]


def test_who_is_cancelled_as_it_gets_its_slot_frees_it_at_once() -> None:
    """A slot that was given but never used goes on to the next one, without a window's wait."""

    async def main() -> None:
        pacer = LocalPacer(Slots(1, WINDOW_S, burst=9))
        began: list[str] = []

        async def ask(name: str) -> None:
            async with pacer.slot():
                began.append(name)

        await ask("first")
        start = anyio.current_time()
        doomed = asyncio.create_task(ask("doomed"))
        await anyio.sleep(1.0)
        waiting = asyncio.create_task(ask("waiting"))
        await anyio.sleep(1.0)
        pacer.limit = 2  # gives the slot to the first who waits, which is cancelled before it runs
        doomed.cancel()
        await asyncio.wait([doomed, waiting])
        assert began == ["first", "waiting"]
        assert anyio.current_time() - start == pytest.approx(2.0)
        assert pacer.statistics().in_flight == 0

    in_virtual_time("asyncio", main)


@pytest.mark.anyio
async def test_when_the_first_gives_up_those_behind_it_go() -> None:
    """Who waited behind a request that is too heavy for now does not go on waiting for it."""
    pacer = bursting(3)
    async with pacer.slot():
        pass
    start = anyio.current_time()

    async def heavy() -> None:
        with anyio.move_on_after(10.0):
            async with pacer.slot(weight=3):
                raise AssertionError

    async with anyio.create_task_group() as group:
        group.start_soon(heavy)
        await anyio.sleep(1.0)
        group.start_soon(take_turns, pacer, 2, lambda _: 0.0)
    assert anyio.current_time() - start == pytest.approx(10.0)


@pytest.mark.anyio
async def test_when_an_overtaker_gives_up_those_it_overtook_go() -> None:
    """Also when it is one of them that holds the timer."""
    pacer = bursting(3)
    start = anyio.current_time()
    gone: list[float] = []

    async def one(takes_s: float) -> None:
        async with pacer.slot():
            await anyio.sleep(takes_s)

    async def bulk() -> None:
        async with pacer.slot(Lane.BULK):
            gone.append(anyio.current_time() - start)

    async def heavy() -> None:
        with anyio.move_on_after(20.0):
            async with pacer.slot(weight=3):
                raise AssertionError

    async with anyio.create_task_group() as group:
        for takes_s in (0.0, 40.0, 40.0):
            group.start_soon(one, takes_s)
        await anyio.sleep(1.0)
        group.start_soon(bulk)
        await anyio.sleep(49.0)
        group.start_soon(heavy)
    assert gone == [pytest.approx(70.0)]


@pytest.mark.anyio
async def test_a_clock_that_goes_back_holds_nobody_up() -> None:
    """It is taken to stand still for a moment, not until it has caught up."""
    jumped_s = 0.0
    pacer = LocalPacer(Slots(60, WINDOW_S), clock=lambda: anyio.current_time() + jumped_s)
    async with pacer.slot():
        jumped_s = -3600.0
    start = anyio.current_time()
    await take_turns(pacer, 3, lambda _: 0.0)
    assert anyio.current_time() - start == pytest.approx(3.0)


@pytest.mark.anyio
async def test_interactive_requests_overtake_bulk_ones() -> None:
    """On the same client, a page that somebody waits for does not stand behind a job."""
    pacer = LocalPacer(Slots(60, WINDOW_S))
    began: list[str] = []

    async def ask(name: str, lane: Lane) -> None:
        async with pacer.slot(lane):
            began.append(name)

    async with anyio.create_task_group() as group:
        for number in range(5):
            group.start_soon(ask, f"bulk {number}", Lane.BULK)
            await anyio.sleep(0.1)
        await anyio.sleep(1.0)
        group.start_soon(ask, "page", Lane.INTERACTIVE)
        await anyio.sleep(0.1)
        assert pacer.statistics().waiting == {Lane.INTERACTIVE: 1, Lane.BULK: 3}
    assert began == ["bulk 0", "bulk 1", "page", "bulk 2", "bulk 3", "bulk 4"]


@pytest.mark.anyio
async def test_bulk_work_leaves_a_share_of_a_burst_to_interactive_requests() -> None:
    """With interactive requests about, a job that bursts leaves slots that are free at once."""
    pacer = bursting(6)
    async with pacer.slot():
        pass
    start = anyio.current_time()
    async with anyio.create_task_group() as group:
        group.start_soon(take_turns, pacer, 8, lambda _: 0.0, Lane.BULK)
        await anyio.sleep(30.0)
        assert pacer.statistics().waiting[Lane.BULK] == 3
    # five at once; the one slot left is the interactive share, held for a window
    assert anyio.current_time() - start == pytest.approx(WINDOW_S)


@pytest.mark.anyio
async def test_the_limit_can_be_changed_while_slots_are_in_use() -> None:
    """A higher limit lets those who wait go at once; a lower one holds them back."""
    pacer = bursting(1)
    start = anyio.current_time()
    async with anyio.create_task_group() as group:
        group.start_soon(take_turns, pacer, 4, lambda _: 1.0)
        await anyio.sleep(10.0)
        assert pacer.statistics().waiting[Lane.INTERACTIVE] == 3
        pacer.limit = 3
        assert pacer.limit == 3
        await anyio.sleep(50.0)
        assert pacer.statistics().waiting[Lane.INTERACTIVE] < 3
        pacer.limit = 1
    assert anyio.current_time() - start < 4 * WINDOW_S
    with pytest.raises(ConfigurationError, match="at least 1"):
        pacer.limit = 0


@pytest.mark.anyio
async def test_what_is_heavier_than_the_limit_is_refused() -> None:
    """Also when the limit falls below it while it waits; those behind it go on."""
    pacer = bursting(3)
    for weight in (0, 4):
        with pytest.raises(InputError, match=f"counts as {weight} does not fit into a limit of 3"):
            await pacer.slot(weight=weight).__aenter__()
    refused: list[str] = []

    async def heavy() -> None:
        try:
            async with pacer.slot(weight=3):
                raise AssertionError
        except InputError as error:
            refused.append(str(error))

    async with pacer.slot(), anyio.create_task_group() as group:
        group.start_soon(heavy)
        await anyio.sleep(1.0)
        group.start_soon(take_turns, pacer, 1, lambda _: 0.0)
        await anyio.sleep(1.0)
        assert pacer.statistics().waiting[Lane.INTERACTIVE] == 2
        pacer.limit = 2
    assert len(refused) == 1
    assert pacer.statistics().waiting[Lane.INTERACTIVE] == 0


def test_who_is_refused_and_cancelled_at_once_leaves_nothing_behind() -> None:
    """Cancelling a waiter that no longer stands in the lane takes nothing from anybody."""

    async def main() -> None:
        pacer = bursting(3)
        async with pacer.slot():
            pass

        async def heavy() -> None:
            async with pacer.slot(weight=3):
                raise AssertionError

        doomed = asyncio.create_task(heavy())
        await anyio.sleep(1.0)
        pacer.limit = 2
        doomed.cancel()
        await asyncio.wait([doomed])
        assert doomed.cancelled()
        assert pacer.statistics() == PacingStatistics(2)

    in_virtual_time("asyncio", main)


# -- after a 429 ---------------------------------------------------------------------------


@dataclass
class Server:
    """Remembers when it was asked, says 429 to some, and nothing to others."""

    refuses: set[int]
    drops: set[int] = field(default_factory=set)
    latency_s: float = 1.0
    at: list[float] = field(default_factory=list)

    async def call(self, pacer: LocalPacer, lane: Lane = Lane.INTERACTIVE) -> None:
        async with pacer.slot(lane) as slot:
            number = len(self.at)
            self.at.append(anyio.current_time())
            await anyio.sleep(self.latency_s)
            if number in self.refuses:
                slot.limited(30.0)
            elif number not in self.drops:
                slot.answered()


@pytest.mark.anyio
async def test_a_429_holds_everybody_back_then_one_probes_then_all_go_ever_faster() -> None:
    """Closed for its time; one probe, whose answer is awaited; then a ramp, even with a burst."""
    pacer, server = bursting(600), Server({0})
    start = anyio.current_time()
    await server.call(pacer)
    assert pacer.statistics().gate is GateState.CLOSED
    assert pacer.statistics().closed_for_s == pytest.approx(30.0)
    async with anyio.create_task_group() as group:
        for _ in range(200):
            group.start_soon(server.call, pacer)
        await anyio.sleep(30.5)
        assert pacer.statistics().gate is GateState.PROBING
        assert pacer.statistics().in_flight == 1
        await anyio.sleep(1.0)
        assert pacer.statistics().gate is GateState.RAMP
    probe, *rest = (at - start for at in server.at[1:])
    assert probe == pytest.approx(31.0)
    assert min(rest) >= 32.0 - EPSILON
    gaps = [b - a for a, b in pairwise(rest)]
    assert gaps[0] == pytest.approx(SLOWEST * 0.1, rel=0.05)
    assert all(later <= earlier + EPSILON for earlier, later in pairwise(gaps))
    assert pacer.statistics().limited == 1


@pytest.mark.anyio
async def test_a_probe_that_fails_closes_the_gate_again() -> None:
    """Nobody else goes until a probe was answered otherwise."""
    pacer, server = bursting(600), Server({0, 1})
    start = anyio.current_time()
    await server.call(pacer)
    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(server.call, pacer)
    assert [round(at - start, 3) for at in server.at[:3]] == [0.0, 31.0, 62.0]
    assert server.at[3] - start >= 63.0 - EPSILON


@pytest.mark.anyio
async def test_a_probe_that_nobody_answered_is_followed_by_another() -> None:
    """A block that ends without a word opens nothing: the next one probes, at once and alone."""
    pacer, server = bursting(600), Server({0}, drops={1, 2})
    start = anyio.current_time()
    await server.call(pacer)
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(server.call, pacer)
        await anyio.sleep(32.5)
        assert pacer.statistics().gate is GateState.PROBING
        assert pacer.statistics().in_flight == 1
    assert [round(at - start, 3) for at in server.at[:4]] == [0.0, 31.0, 32.0, 33.0]
    assert pacer.statistics().gate is GateState.RAMP


@pytest.mark.anyio
async def test_a_429_counts_more_than_an_answer_that_was_told_before_it() -> None:
    """Whoever says both has met the limit."""
    pacer, server = bursting(600), Server({0})
    await server.call(pacer)
    async with pacer.slot() as slot:
        slot.answered()
        slot.limited(30.0)
    assert pacer.statistics().gate is GateState.CLOSED


@pytest.mark.anyio
@pytest.mark.parametrize("after_s", [0.0, 0.5])
async def test_when_the_probe_is_cancelled_the_next_one_probes(after_s: float) -> None:
    """Cancelled on its way or before it was sent, it is replaced at once, and by one only."""
    pacer, server = bursting(600), Server({0})
    await server.call(pacer)
    start = anyio.current_time()
    async with anyio.create_task_group() as group:
        doomed = anyio.CancelScope()

        async def probe() -> None:
            with doomed:
                await server.call(pacer)

        group.start_soon(probe)
        await anyio.sleep(1.0)
        for _ in range(3):
            group.start_soon(server.call, pacer)
        await anyio.sleep(29.0 + after_s)
        doomed.cancel()
        await anyio.sleep(0.25)
        assert pacer.statistics().gate is GateState.PROBING
        assert pacer.statistics().in_flight == 1
    assert server.at[-3] - start == pytest.approx(30.0 + after_s)
    assert server.at[-2] - server.at[-3] >= server.latency_s - EPSILON


@pytest.mark.anyio
async def test_a_429_that_is_told_after_its_block_closes_the_gate_all_the_same() -> None:
    """Later is not better, but it is not lost."""
    pacer = bursting(600)
    async with pacer.slot() as slot:
        pass
    slot.limited(10.0)
    start = anyio.current_time()
    async with pacer.slot():
        assert anyio.current_time() - start == pytest.approx(10.0)


# -- telling -------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_a_long_wait_is_logged_once_and_offered_to_the_hook(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Pacing never looks like a hang: who waits, and until when, is told after a few seconds."""
    told: list[tuple[float, PacingStatistics]] = []
    start = anyio.current_time()

    def on_wait(now: PacingStatistics) -> None:
        told.append((anyio.current_time() - start, now))

    pacer = LocalPacer(Slots(1, WINDOW_S), on_wait=on_wait)
    with caplog.at_level(logging.INFO, "leadiq"):
        await take_turns(pacer, 4, lambda _: 0.0)
        assert len(told) == len(caplog.messages) == 1
        await take_turns(pacer, 1, lambda _: 0.0)
    (at, now), (_, again) = told
    assert at == pytest.approx(LONG_WAIT_S)
    assert now.waiting == {Lane.INTERACTIVE: 3, Lane.BULK: 0}
    assert now.eta_s == pytest.approx(3 * WINDOW_S - LONG_WAIT_S)
    assert again.waiting[Lane.INTERACTIVE] == 1
    text = "waiting for LeadIQ's rate limit of 1: 3 requests, the last goes in about 175 s"
    assert caplog.messages[0] == text


@pytest.mark.anyio
async def test_short_waits_are_not_told(caplog: pytest.LogCaptureFixture) -> None:
    """A queue that moves is no news, however long it lasts."""
    pacer = LocalPacer(Slots(60, WINDOW_S))
    with caplog.at_level(logging.INFO, "leadiq"):
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(take_turns, pacer, 3, lambda _: 0.0)
                await anyio.sleep(3.0)
    assert not caplog.messages


@pytest.mark.anyio
async def test_a_hook_that_fails_fails_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """What the hook raises is logged; the request goes when it is due."""

    def on_wait(_: PacingStatistics) -> None:
        raise RuntimeError("hook")

    pacer = LocalPacer(Slots(1, WINDOW_S), on_wait=on_wait)
    assert len(await take_turns(pacer, 2, lambda _: 0.0)) == 2
    assert caplog.messages == ["on_wait failed"]


def test_statistics_and_the_limit_need_no_event_loop() -> None:
    """Before anything happened there is nothing to wait for."""
    pacer = LocalPacer(Slots(60, WINDOW_S))
    pacer.limit = 30
    assert pacer.statistics() == PacingStatistics(30)


@pytest.mark.anyio
async def test_a_clock_finer_than_the_event_loop_s_does_not_make_it_spin() -> None:
    """A wait that the loop would round to nothing is made long enough to end."""
    readings = 0

    def clock() -> float:
        nonlocal readings
        readings += 1
        assert readings < 1000
        return anyio.current_time() - start

    await anyio.sleep(80_000.0)
    start = anyio.current_time()
    pacer = LocalPacer(Slots(7, 1.0), clock=clock)
    await take_turns(pacer, 20, lambda _: 0.0)
    assert anyio.current_time() - start == pytest.approx(19 / 7, abs=1e-4)


# -- the property --------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """One task: when it comes, what it is, how long it takes, and when it is cancelled."""

    comes_s: float
    lane: Lane
    weight: int
    latency_s: float
    cancelled_s: float | None
    ends: str


@dataclass(frozen=True)
class Step:
    """Something that happens to the pacer at a time: a new limit, or a step of its clock."""

    at_s: float
    limit: int | None
    jump_s: float


times = st.integers(0, 90).map(float)
plans = st.builds(
    Plan,
    comes_s=times,
    lane=st.sampled_from(Lane),
    weight=st.sampled_from((1, 1, 1, 2, 3)),
    latency_s=st.sampled_from((0.0, 0.2, 5.0, 45.0)),
    cancelled_s=st.one_of(st.none(), st.none(), times),
    ends=st.sampled_from(("answered",) * 5 + ("unknown",) * 2 + ("limited",)),
)
steps = st.builds(
    Step,
    at_s=times,
    limit=st.one_of(st.none(), st.integers(3, 9)),
    jump_s=st.sampled_from((0.0, 30.0, 3600.0, -20.0)),
)


class Run:
    """Plays plans and steps against a pacer, and remembers what happened and when.

    Its own time counts the steps forward only: it is never behind the pacer's, so that what the
    pacer takes for a window is one.
    """

    def __init__(self, policy: Slots) -> None:
        self.jumped_s = 0.0
        self.forward_s = 0.0
        self.pacer = LocalPacer(policy, clock=lambda: anyio.current_time() + self.jumped_s)
        self.limits = [(-inf, policy.limit)]
        self.arrived: dict[int, float] = {}
        self.began: list[tuple[float, float, int, Plan]] = []
        self.waiting: set[int] = set()

    def now(self) -> float:
        return anyio.current_time() + self.forward_s

    async def one(self, number: int, plan: Plan) -> None:
        await anyio.sleep(plan.comes_s)
        self.arrived[number] = anyio.current_time()
        self.waiting.add(number)
        with suppress(TimeoutError):
            async with cancelled_after(plan.cancelled_s, natively=number % 2 == 0):
                await self.send(number, plan)
        self.waiting.discard(number)

    async def send(self, number: int, plan: Plan) -> None:
        async with self.pacer.slot(plan.lane, plan.weight) as slot:
            self.began.append((anyio.current_time(), self.now(), number, plan))
            self.waiting.discard(number)
            await anyio.sleep(plan.latency_s)
            if plan.ends == "limited":
                slot.limited(10.0)
            elif plan.ends == "answered":
                slot.answered()

    async def change(self, step: Step) -> None:
        await anyio.sleep(step.at_s)
        self.jumped_s += step.jump_s
        self.forward_s += max(step.jump_s, 0.0)
        if step.limit is not None:
            self.pacer.limit = step.limit
            self.limits.append((self.now(), step.limit))

    async def play(self, tasks: list[Plan], changes: list[Step]) -> None:
        with anyio.fail_after(4 * WINDOW_S * (len(tasks) + 1)):
            async with anyio.create_task_group() as group:
                for number, plan in enumerate(tasks):
                    group.start_soon(self.one, number, plan)
                for step in changes:
                    group.start_soon(self.change, step)

    def limit_at(self, at: float) -> int:
        """The limit in force, or the highest of those, if it changed at this very moment."""
        before = [limit for since, limit in self.limits if since <= at - EPSILON]
        return max(before[-1], *(n for s, n in self.limits if at - EPSILON < s <= at + EPSILON), 0)


def check(run: Run) -> None:
    for _, at, _, _ in run.began:
        held = sum(p.weight for _, a, _, p in run.began if at - WINDOW_S + EPSILON < a <= at)
        assert held <= run.limit_at(at)
    for at, _, one, plan in run.began:
        for later, _, other, others in run.began:
            if others.lane is plan.lane and at < later - EPSILON:
                assert run.arrived[one] <= run.arrived[other]
    assert not run.waiting
    statistics = run.pacer.statistics()
    assert (statistics.in_flight, set(statistics.waiting.values())) == (0, {0})


@asynccontextmanager
async def cancelled_after(seconds: float | None, *, natively: bool) -> AsyncIterator[None]:
    """Cancel as anyio does, which spares who is being woken, or as asyncio does."""
    if natively and in_asyncio():
        async with asyncio.timeout(seconds):
            yield
    else:
        with anyio.move_on_after(seconds):
            yield


@given(
    backend=st.sampled_from(("asyncio", "trio")),
    limit=st.integers(3, 9),
    burst=st.sampled_from((1, 2, 9)),
    tasks=st.lists(plans, max_size=25),
    changes=st.lists(steps, max_size=4),
)
@settings(deadline=None)
def test_whatever_happens_no_window_holds_too_many_and_nobody_is_lost(
    backend: str, limit: int, burst: int, tasks: list[Plan], changes: list[Step]
) -> None:
    """Over random arrivals, lanes, weights, latencies, cancellations, 429s, limits, clock steps:

    no window holds more than the limit, each lane is first come first served, everybody goes or
    is cancelled, and one window after the last response every slot is free.
    """

    async def main() -> None:
        run = Run(Slots(limit, WINDOW_S, burst=burst))
        await run.play(tasks, changes)
        check(run)
        await anyio.sleep(WINDOW_S + EPSILON)
        async with run.pacer.slot(weight=run.pacer.limit) as everything:
            assert everything.waited_s == 0.0

    in_virtual_time(backend, main)

"""Pacing: never more in a window than the limit, no slot lost, nobody starved."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from math import inf

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_time import anyio_backend  # noqa: F401

from leadiq._pacing import Pacer, Slots

EPSILON = 1e-9


def slots(limit: int = 3, window_s: float = 60.0, burst: int = 3) -> Slots:
    return Slots(limit, window_s, burst=burst)


def test_a_slot_is_free_again_one_window_after_the_response() -> None:
    """A slot comes back one window after its response, not after it was taken."""
    one = Slots(1, 60.0, burst=1)
    assert one.take(0.0) == 0.0
    assert one.take(59.0) == inf
    one.give_back(100.0)
    assert one.take(159.0) == pytest.approx(1.0)
    assert one.take(160.0) == 0.0


def test_requests_are_spaced_evenly_unless_a_burst_is_allowed() -> None:
    """With a burst of one the window is divided evenly; a burst goes at once."""
    even, burst = slots(burst=1), slots(burst=3)
    assert [even.take(0.0), even.take(0.0), even.take(20.0)] == [0.0, 20.0, 0.0]
    assert [burst.take(0.0) for _ in range(3)] == [0.0, 0.0, 0.0]


def test_idle_time_is_not_saved_up() -> None:
    """After an idle hour the spacing is the same as before."""
    even = slots(burst=1)
    assert even.take(3600.0) == 0.0
    assert even.take(3600.0) == pytest.approx(20.0)


def test_a_closed_gate_opens_at_its_time_and_never_earlier() -> None:
    """Closing twice keeps the later time, and a closed gate gives no slot."""
    gate = slots()
    gate.close(50.0)
    gate.close(10.0)
    assert gate.take(20.0) == 30.0
    assert gate.take(50.0) == 0.0


@given(
    limit=st.integers(1, 6),
    burst=st.integers(1, 6),
    seed=st.integers(0, 2**32),
    latency_s=st.floats(0.0, 30.0),
    gap_s=st.floats(0.0, 20.0),
)
@settings(deadline=None)
def test_no_window_ever_holds_more_requests_than_the_limit(
    limit: int, burst: int, seed: int, latency_s: float, gap_s: float
) -> None:
    """Whenever the server counts a request within its exchange, no window holds too many."""
    window_s, source = 60.0, random.Random(seed)
    pacing = Slots(limit, window_s, burst=burst)
    now, counted, flying = 0.0, list[float](), list[float]()
    for _ in range(60):
        now += source.uniform(0.0, gap_s)
        while (wait := pacing.take(now)) > 0:
            now = min(now + wait, min(flying, default=inf))
            for done in sorted(f for f in flying if f <= now):
                flying.remove(done)
                pacing.give_back(done)
        done = now + source.uniform(0.0, latency_s)
        counted.append(source.uniform(now, done))
        flying.append(done)
        for ended in sorted(f for f in flying if f <= now):
            flying.remove(ended)
            pacing.give_back(ended)
    counted.sort()
    for first, beyond in zip(counted, counted[limit:], strict=False):
        assert beyond - first >= window_s - EPSILON


async def take_turns(
    pacer: Pacer, tasks: int, work: Callable[[int], float]
) -> list[tuple[float, int]]:
    """Let tasks ask in order of their number; give when each began."""
    began: list[tuple[float, int]] = []

    async def one(number: int) -> None:
        async with pacer:
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
    began = await take_turns(Pacer(Slots(10, 60.0)), 25, lambda _: 0.5)
    assert [number for _, number in began] == list(range(25))
    assert all(b - a >= 6.0 - EPSILON for (a, _), (b, _) in pairwise(began))


@pytest.mark.anyio
async def test_who_waits_for_a_response_is_woken_by_it() -> None:
    """With every slot in use, the next one begins one window after the first response."""
    began = await take_turns(Pacer(Slots(2, 60.0, burst=2)), 3, lambda n: 5.0 + n)
    start = began[0][0]
    assert [round(at - start, 6) for at, _ in began] == [0.0, 0.0, 65.0]


@pytest.mark.anyio
async def test_cancelled_waiters_lose_no_slot() -> None:
    """Cancelling in the queue, and during the work, leaves every slot to be used again."""
    pacer = Pacer(Slots(2, 60.0, burst=2))

    async def hold() -> None:
        async with pacer:
            await anyio.sleep_forever()

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(hold)
        await anyio.sleep(1.0)
        group.cancel_scope.cancel()
    start = anyio.current_time()
    began = await take_turns(pacer, 2, lambda _: 0.0)
    assert [round(at - start, 6) for at, _ in began] == [60.0, 60.0]


@pytest.mark.anyio
async def test_a_closed_gate_holds_everybody_back() -> None:
    """After a 429 nobody begins before the gate opens, not even those already waiting."""
    pacer = Pacer(Slots(60, 60.0, burst=60))
    start = anyio.current_time()
    pacer.close(45.0)
    began = await take_turns(pacer, 3, lambda _: 0.0)
    assert all(at - start >= 45.0 - EPSILON for at, _ in began)

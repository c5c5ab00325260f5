"""The shared quota: one limit for all processes, whatever dies, and whatever becomes of Redis."""

from __future__ import annotations

import asyncio
import logging
import os
import random
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
import trio
from hypothesis import given, settings
from hypothesis import strategies as st

from leadiq._conduct.gate import SLOWEST, GateState
from leadiq._conduct.pacing import LONG_WAIT_S, Lane, PacingStatistics
from leadiq._core.errors import ConfigurationError, ConnectError, InputError, LeadIQError
from leadiq._fleet import redis as module
from leadiq._fleet.script import MICROSECONDS

pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")

from redis import exceptions

from fleet_twin import (
    EPSILON,
    KEY,
    TwinRedis,
    Use,
    closing,
    make,
    most_in_a_window,
    now,
    use,
    virtually,
)
from leadiq._fleet.pacer import FleetPacer
from leadiq._fleet.source import AHEAD_S, Shares

WINDOW_S = 60.0
LIMIT, REPLICAS = 6, 2
INTERVAL_S = WINDOW_S / LIMIT


def shares(limit: int = LIMIT, replicas: int = REPLICAS) -> Shares:
    return Shares(limit, WINDOW_S, replicas, WINDOW_S / 12, 1.0)


async def promised(shared: TwinRedis, slots: int) -> None:
    """Wait until so many slots are taken, at least one of which is only promised."""
    while len(shared.quota._slots) < slots:  # noqa: ASYNC110 - Redis tells nobody
        await asyncio.sleep(0.01)


async def many(pacer: FleetPacer, count: int, uses: list[Use], **asked: Any) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(count):
            group.create_task(use(pacer, uses, **asked))


# -- together --------------------------------------------------------------------------------------


def test_processes_share_even_intervals() -> None:
    """Two processes with much to do send one request per interval together, and all of them."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared), make(shared)) as (a, b):
            await asyncio.gather(many(a, 12, uses), many(b, 12, uses))

    virtually(main)
    uses.sort()
    assert len(uses) == 24
    assert all(b - a >= INTERVAL_S - EPSILON for (a, _), (b, _) in pairwise(uses))
    assert uses[-1][0] - uses[0][0] < 23 * INTERVAL_S * 1.03
    assert most_in_a_window(uses, WINDOW_S) <= LIMIT


@given(
    seed=st.integers(0, 2**32),
    limit=st.integers(1, 8),
    processes=st.integers(1, 3),
    latency_s=st.floats(0, 40),
)
@settings(deadline=None, max_examples=25)
def test_no_window_holds_more_than_the_limit(
    seed: int, limit: int, processes: int, latency_s: float
) -> None:
    """Whatever arrives, waits, weighs and is cancelled: never over the limit, no slot lost."""
    source, uses = random.Random(seed), list[Use]()

    async def caller(pacer: FleetPacer) -> None:
        await asyncio.sleep(source.uniform(0, 100))
        weight, lane = source.randint(1, limit), source.choice(list(Lane))
        mine = list[Use]()
        try:
            async with asyncio.timeout(source.choice([None, source.uniform(0, 200)])):
                latency = source.uniform(0, latency_s)
                await use(pacer, mine, latency, lane=lane, weight=weight)
        except TimeoutError:
            pass
        uses.extend(mine * weight)

    async def main() -> None:
        shared = TwinRedis()
        pacers = [make(shared, limit=limit) for _ in range(processes)]
        async with closing(*pacers):
            await asyncio.gather(*(caller(source.choice(pacers)) for _ in range(25)))
            assert [pacer.statistics().in_flight for pacer in pacers] == [0] * processes
            assert not any(sum(p.statistics().waiting.values()) for p in pacers)

    virtually(main)
    assert most_in_a_window(uses, WINDOW_S) <= limit


def test_within_a_process_first_come_is_first_served_and_interactive_overtakes() -> None:
    """A lane is a queue, and an interactive request goes before bulk requests that came earlier."""
    order = list[str]()

    async def one(pacer: FleetPacer, name: str, lane: Lane) -> None:
        async with pacer.slot(lane):
            order.append(name)

    async def main() -> None:
        async with closing(make(TwinRedis())) as (pacer,), asyncio.TaskGroup() as group:
            for name in ("b1", "b2", "b3"):
                group.create_task(one(pacer, name, Lane.BULK))
            await asyncio.sleep(INTERVAL_S / 2)
            for name in ("i1", "i2"):
                group.create_task(one(pacer, name, Lane.INTERACTIVE))

    virtually(main)
    assert order == ["b1", "i1", "i2", "b2", "b3"]


def test_bulk_work_leaves_the_reserved_share_to_interactive_requests() -> None:
    """After an interactive request, bulk work uses the limit less one of six for a window."""
    bulk = list[Use]()

    async def main() -> None:
        async with closing(make(TwinRedis())) as (pacer,):
            await use(pacer, [])
            await asyncio.wait_for(many(pacer, 6, bulk, lane=Lane.BULK), 200)

    virtually(main)
    assert [round(began / INTERVAL_S) for began, _ in bulk] == [1, 2, 3, 4, 5, 6]


def test_a_light_request_does_not_take_what_was_promised_to_a_heavier_one() -> None:
    """If a heavier request is cancelled, the rest of its promise is free at once."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,), asyncio.TaskGroup() as group:
            await use(pacer, uses, latency_s=0)
            heavy = group.create_task(use(pacer, uses, weight=3))
            group.create_task(use(pacer, uses, weight=1))
            await asyncio.sleep(INTERVAL_S - AHEAD_S / 5)
            heavy.cancel()
            await asyncio.sleep(1)
            assert len(shared.quota._slots) == 2

    virtually(main)
    assert [round(began) for began, _ in uses] == [0, 10]


@pytest.mark.parametrize("wait_s", [0.0, 0.001, INTERVAL_S - AHEAD_S / 5, INTERVAL_S + 0.01])
def test_a_waiter_that_is_cancelled_leaves_nothing_behind(wait_s: float) -> None:
    """Whenever a waiter is cancelled, also after a promise, the slot is free at once."""

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            await use(pacer, [], latency_s=0)
            waiter = asyncio.create_task(use(pacer, [], latency_s=0))
            await asyncio.sleep(wait_s)
            waiter.cancel()
            await asyncio.wait([waiter])
            await asyncio.sleep(2)
            assert pacer.statistics() == PacingStatistics(LIMIT)
            assert len(shared.quota._slots) == 1 + (wait_s > INTERVAL_S)

    virtually(main)


def test_a_slot_granted_in_the_moment_of_cancelling_goes_to_the_next() -> None:
    """If its owner is cancelled before it runs again, the next in the queue has the slot."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            tasks = [asyncio.create_task(use(pacer, uses)) for _ in range(2)]
            await asyncio.sleep(0)
            pump: Any = pacer._pump
            offer = pump._offer

            def offer_and_cancel(ticket: Any, at: float) -> None:
                pump._offer = offer
                offer(ticket, at)
                tasks[0].cancel()

            pump._offer = offer_and_cancel
            await asyncio.wait(tasks)
            assert [task.cancelled() for task in tasks] == [True, False]
            assert len(shared.quota._slots) == 1

    virtually(main)
    assert uses[0][0] < 0.01


def test_a_waiter_cancelled_in_the_moment_of_granting_is_passed_over() -> None:
    """If a slot comes up for somebody who is just being cancelled, the next one has it."""
    uses = list[Use]()

    async def main() -> None:
        async with closing(make(TwinRedis())) as (pacer,):
            tasks = [asyncio.create_task(use(pacer, uses)) for _ in range(2)]
            await asyncio.sleep(0)
            pump: Any = pacer._pump
            offer = pump._offer

            def cancel_and_offer(ticket: Any, at: float) -> None:
                pump._offer = offer
                tasks[0].cancel()
                offer(ticket, at)

            pump._offer = cancel_and_offer
            await asyncio.wait(tasks)
            assert [task.cancelled() for task in tasks] == [True, False]

    virtually(main)
    assert uses[0][0] < 0.01


def test_a_promise_that_a_stalled_process_did_not_use_in_time_is_given_back() -> None:
    """Who stood still for long after a slot was due asks again, instead of sending late."""

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            await use(pacer, [])
            waiter = asyncio.create_task(use(pacer, []))
            await promised(shared, 2)
            await asyncio.sleep(shared.rtt_s)
            loop: Any = asyncio.get_running_loop()
            loop.jumping.now += 4.0
            await asyncio.sleep(0.1)
            assert not waiter.done()
            assert len(shared.quota._slots) == 1
            await waiter

    virtually(main)


# -- a worker dies ---------------------------------------------------------------------------------


@pytest.mark.parametrize("held", [1, LIMIT])
def test_the_slots_of_a_dead_process_come_back_after_one_window(held: int) -> None:
    """They come back a window and the grace after its last sign of life, not before a window."""

    async def main() -> float:
        shared = TwinRedis()
        async with closing(make(shared, limit=held), make(shared, limit=held)) as (dead, alive):
            started = asyncio.gather(*(use(dead, [], 1e6) for _ in range(held)))
            await asyncio.sleep(WINDOW_S + 20)
            pump: Any = dead._pump
            pump._task.cancel()  # it says nothing more
            died = now()
            await use(alive, [])
            took = now() - died
            started.cancel()
            await asyncio.wait([started])
            return took

    assert WINDOW_S <= virtually(main) <= WINDOW_S + WINDOW_S / 12 + 1


def test_a_process_that_lives_keeps_its_slots_for_as_long_as_it_needs() -> None:
    """A response that takes many windows keeps its slot for one more."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared, limit=1), make(shared, limit=1)) as (a, b):
            slow = asyncio.create_task(use(a, uses, 300))
            await asyncio.sleep(1)
            await use(b, uses)
            await slow

    virtually(main)
    assert uses[1][0] == pytest.approx(300 + WINDOW_S, abs=1.5)


# -- 429 -------------------------------------------------------------------------------------------


async def limited(pacer: FleetPacer, wait_s: float) -> None:
    async with pacer.slot() as slot:
        slot.limited(wait_s)


def test_a_429_closes_the_gate_for_all_until_one_probe_was_answered() -> None:
    """Nobody goes while it is closed; then one; when that was answered all, slowly at first."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared), make(shared)) as (a, b):
            await limited(a, 90)
            assert a.statistics().gate is GateState.CLOSED
            rest = asyncio.gather(many(a, 3, uses, latency_s=30), many(b, 3, uses, latency_s=30))
            await asyncio.sleep(80)
            assert not uses
            for pacer in (a, b):
                assert pacer.statistics().gate is GateState.CLOSED
                assert pacer.statistics().closed_for_s == pytest.approx(10, abs=0.1)
            await asyncio.sleep(30)
            assert a.statistics().in_flight + b.statistics().in_flight == 1
            assert {a.statistics().gate, b.statistics().gate} == {GateState.PROBING}
            await asyncio.sleep(30)
            assert a.statistics().gate is GateState.RAMP
            assert (a.statistics().limited, b.statistics().limited) == (1, 0)
            await rest
            await use(a, [])
            assert a.statistics().gate is GateState.OPEN

    virtually(main)
    began = sorted(began for began, _ in uses)
    assert began[0] == pytest.approx(90, abs=0.2)
    assert began[1] >= began[0] + max(30, INTERVAL_S * SLOWEST) - EPSILON
    gaps = [round(b - a, 3) for a, b in pairwise(began[1:])]
    assert gaps == sorted(gaps, reverse=True)
    assert INTERVAL_S < gaps[0] <= INTERVAL_S * SLOWEST


def test_a_probe_that_is_refused_closes_the_gate_again() -> None:
    """Another 429 while probing starts the wait anew."""

    async def main() -> float:
        shared = TwinRedis()
        async with closing(make(shared), make(shared)) as (a, b):
            await limited(a, 50)
            await limited(b, 70)
            await use(a, [])
            return now()

    assert virtually(main) == pytest.approx(50 + 70, abs=1)


@pytest.mark.parametrize("fails", [False, True])
def test_a_probe_whose_end_nobody_knows_is_followed_by_another(fails: bool) -> None:
    """A probe that nobody calls answered neither opens the gate nor keeps it shut."""

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            await limited(pacer, 20)
            with suppress(KeyError):
                async with pacer.slot():
                    if fails:
                        raise KeyError
            await asyncio.sleep(2)
            assert pacer.statistics().gate is GateState.CLOSED
            await use(pacer, [])
            await asyncio.sleep(2)
            assert pacer.statistics().gate is GateState.RAMP

    virtually(main)


def test_a_probe_that_is_given_back_or_dies_is_followed_by_another() -> None:
    """A probe that was never sent, or whose process has died, does not keep the gate shut."""

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared), make(shared)) as (a, b):
            await limited(a, 20)
            waiter = asyncio.create_task(use(a, []))
            await asyncio.sleep(20 - AHEAD_S / 5)
            waiter.cancel()
            await use(b, [], latency_s=15)
            await limited(b, 20)
            probe = asyncio.create_task(use(a, [], latency_s=1e6))
            await asyncio.sleep(25)
            pump: Any = a._pump
            pump._task.cancel()
            began = now()
            await use(b, [])
            assert now() - began < 10 + SLOWEST * INTERVAL_S
            probe.cancel()
            await asyncio.wait([probe])

    virtually(main)


def test_a_429_counts_more_than_an_answer_that_was_on_its_way() -> None:
    """An answer that was made before the 429 was told does not open the gate."""

    async def main() -> None:
        shared = TwinRedis(rtt_s=0.4)
        async with (
            closing(make(shared)) as (pacer,),
            asyncio.TaskGroup() as group,
            pacer.slot() as slot,
        ):
            group.create_task(use(pacer, []))
            await asyncio.sleep(0.2)
            slot.limited(30)
            await asyncio.sleep(0.3)
            assert pacer.statistics().gate is GateState.CLOSED
            assert pacer.statistics().closed_for_s == pytest.approx(29.7)

    virtually(main)


def test_a_429_takes_back_what_was_promised() -> None:
    """A slot that was promised before the 429 is not used after it."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            async with pacer.slot() as slot:
                waiter = asyncio.create_task(use(pacer, uses))
                await promised(shared, 2)
                await asyncio.sleep(shared.rtt_s)  # until this process knows of its promise
                assert pacer._pump._promised
                slot.limited(30)
                slot.limited(20)
                await asyncio.sleep(1)
                assert len(shared.quota._slots) == 1
            await waiter

    virtually(main)
    assert uses[0][0] == pytest.approx(INTERVAL_S + 30, abs=1)


# -- Redis is away ---------------------------------------------------------------------------------


def outage(shared: TwinRedis) -> None:
    shared.failure = exceptions.ConnectionError("host and port of the server")


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]


def test_without_redis_each_process_keeps_to_its_share(caplog: pytest.LogCaptureFixture) -> None:
    """From the start, a process waits a while and then uses limit / replicas; it warns once."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        outage(shared)
        async with closing(make(shared)) as (pacer,):
            await many(pacer, 8, uses)
        assert len(shared.asks) == 0

    virtually(main)
    share = LIMIT // REPLICAS
    assert uses[0][0] >= WINDOW_S / 12 + WINDOW_S / share
    assert all(b - a >= WINDOW_S / share - EPSILON for (a, _), (b, _) in pairwise(uses))
    assert most_in_a_window(uses, WINDOW_S) <= share
    (warning,) = warnings(caplog)
    assert "ConnectionError" in warning
    assert "3 requests in 60 s" in warning
    assert "host" not in warning


def test_more_processes_than_requests_share_a_longer_window() -> None:
    """With two requests a window for five processes, each sends one in three windows."""
    terms = shares(2, 5).alone()
    assert (terms.limit, terms.window) == (1, 180 * MICROSECONDS)
    assert shares(6, 2).alone()[:2] == (3, 60 * MICROSECONDS)


@given(
    seed=st.integers(0, 2**32),
    limit=st.integers(4, 20),
    processes=st.integers(1, 4),
    forgets=st.booleans(),
    latency_s=st.floats(0, 2),
)
@settings(deadline=None, max_examples=12)
def test_the_quota_holds_when_redis_goes_and_comes_back(
    seed: int, limit: int, processes: int, forgets: bool, latency_s: float
) -> None:
    """No window holds more than the limit over outages of any length, with memory lost or kept."""
    source, uses = random.Random(seed), list[Use]()

    async def caller(pacer: FleetPacer, until: float) -> None:
        while now() < until:
            await use(pacer, uses, source.uniform(0, latency_s))
            if source.random() < 0.05:
                await asyncio.sleep(source.uniform(0, 100))

    async def main() -> None:
        shared = TwinRedis()
        pacers = [make(shared, limit, processes) for _ in range(processes)]
        async with closing(*pacers):
            callers = asyncio.gather(*(caller(p, 600) for p in pacers for _ in range(limit)))
            for _ in range(2):
                await asyncio.sleep(source.uniform(20, 150))
                outage(shared)
                await asyncio.sleep(source.uniform(0, 150))
                if forgets:
                    shared.restart()
                shared.failure = None
            await callers

    virtually(main)
    assert most_in_a_window(uses, WINDOW_S) <= limit
    assert len(uses) > limit


def test_a_process_comes_back_to_redis_by_itself(caplog: pytest.LogCaptureFixture) -> None:
    """When Redis is back the whole quota is used again, and that is said once."""
    caplog.set_level(logging.INFO, logger="leadiq")
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            work = asyncio.create_task(many(pacer, 40, uses))
            await asyncio.sleep(100)
            outage(shared)
            await asyncio.sleep(100)
            shared.restart()
            await work

    virtually(main)
    last = [began for began, _ in uses if began > 300]
    assert all(b - a < INTERVAL_S * 1.05 for a, b in pairwise(last))
    said = [r.getMessage() for r in caplog.records if "Redis" in r.getMessage()]
    assert [text.split(":")[0] for text in said] == [
        "Redis does not answer (ConnectionError)",
        "Redis is back",
    ]


def test_an_idle_process_tells_a_redis_that_forgot() -> None:
    """What was sent in the last window is told to a new Redis also by those who want nothing."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared), make(shared)) as (a, b):
            await many(a, LIMIT, uses)
            await asyncio.sleep(3)
            shared.restart()  # neither has noticed that it was away
            await asyncio.sleep(2)
            await many(b, LIMIT, uses)

    virtually(main)
    assert most_in_a_window(uses, WINDOW_S) <= LIMIT


def test_a_redis_that_forgot_is_told_of_late_responses() -> None:
    """A request counts until a window after its response, also if that was long after it began."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared), make(shared)) as (a, b):
            late = [use(a, uses, 60 - number * INTERVAL_S) for number in range(LIMIT)]
            await asyncio.gather(*late)
            await asyncio.sleep(3)
            shared.restart()
            await asyncio.sleep(2)
            await many(b, LIMIT, uses)

    virtually(main)
    assert most_in_a_window(uses, WINDOW_S) <= LIMIT


def test_a_reply_that_is_lost_costs_no_slot() -> None:
    """What was given in it is given back, and what was told is told again."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            shared.deaf = True
            waiter = asyncio.create_task(use(pacer, uses))
            await asyncio.sleep(5)
            shared.deaf = False
            await waiter
            await asyncio.sleep(2)
            assert len(shared.quota._slots) == 1

    virtually(main)


def test_a_redis_that_stalls_is_away() -> None:
    """A Redis that takes longer than its timeout to answer is not waited for."""

    async def main() -> None:
        shared = TwinRedis(rtt_s=1000)
        async with closing(make(shared)) as (pacer,):
            await use(pacer, [])
            assert 1 < now() < 60

    virtually(main)


@pytest.mark.parametrize(
    ("failure", "error", "word"),
    [
        (exceptions.ConnectionError("secret place"), ConnectError, "ConnectionError"),
        (OSError("secret place"), ConnectError, "OSError"),
        (exceptions.AuthenticationError("secret place"), ConfigurationError, "Authentication"),
        (exceptions.NoPermissionError("secret place"), ConfigurationError, "NoPermission"),
    ],
)
def test_strict_refuses_without_redis(
    failure: Exception, error: type[LeadIQError], word: str
) -> None:
    """A call fails at once with an error that says why, not where; and works when Redis is back."""

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared, strict=True)) as (pacer,):
            shared.failure = failure
            for _ in range(2):
                with pytest.raises(error, match=word) as caught:
                    await use(pacer, [])
                assert not caught.value.sent
                assert "secret" not in f"{caught.value!r} {caught.value.__cause__!r}"
            assert now() < 1
            shared.failure = None
            await use(pacer, [])
            outage(shared)
            with pytest.raises(ConnectError):
                await use(pacer, [])

    virtually(main)


def test_a_fault_of_ours_leaves_nobody_waiting(caplog: pytest.LogCaptureFixture) -> None:
    """If the task that asks fails, those who wait fail, and the next ones are served."""

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            shared.failure = ZeroDivisionError()
            with pytest.raises(LeadIQError, match="see the log"):
                await use(pacer, [])
            shared.failure = None
            await use(pacer, [])

    virtually(main)
    assert "sharing the quota failed" in warnings(caplog)


@pytest.mark.parametrize("back", [True, False])
def test_a_gate_stays_closed_when_redis_goes_or_forgets(back: bool) -> None:
    """A 429 is remembered by those who met it, alone and by a Redis without memory."""

    async def main() -> float:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            await limited(pacer, 120)
            outage(shared)
            waiter = asyncio.create_task(use(pacer, []))
            await asyncio.sleep(5)
            if back:
                shared.restart()
            await waiter
            return now()

    assert virtually(main) == pytest.approx(120, abs=1.2)


# -- settings and life -----------------------------------------------------------------------------


def test_the_limit_can_be_changed_at_any_moment() -> None:
    """A higher limit is used from the next request on; who no longer fits is refused."""
    uses = list[Use]()

    async def main() -> None:
        shared = TwinRedis()
        async with closing(make(shared)) as (pacer,):
            pacer.limit = LIMIT + 1
            pacer.limit = LIMIT
            heavy = asyncio.create_task(use(pacer, [], weight=LIMIT))
            await use(pacer, [], weight=LIMIT, lane=Lane.BULK)
            pacer.limit = 60
            assert pacer.limit == 60
            await many(pacer, 5, uses)
            second = asyncio.create_task(use(pacer, [], weight=60))
            await asyncio.sleep(0)
            pacer.limit = 5
            with pytest.raises(InputError, match="60"):
                await second
            await asyncio.wait([heavy])

    virtually(main)
    assert all(b - a == pytest.approx(1, abs=0.05) for (a, _), (b, _) in pairwise(uses[1:]))


def test_statistics_tell_who_waits_and_for_how_long() -> None:
    """A snapshot counts what is in flight and who waits in which lane, and estimates the wait."""

    async def main() -> None:
        async with closing(make(TwinRedis())) as (pacer,):
            assert pacer.statistics() == PacingStatistics(LIMIT)
            work = asyncio.gather(
                many(pacer, 3, [], latency_s=5), many(pacer, 2, [], lane=Lane.BULK)
            )
            await asyncio.sleep(1)
            found = pacer.statistics()
            assert (found.limit, found.in_flight) == (LIMIT, 1)
            assert found.waiting == {Lane.INTERACTIVE: 2, Lane.BULK: 2}
            assert found.eta_s == 4 * INTERVAL_S
            await work

    virtually(main)


def test_a_slot_knows_how_long_it_was_waited_for() -> None:
    """The first does not wait, the second an interval."""

    async def main() -> list[float]:
        async with closing(make(TwinRedis())) as (pacer,):
            waited = []
            for _ in range(2):
                async with pacer.slot() as slot:
                    waited.append(slot.waited_s)
            return waited

    assert virtually(main) == pytest.approx([0, INTERVAL_S], abs=0.01)


def test_a_long_wait_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """When a request has waited for long the hook is called and a line is logged, once a queue."""
    caplog.set_level(logging.INFO, logger="leadiq")
    told = list[tuple[float, PacingStatistics]]()

    def hook(statistics: PacingStatistics) -> None:
        told.append((now(), statistics))
        raise ZeroDivisionError

    async def main() -> None:
        async with closing(make(TwinRedis(), on_wait=hook), make(TwinRedis())) as (pacer, mute):
            await many(pacer, 3, [])
            await asyncio.sleep(100)
            await many(pacer, 2, [])
            await many(mute, 2, [])

    virtually(main)
    assert len(told) == 2
    assert told[0][0] == pytest.approx(LONG_WAIT_S, abs=1.1)
    assert told[0][1].waiting[Lane.INTERACTIVE] == 2
    assert sum("waiting for the shared quota of 6" in r.getMessage() for r in caplog.records) == 3
    assert sum("on_wait failed" in r.getMessage() for r in caplog.records) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": 0},
        {"replicas": 0},
        {"window_s": 0},
        {"grace_s": 0},
        {"redis_timeout_s": 0},
        {"prefix": "{"},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    """A setting that makes no sense fails before anything is sent, and names itself."""
    with pytest.raises(ConfigurationError, match=next(iter(wrong))):
        make(TwinRedis(), **wrong)


@pytest.mark.parametrize("weight", [0, LIMIT + 1])
def test_a_weight_outside_the_limit_is_refused(weight: int) -> None:
    """A request that could never go is refused at once."""
    with pytest.raises(InputError, match=str(weight)):
        make(TwinRedis()).slot(weight=weight)


def test_it_says_that_it_needs_asyncio() -> None:
    """On trio, and without an event loop, the error names the reason and the way out."""

    async def on_trio() -> None:
        make(TwinRedis()).slot()

    with pytest.raises(ConfigurationError, match="needs asyncio"):
        trio.run(on_trio)
    with pytest.raises(ConfigurationError, match="LocalPacer"):
        make(TwinRedis()).slot()


def test_it_belongs_to_one_event_loop_and_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """In another loop, or after a fork, it says what to do instead of hanging or counting twice."""
    pacer = make(TwinRedis())
    virtually(lambda: use(pacer, []))

    async def main() -> None:
        with pytest.raises(ConfigurationError, match="make one where it is used"):
            pacer.slot()

    virtually(main)

    async def forked() -> None:
        async with closing(make(TwinRedis())) as (parent,):
            parent.slot()
            monkeypatch.setattr(os, "getpid", lambda: 1)
            with pytest.raises(ConfigurationError, match="one process"):
                parent.slot()

    virtually(forked)


def test_closing_tells_the_fleet_what_was_used() -> None:
    """A closed pacer has told its completed slots, fails who waits, and takes no more."""

    async def main() -> None:
        shared = TwinRedis()
        async with make(shared) as pacer:
            await use(pacer, [])
            waiter = asyncio.create_task(use(pacer, []))
            await asyncio.sleep(0)
        with pytest.raises(ConfigurationError, match="closed"):
            await waiter
        assert [done.answered for ask in shared.asks for done in ask.done] == [1]
        assert shared.quota._slots[0][0] == pytest.approx((0.1 + WINDOW_S) * MICROSECONDS, rel=1e-3)
        await pacer.aclose()
        with pytest.raises(ConfigurationError, match="closed"):
            pacer.slot()
        assert shared.closed == 0

    virtually(main)


def test_who_is_cancelled_while_it_is_refused_is_cancelled() -> None:
    """A waiter whose cancelling and refusing fall together ends as cancelled."""

    async def main() -> None:
        pacer = make(TwinRedis())
        waiter = asyncio.create_task(use(pacer, []))
        await asyncio.sleep(0)
        waiter.cancel()
        await pacer.aclose()
        await asyncio.wait([waiter])
        assert waiter.cancelled()

    virtually(main)


def test_closing_takes_back_what_was_promised() -> None:
    """A slot that was promised and is not due is given back, and nothing is left to wake up."""

    async def main() -> None:
        shared = TwinRedis()
        async with make(shared) as pacer:
            async with pacer.slot():
                waiter = asyncio.create_task(use(pacer, []))
                await promised(shared, 2)
                await asyncio.sleep(shared.rtt_s)  # until this process knows of its promise
            timer = pacer._pump._timer
            assert timer
        with pytest.raises(ConfigurationError, match="closed"):
            await waiter
        assert timer.cancelled()
        assert len(shared.quota._slots) == 1

    virtually(main)


def test_closing_without_redis_ends_too() -> None:
    """A pacer can be closed while Redis is away, whether it was ever used or is alone."""

    async def main() -> None:
        shared = TwinRedis()
        pacer = make(shared)
        await make(shared).aclose()
        await use(pacer, [])
        outage(shared)
        await pacer.aclose()
        alone = make(shared)
        await use(alone, [])
        await alone.aclose()
        assert len(asyncio.all_tasks()) == 1

    virtually(main)


def test_nothing_goes_on_after_closing() -> None:
    """Neither a slot still in use nor one that was promised starts the task again."""

    async def main() -> None:
        shared = TwinRedis()
        pacer = make(shared)
        async with pacer.slot():
            waiters = [asyncio.create_task(use(pacer, [])) for _ in range(2)]
            await promised(shared, 2)
            await pacer.aclose()
            asks = len(shared.asks)
            await asyncio.sleep(1.0)
        await asyncio.sleep(1.0)
        assert len(shared.asks) == asks
        assert len(asyncio.all_tasks()) == 1
        ended = await asyncio.gather(*waiters, return_exceptions=True)
        assert {type(error) for error in ended} == {ConfigurationError}

    virtually(main)


def test_a_slot_that_is_entered_after_closing_is_refused() -> None:
    """Nobody waits for what nobody asks for any more."""

    async def main() -> None:
        pacer = make(TwinRedis())
        await use(pacer, [])
        slot = pacer.slot()
        await pacer.aclose()
        with pytest.raises(ConfigurationError, match="closed"):
            await slot.__aenter__()

    virtually(main)


def test_it_shows_neither_key_nor_place() -> None:
    """Its repr has the quota and nothing else."""
    pacer = FleetPacer.from_url("redis://user:password@place", key=KEY, limit=60, replicas=4)
    assert repr(pacer) == "<FleetPacer: 60 requests in 60 s for all processes>"


def test_a_url_that_is_none_is_refused_without_repeating_it() -> None:
    """A URL may hold a password: the error does not show it."""
    with pytest.raises(ConfigurationError, match="rediss://") as caught:
        FleetPacer.from_url("http://user:password@place", key=KEY, limit=60, replicas=4)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_without_redis_py_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks the extra is told how to install it."""

    def nothing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(module, "import_module", nothing)
    with pytest.raises(ConfigurationError, match=r"leadiq-sdk\[redis\]"):
        FleetPacer.from_url("redis://place", key=KEY, limit=60, replicas=4)

"""What the parts of a call cost by themselves, in CPU time: conduct, rendering, slots.

The conduct layer is everything between a request that is made and the transport: limiter, retry,
budget of repetitions, deadline, receipt; nobody is told of events. Its cost is that of a call whose
transport answers at once, less what the transport and the decoding of the same reply take.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

from leadiq import LeadIQ, Unlock
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.slots import Slots
from leadiq._core.protocol import Envelope, read_reply
from leadiq._generated.get_account import GetAccount
from leadiq._generated.operations import GET_ACCOUNT, SEARCH_PEOPLE
from leadiq._http.transport import Reply

from .figures import Result, Sheet
from .harness import Costs, Effort, Measure, in_rounds

REPEAT: Final = 5_000
NO_LIMIT: Final = 10**9
KEY: Final = "cmF3Og=="
REPLY: Final = Reply(200, {}, b'{"data":{"account":null}}')


def client() -> LeadIQ:
    """A client whose transport answers at once."""
    made = LeadIQ(KEY, requests_per_minute=NO_LIMIT, burst=NO_LIMIT)
    made._shared.transport.post = at_once
    return made


async def at_once(body: bytes, timeout_s: float | None = None) -> Reply:
    del body, timeout_s
    return REPLY


def called_us(what: Callable[[], object]) -> Measure:
    """Measure a function by calling it often."""

    def run() -> float:
        began = time.process_time()
        for _ in range(REPEAT):
            what()
        return (time.process_time() - began) / REPEAT * 1e6

    return run


def awaited_us(make: Callable[[], Callable[[], Awaitable[object]]]) -> Measure:
    """Measure what is awaited; it is made anew for each event loop, as most belong to one."""

    async def often() -> float:
        what = make()
        await what()
        began = time.process_time()
        for _ in range(REPEAT):
            await what()
        return (time.process_time() - began) / REPEAT * 1e6

    return lambda: asyncio.run(often())


# -- this SDK ----------------------------------------------------------------------------------


def with_conduct() -> Callable[[], Awaitable[object]]:
    made, body = client(), (b"{", b"}")
    return lambda: made._send(GET_ACCOUNT, GetAccount, body)


def without_conduct() -> Callable[[], Awaitable[object]]:
    body, envelope = b"{}", Envelope[GetAccount]

    async def call() -> object:
        reply = await at_once(body)
        return read_reply(envelope, reply.status, reply.body)

    return call


def rendered() -> Measure:
    made, unlock = client(), frozenset(Unlock)
    return called_us(lambda: made._selection(SEARCH_PEOPLE, unlock, False))


def decided() -> Measure:
    slots = Slots(NO_LIMIT, burst=NO_LIMIT)

    def both() -> None:
        slots.take(1.0)
        slots.give_back(1.0)

    return called_us(both)


# -- limiters, uncontended ---------------------------------------------------------------------


def leadiq() -> Callable[[], Awaitable[object]]:
    pacer = LocalPacer(Slots(NO_LIMIT, burst=NO_LIMIT))

    async def acquire() -> None:
        async with pacer.slot() as slot:
            slot.answered()

    return acquire


def aiolimiter() -> Callable[[], Awaitable[object]]:
    from aiolimiter import AsyncLimiter

    return AsyncLimiter(NO_LIMIT, 60).acquire


def limits() -> Callable[[], Awaitable[object]]:
    from limits import RateLimitItemPerSecond
    from limits.aio.strategies import MovingWindowRateLimiter
    from limits.storage import storage_from_string

    storage: Any = storage_from_string("async+memory://")
    limiter, item = MovingWindowRateLimiter(storage), RateLimitItemPerSecond(NO_LIMIT, 1)
    return lambda: limiter.hit(item, "key")


def pyrate() -> Callable[[], Awaitable[object]]:
    from pyrate_limiter import Limiter, Rate

    limiter = Limiter(Rate(NO_LIMIT, 1000))
    return lambda: limiter.try_acquire_async("key")


LIMITERS: Final = {
    "leadiq": leadiq,
    "aiolimiter": aiolimiter,
    "limits, moving window": limits,
    "pyrate-limiter": pyrate,
}


def measure(effort: Effort) -> Iterator[Result]:
    """Measure everything in turns."""
    awaited = {"with": with_conduct, "without": without_conduct, **LIMITERS}
    sides = {name: awaited_us(make) for name, make in awaited.items()}
    costs = in_rounds({**sides, "render": rendered(), "policy": decided()}, effort.rounds)
    yield costs.difference("conduct", "with", "without")
    yield costs.figure("render", "render")
    yield costs.figure("slot", "leadiq")
    yield costs.figure("slot policy", "policy")
    yield limiters(costs)


def limiters(costs: Costs) -> Sheet:
    """What the limiters take for one acquisition that nothing stands against."""
    rows = [(name, costs.told(name, "µs")) for name in LIMITERS]
    return Sheet("CPU for a slot that is free, in one process", ("limiter", "cost"), tuple(rows))

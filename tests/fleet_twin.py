"""Several `FleetPacer`s in one process and in virtual time, around the script's twin in Python."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from redis.exceptions import ConnectionError as RedisConnectionError

from leadiq._fleet.pacer import FleetPacer
from leadiq._fleet.quota import Quota
from leadiq._fleet.script import LUA, MICROSECONDS, Ask, Done, Terms, keys
from virtual_time import VirtualLoop

KEY = "fleet-test-key-1"
EPSILON = 1e-3
T = TypeVar("T")


class TwinRedis:
    """As much of a client as is used, around `Quota`; several pacers may share one."""

    def __init__(self, rtt_s: float = 0.002) -> None:
        self.quota = Quota()
        self.failure: Exception | None = None
        self.deaf = False
        """Whether replies are lost on their way."""
        self.rtt_s = rtt_s
        self.asks = list[Ask]()
        self.closed = 0

    def register_script(self, script: str) -> Any:
        assert script == LUA
        return self.run

    async def run(self, names: Sequence[str], argv: Sequence[bytes]) -> list[Any]:
        assert names == keys(KEY, "leadiq")
        await self.ping()
        now = asyncio.get_running_loop().time() * MICROSECONDS
        terms, ask = parse(argv)
        self.asks.append(ask)
        state, *numbers, due = self.quota.answer(now, terms, ask)
        await asyncio.sleep(self.rtt_s / 2)
        if self.deaf:
            raise RedisConnectionError("lost on its way")
        return [str(state).encode(), *numbers, *due]

    async def ping(self) -> None:
        await asyncio.sleep(self.rtt_s / 2)
        if self.failure is not None:
            raise self.failure

    async def aclose(self) -> None:
        self.closed += 1

    def restart(self) -> None:
        """Come back with nothing in memory."""
        self.quota, self.failure = Quota(), None


def parse(argv: Sequence[bytes]) -> tuple[Terms, Ask]:
    """Undo `encode`."""
    (words,) = argv
    rest = iter(words.decode().split(" ")[:-1])

    def take(count: int) -> tuple[str, ...]:
        return tuple(next(rest) for _ in range(count))

    terms = Terms(*map(int, take(5)))
    stamp, known, *numbers = take(6)
    close, unused, held, done = map(int, numbers)
    lists = take(unused), take(held)
    told = ((name, int(age), int(how)) for name, age, how in (take(3) for _ in range(done)))
    dones = tuple(Done(*each) for each in told)
    return terms, Ask(stamp, known, close, *lists, dones, tuple(map(int, rest)))


def virtually(main: Callable[[], Awaitable[T]]) -> T:
    """Run something on an event loop whose time is virtual."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main())  # type: ignore[arg-type]


def make(client: Any, limit: int = 6, replicas: int = 2, **settings: Any) -> FleetPacer:
    return FleetPacer(client, key=KEY, limit=limit, replicas=replicas, **settings)


@asynccontextmanager
async def closing(*pacers: FleetPacer) -> AsyncIterator[tuple[FleetPacer, ...]]:
    try:
        yield pacers
    finally:
        for pacer in pacers:
            await pacer.aclose()


def now() -> float:
    return asyncio.get_running_loop().time()


Use = tuple[float, float]
"""When a request got its slot, and when it gave it back."""


async def use(pacer: FleetPacer, uses: list[Use], latency_s: float = 0.1, **asked: Any) -> None:
    async with pacer.slot(**asked) as slot:
        began = now()
        try:
            await asyncio.sleep(latency_s)
            slot.answered()
        finally:
            uses.append((began, now()))


def most_in_a_window(uses: Sequence[Use], window_s: float) -> int:
    """The most requests that a server can have counted in a window.

    It may count each at any moment from its slot to its response, so those are in a window that
    begins with a response which came after that and went before the window's end.
    """
    return max(
        (
            sum(end >= opened and began < opened + window_s - EPSILON for began, end in uses)
            for _, opened in uses
        ),
        default=0,
    )

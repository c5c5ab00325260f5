"""Four processes share one quota over Redis; measured alone: `python -m benchmarks fleet`.

A server on the loopback answers after 20 to 80 ms and judges each request by three limits at once:
a fixed window, a sliding log and a token bucket. What any of them refuses is a 429. Each process
keeps more requests waiting than the quota allows. Time is scaled: 600 requests in 6 seconds.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from . import processes
from .figures import Result, Sheet
from .goals import figure
from .harness import Effort
from .limit_server import Bucket, FixedWindow, Limit, SlidingLog

LIMIT, WINDOW_S, PROCESSES, TASKS = 600, 6.0, 4, 40
LEG_S = (0.010, 0.040)  # the way to the decision, and the way back
WINDOWS: Final = 12
TENTH: Final = "bucket of a tenth"
KEY = "fleet-benchmark-key"


# -- the server ------------------------------------------------------------------------------------


class Judge:
    """The server's memory."""

    def __init__(self) -> None:
        self._kinds: dict[str, Limit] = {
            "fixed window": FixedWindow(LIMIT, WINDOW_S),
            "sliding log": SlidingLog(LIMIT, WINDOW_S),
            "bucket": Bucket(LIMIT, WINDOW_S, LIMIT),
            TENTH: Bucket(LIMIT, WINDOW_S, LIMIT / 10),
        }
        self.refused = dict.fromkeys(self._kinds, 0)
        self.taken = list[float]()
        self.first = asyncio.Event()

    def takes(self, now: float) -> bool:
        fine = True
        for name, kind in self._kinds.items():
            if not kind.takes(now):
                self.refused[name] += 1
                fine = fine and name == TENTH  # reported, and not one of the goals
        if fine:
            self.taken.append(now)
            self.first.set()
        return fine


class Connection(asyncio.Protocol):
    """Answers `1`, or `0` for a 429, to each byte."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._loop.call_later(random.uniform(*LEG_S), self._decide)

    def _decide(self) -> None:
        answer = b"1" if self._judge.takes(time.monotonic()) else b"0"
        self._loop.call_later(random.uniform(*LEG_S), self._transport.write, answer)


# -- the contenders --------------------------------------------------------------------------------

Enter = Callable[[], AbstractAsyncContextManager[Callable[[float], None]]]


async def ours(url: str) -> Enter:
    from leadiq._fleet.pacer import FleetPacer

    pacer = FleetPacer.from_url(url, key=KEY, limit=LIMIT, replicas=PROCESSES, window_s=WINDOW_S)

    @asynccontextmanager
    async def enter() -> Any:
        async with pacer.slot() as slot:
            slot.answered()  # unless the task says otherwise
            yield slot.limited

    return enter


async def limits(url: str) -> Enter:
    from limits import RateLimitItemPerSecond
    from limits.aio.strategies import MovingWindowRateLimiter
    from limits.storage import storage_from_string

    storage: Any = storage_from_string(f"async+{url}", implementation="redispy")
    limiter, item = MovingWindowRateLimiter(storage), RateLimitItemPerSecond(LIMIT, int(WINDOW_S))

    @asynccontextmanager
    async def enter() -> Any:
        while not await limiter.hit(item, "key"):
            stats = await limiter.get_window_stats(item, "key")
            await asyncio.sleep(max(0.002, stats.reset_time - time.time()))
        yield lambda wait_s: None

    return enter


async def pyrate(url: str) -> Enter:
    import redis.asyncio
    from pyrate_limiter import Limiter, Rate, RedisBucket

    rates = [Rate(LIMIT, int(WINDOW_S * 1000))]
    bucket: Any = RedisBucket.init(rates, redis.asyncio.Redis.from_url(url), "pyrate")
    limiter = Limiter(await bucket)

    @asynccontextmanager
    async def enter() -> Any:
        await limiter.try_acquire_async("key")
        yield lambda wait_s: None

    return enter


CONTENDERS = {"leadiq": ours, "limits": limits, "pyrate-limiter": pyrate}


async def work(name: str, url: str, port: int) -> None:
    """One process: so many tasks, each with a connection, until it is ended."""
    enter = await CONTENDERS[name](url)

    async def task() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            async with enter() as limited:
                writer.write(b"?")
                if await reader.readexactly(1) == b"0":
                    limited(WINDOW_S)

    await asyncio.gather(*(task() for _ in range(TASKS)))


# -- the measurement -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    contender: str
    killed: int
    share: float
    """Of the quota, used after the first window."""
    refused: dict[str, int]

    def row(self) -> tuple[str, ...]:
        refused = map(str, self.refused.values())
        return self.contender, str(self.killed), f"{self.share:.1%}", *refused


async def run(name: str, url: str, windows: int, kill: bool) -> Outcome:
    """Let four processes work for so many windows; kill one of them half-way if told."""
    judge = Judge()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Connection(judge), "127.0.0.1", 0)
    port = str(listening.sockets[0].getsockname()[1])
    code = [sys.executable, "-m", "benchmarks.fleet", name, url, port]
    processes = [await asyncio.create_subprocess_exec(*code) for _ in range(PROCESSES)]
    try:
        await judge.first.wait()
        began = judge.taken[0]
        await asyncio.sleep(WINDOW_S * windows / 2)
        if kill:
            processes[0].kill()
        await asyncio.sleep(max(0.0, began + WINDOW_S * windows - time.monotonic()))
        until = time.monotonic()
        ended = [process for process in processes[kill:] if process.returncode is not None]
        assert not ended, "a process has ended by itself"
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
            await process.wait()
        listening.close()
    used = sum(began + WINDOW_S < at <= until for at in judge.taken)
    share = used / (LIMIT * (until - began - WINDOW_S) / WINDOW_S)
    return Outcome(name, int(kill), share, judge.refused)


def measure(effort: Effort) -> Iterator[Result]:
    """Let each work for some windows; ours also with a process killed half-way."""
    runs = [("leadiq", False), ("leadiq", True), ("limits", False), ("pyrate-limiter", False)]
    windows = WINDOWS // 3 if effort.quick else WINDOWS
    outcomes = list[Outcome]()
    for name, kill in runs:
        with processes.redis() as url:
            outcomes.append(asyncio.run(run(name, url, windows, kill)))
    ours = [one for one in outcomes if one.contender == "leadiq"]
    refused = [sum(n for kind, n in one.refused.items() if kind != TENTH) for one in ours]
    yield figure("fleet", [one.share for one in ours], remark="of two runs, one with a kill")
    yield figure("fleet refused", map(float, refused))
    title = f"{PROCESSES} processes, {LIMIT} requests in {WINDOW_S:g} s, {windows} windows"
    columns = ("limiter", "killed", "quota used", *(f"429s: {kind}" for kind in ours[0].refused))
    yield Sheet(title, columns, tuple(one.row() for one in outcomes))


if __name__ == "__main__":
    name, url, port = sys.argv[1:]
    asyncio.run(work(name, url, int(port)))

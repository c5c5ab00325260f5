"""Four processes share one quota over Redis: `python -m benchmarks.fleet [--windows 12]`.

A server on the loopback answers after 20 to 80 ms and judges each request by three limits at once:
a fixed window, a sliding log and a token bucket. What any of them refuses is a 429. Each process
keeps more requests waiting than the quota allows. Time is scaled: 600 requests in 6 seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

LIMIT, WINDOW_S, PROCESSES, TASKS = 600, 6.0, 4, 40
LEG_S = (0.010, 0.040)  # the way to the decision, and the way back
GOAL_SHARE, GOAL_COST_US = 0.97, 30.0
KEY = "fleet-benchmark-key"


# -- the server ------------------------------------------------------------------------------------


class FixedWindow:
    """Counts by windows that stand still."""

    def __init__(self) -> None:
        self._window, self._count = -1, 0

    def takes(self, now: float) -> bool:
        window = int(now / WINDOW_S)
        if window != self._window:
            self._window, self._count = window, 0
        self._count += 1
        return self._count <= LIMIT


class SlidingLog:
    """Counts what it took in the last window."""

    def __init__(self) -> None:
        self._taken = deque[float]()

    def takes(self, now: float) -> bool:
        while self._taken and self._taken[0] <= now - WINDOW_S:
            self._taken.popleft()
        if len(self._taken) >= LIMIT:
            return False
        self._taken.append(now)
        return True


class Bucket:
    """Holds so many tokens, refilled evenly."""

    def __init__(self, capacity: float) -> None:
        self._capacity = self._tokens = capacity
        self._at = 0.0

    def takes(self, now: float) -> bool:
        refilled = self._tokens + (now - self._at) * LIMIT / WINDOW_S
        self._tokens, self._at = min(self._capacity, refilled), now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Judge:
    """The server's memory."""

    def __init__(self) -> None:
        self._kinds = {
            "fixed window": FixedWindow(),
            "sliding log": SlidingLog(),
            "bucket": Bucket(LIMIT),
            "bucket of a tenth": Bucket(LIMIT / 10),
        }
        self.refused = dict.fromkeys(self._kinds, 0)
        self.taken = list[float]()
        self.first = asyncio.Event()

    def takes(self, now: float) -> bool:
        fine = True
        for name, kind in self._kinds.items():
            if not kind.takes(now):
                self.refused[name] += 1
                fine = fine and name == "bucket of a tenth"  # reported, and not one of the goals
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

    @property
    def reached(self) -> bool:
        goals = [count for kind, count in self.refused.items() if kind != "bucket of a tenth"]
        return self.contender != "leadiq" or (self.share >= GOAL_SHARE and not any(goals))

    def row(self) -> str:
        share = f"{self.share:.1%}"
        cells = [self.contender, str(self.killed), share, *map(str, self.refused.values())]
        return f"| {' | '.join(cells)} |"


async def run(name: str, url: str, windows: int, kill: bool) -> Outcome:
    """Let four processes work for so many windows; kill one of them half-way if told."""
    judge = Judge()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Connection(judge), "127.0.0.1", 0)
    port = str(listening.sockets[0].getsockname()[1])
    code = [sys.executable, "-m", "benchmarks.fleet", "--worker", name, url, port]
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


async def cost_us(url: str, tasks: int, rounds: int = 100) -> float:
    """Microseconds for taking a slot and giving it back, where the quota is no bound.

    The best of five times: what makes the others slower is something else on the machine.
    """
    from leadiq._fleet.pacer import FleetPacer

    pacer = FleetPacer.from_url(url, key=KEY, limit=10_000_000, replicas=1, window_s=1.0)

    async def task() -> None:
        for _ in range(rounds):
            async with pacer.slot() as slot:
                slot.answered()

    costs = list[float]()
    for _ in range(5):
        began = time.perf_counter()
        await asyncio.gather(*(task() for _ in range(tasks)))
        costs.append((time.perf_counter() - began) / rounds / tasks * 1e6)
    await pacer.aclose()
    return min(costs)


def with_redis(what: Callable[[str], Any]) -> Any:
    """Run something beside a Redis of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "redis.sock"
        options = ["--port", "6398", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command = ["redis-server", *options, "--dir", folder, "--unixsocket", str(path)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while not path.exists():
                time.sleep(0.01)
            return what("redis://127.0.0.1:6398/0")
        finally:
            server.kill()
            server.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=12)
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--worker", nargs=3, metavar=("NAME", "URL", "PORT"))
    options = parser.parse_args()
    if options.worker:
        name, url, port = options.worker
        asyncio.run(work(name, url, int(port)))
        return 0
    runs = [("leadiq", False), ("leadiq", True), ("limits", False), ("pyrate-limiter", False)]
    print(f"{PROCESSES} processes, {LIMIT} requests in {WINDOW_S:g} s, {options.windows} windows\n")
    print("| limiter | killed | quota used | 429s: fixed window | sliding log | bucket | tenth |")
    print("|---|---|---|---|---|---|---|")
    outcomes = list[Outcome]()
    for name, kill in runs[:2] if options.ours_only else runs:
        outcome = with_redis(
            lambda url, name=name, kill=kill: asyncio.run(run(name, url, options.windows, kill))
        )
        outcomes.append(outcome)
        print(outcome.row(), flush=True)
    print("\n| requests waiting at once | cost of a slot, us |\n|---|---|")
    costs = {n: with_redis(lambda url, n=n: asyncio.run(cost_us(url, n))) for n in (1, 8, 32, 128)}
    for waiting, cost in costs.items():
        print(f"| {waiting} | {cost:.0f} |")
    report = {"runs": [asdict(outcome) for outcome in outcomes], "cost_us": costs}
    Path("build").mkdir(exist_ok=True)
    Path("build/bench-fleet.json").write_text(json.dumps(report, indent=2) + "\n")
    reached = all(outcome.reached for outcome in outcomes) and costs[32] <= GOAL_COST_US
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())

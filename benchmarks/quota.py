"""How much of a quota a limiter uses, and how many 429s it meets: `python -m benchmarks.quota`.

Every contender has a process of its own; all run against one server at the same time, which counts
them apart under each of four kinds of limit. Ours paces a real `LeadIQ` client, which decodes and
judges each reply; the others pace the least that HTTP can be done with. Time is scaled: a minute
takes twelve seconds (`full`) or three (`quick`). Latencies are scaled less: they are 20 to 80 ms
or 5 to 20, five times as long in relation to the window as they really are.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from .limit_server import KINDS

GOAL_SHARE = 0.985
TASKS = 32


@dataclass(frozen=True)
class Scale:
    """A quota in scaled time."""

    limit: int
    window_s: float
    legs_s: tuple[float, float]
    """Shortest and longest way to the decision, and back."""
    windows: int = 12
    """The first one is not counted."""


SCALES = {
    "full": Scale(600, 12.0, (0.010, 0.040)),
    "quick": Scale(150, 3.0, (0.0025, 0.010)),
}


# -- the contenders --------------------------------------------------------------------------------

Call = Callable[[], Awaitable[Any]]
Acquire = Callable[[], Awaitable[Any]]


@asynccontextmanager
async def client(url: str, pacer: Any, scale: Scale) -> AsyncIterator[list[Call]]:
    """Calls of the real client, for each task."""
    from leadiq import LeadIQ, RateLimitError
    from leadiq._conduct.retry import RetryPolicy

    retry = RetryPolicy(attempts=1, window_s=scale.window_s)
    async with LeadIQ("cmF3Og==", endpoint=url, pacer=pacer, retry=retry) as leadiq:

        async def call() -> None:
            with suppress(RateLimitError):
                await leadiq.account()

        yield [call] * TASKS


@asynccontextmanager
async def bare(url: str, acquire: Acquire) -> AsyncIterator[list[Call]]:
    """Calls over a connection for each task, without reading what is answered."""
    address = urlsplit(url)
    assert address.port is not None
    request = f"POST {address.path} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}".encode()

    def calling(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Call:
        async def call() -> None:
            await acquire()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.rpartition(b":")[2]))

        return call

    yield [calling(*await asyncio.open_connection("127.0.0.1", address.port)) for _ in range(TASKS)]


Contender = Callable[[Scale, str], AbstractAsyncContextManager[list[Call]]]


def leadiq(scale: Scale, url: str) -> AbstractAsyncContextManager[list[Call]]:
    from leadiq._conduct.pacing import LocalPacer
    from leadiq._conduct.slots import Slots

    return client(url, LocalPacer(Slots(scale.limit, scale.window_s)), scale)


def aiolimiter(scale: Scale, url: str) -> AbstractAsyncContextManager[list[Call]]:
    from aiolimiter import AsyncLimiter

    return bare(url, AsyncLimiter(scale.limit, scale.window_s).acquire)


def aiolimiter_even(scale: Scale, url: str) -> AbstractAsyncContextManager[list[Call]]:
    from aiolimiter import AsyncLimiter

    return bare(url, AsyncLimiter(1, scale.window_s / scale.limit).acquire)


def pyrate(scale: Scale, url: str) -> AbstractAsyncContextManager[list[Call]]:
    from pyrate_limiter import Limiter, Rate

    limiter = Limiter(Rate(scale.limit, int(scale.window_s * 1000)))
    return bare(url, lambda: limiter.try_acquire_async("key"))


def limits(scale: Scale, url: str) -> AbstractAsyncContextManager[list[Call]]:
    from limits import RateLimitItemPerSecond
    from limits.aio.strategies import MovingWindowRateLimiter
    from limits.storage import storage_from_string

    storage: Any = storage_from_string("async+memory://")
    limiter = MovingWindowRateLimiter(storage)
    item = RateLimitItemPerSecond(scale.limit, int(scale.window_s))

    async def acquire() -> None:
        while not await limiter.hit(item, "key"):
            stats = await limiter.get_window_stats(item, "key")
            await asyncio.sleep(max(0.001, stats.reset_time - time.time()))

    return bare(url, acquire)


CONTENDERS: dict[str, Contender] = {
    "leadiq": leadiq,
    "aiolimiter": aiolimiter,
    "aiolimiter, one at a time": aiolimiter_even,
    "pyrate-limiter": pyrate,
    "limits, moving window": limits,
}


async def work(name: str, port: int, scale: Scale) -> None:
    """Keep the four kinds of limit busy at once, for all the windows."""
    with suppress(TimeoutError):
        async with asyncio.timeout(scale.windows * scale.window_s + 1.0):
            async with asyncio.TaskGroup() as group:
                for kind in KINDS:
                    url = f"http://127.0.0.1:{port}{_path(kind, name)}"
                    group.create_task(keep_busy(CONTENDERS[name](scale, url)))


async def keep_busy(calls: AbstractAsyncContextManager[list[Call]]) -> None:
    async def task(call: Call) -> None:
        while True:
            await call()

    async with calls as made, asyncio.TaskGroup() as group:
        for call in made:
            group.create_task(task(call))


def _path(kind: str, name: str) -> str:
    return f"/{kind}/{name.replace(' ', '-').replace(',', '')}"


# -- the measurement -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """How one contender did with one kind of limit."""

    contender: str
    kind: str
    share: float
    """Of the quota, used after the first window."""
    refused: int
    """429s, from the start."""
    sent: int

    @property
    def reached(self) -> bool:
        return self.contender != "leadiq" or (self.share >= GOAL_SHARE and not self.refused)


def measure(scale: Scale, names: list[str]) -> list[Outcome]:
    """Run the contenders beside each other."""
    code = [sys.executable, "-m", "benchmarks.limit_server", str(scale.limit)]
    code += [str(scale.window_s), *map(str, scale.legs_s)]
    with subprocess.Popen(code, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            given = json.dumps(asdict(scale))
            worker = [sys.executable, "-m", "benchmarks.quota", "--worker"]
            workers = [subprocess.Popen([*worker, n, str(port), given]) for n in names]
            failed = [w.args for w in workers if w.wait()]
            assert not failed, failed
            return [outcome(port, name, kind, scale) for name in names for kind in KINDS]
        finally:
            server.kill()


def outcome(port: int, name: str, kind: str, scale: Scale) -> Outcome:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{_path(kind, name)}") as reply:
        found = json.load(reply)
    taken, refused = found["taken"], found["refused"]
    begin = taken[0] + scale.window_s
    end = taken[0] + scale.windows * scale.window_s
    used = sum(begin < at <= end for at in taken)
    share = used / (scale.limit * (scale.windows - 1))
    return Outcome(name, kind, share, refused, len(taken) + refused)


def report(scale: str = "full") -> list[dict[str, Any]]:
    """Measure all contenders; one row for each contender and kind of limit."""
    outcomes = measure(SCALES[scale], list(CONTENDERS))
    return [asdict(o) | {"reached": o.reached} for o in outcomes]


def table(rows: list[dict[str, Any]]) -> str:
    """Show the rows as a Markdown table, in bold where a goal is missed."""
    lines = [f"| limiter | {' | '.join(KINDS)} |", f"|---|{'---|' * len(KINDS)}"]
    for name in dict.fromkeys(row["contender"] for row in rows):
        mine = {row["kind"]: row for row in rows if row["contender"] == name}
        lines.append(f"| {name} | {' | '.join(_cell(mine[kind]) for kind in KINDS)} |")
    return "\n".join(lines)


def _cell(row: dict[str, Any]) -> str:
    text = f"{row['share']:.1%}, {row['refused']}"
    return text if row["reached"] else f"**{text}**"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="full")
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        name, port, scale = given.worker
        asyncio.run(work(name, int(port), Scale(**json.loads(scale))))
        return 0
    rows = report(given.scale)
    print("Quota used after the first window, and 429s in the whole run:\n")
    print(table(rows))
    return 0 if all(row["reached"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

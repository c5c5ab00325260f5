"""How much of a quota a limiter uses, and how many 429s it meets.

Every contender has a process of its own; all run against one server at the same time, which counts
them apart under each of four kinds of limit. Ours paces a real `LeadIQ` client, which decodes and
judges each reply; the others pace the least that HTTP can be done with. Time is scaled: a minute
takes four seconds. Latencies are scaled less: they are 7 to 27 ms, five times as long in relation
to the window as they really are.
"""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from .figures import Result, Sheet
from .goals import figure
from .harness import Effort
from .limit_server import KINDS
from .processes import CLIENT, SERVER, Child, heard, told

TASKS: Final = 32
OURS: Final = "leadiq"


@dataclass(frozen=True)
class Scale:
    """A quota in scaled time."""

    limit: int
    window_s: float
    legs_s: tuple[float, float]
    """Shortest and longest way to the decision, and back."""
    windows: int
    """The first one is not counted."""


SCALE: Final = Scale(120, 4.0, (0.0033, 0.0133), windows=10)


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
    OURS: leadiq,
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
    error: str = ""
    """The kind of error that ended it, if one did."""

    def __str__(self) -> str:
        return f"failed: {self.error}" if self.error else f"{self.share:.1%} · {self.refused}"


def measure(effort: Effort) -> Iterator[Result]:
    """Run everybody beside each other, once; the rounds are the windows."""
    del effort
    outcomes = measured(SCALE, list(CONTENDERS))
    ours = [one for one in outcomes if one.contender == OURS]
    error = ours[0].error
    shares = [] if error else [min(one.share for one in ours)]
    remark = f"one run of {SCALE.windows} windows"
    yield figure("quota", shares, failed=error, remark=remark)
    refused = [] if error else [float(sum(one.refused for one in ours))]
    yield figure("refused", refused, failed=error, remark=remark)
    yield sheet(outcomes)


def measured(scale: Scale, names: Sequence[str]) -> list[Outcome]:
    words = [str(scale.limit), str(scale.window_s), *map(str, scale.legs_s)]
    with ExitStack() as ending:
        server = ending.enter_context(Child("benchmarks.limit_server", *words, core=SERVER))
        port = server.hear()
        workers = [ending.enter_context(Child("benchmarks.quota", core=CLIENT)) for _ in names]
        for name, worker in zip(names, workers, strict=True):
            worker.tell([name, port, asdict(scale)])
        errors = [worker.hear() for worker in workers]
        return [
            Outcome(name, kind, 0.0, 0, error) if error else outcome(port, name, kind, scale)
            for name, error in zip(names, errors, strict=True)
            for kind in KINDS
        ]


def outcome(port: int, name: str, kind: str, scale: Scale) -> Outcome:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{_path(kind, name)}") as reply:
        found = json.load(reply)
    taken, refused = found["taken"], found["refused"]
    begin = taken[0] + scale.window_s
    end = taken[0] + scale.windows * scale.window_s
    used = sum(begin < at <= end for at in taken)
    share = used / (scale.limit * (scale.windows - 1))
    return Outcome(name, kind, share, refused)


def sheet(outcomes: Sequence[Outcome]) -> Sheet:
    """How everybody did with every kind of limit."""
    rows = [(name, *(str(one) for one in outcomes if one.contender == name)) for name in CONTENDERS]
    title = "Quota used after the first window, and 429s in all"
    return Sheet(title, ("limiter", *KINDS), tuple(rows))


def _work(name: str, port: int, scale: Scale) -> str:
    """Work for all the windows; tell the kind of error that ended it, if one did."""
    try:
        asyncio.run(work(name, port, scale))
    except Exception as error:
        return type(error).__name__
    return ""


if __name__ == "__main__":
    name, port, scale = next(heard())
    told(_work(name, port, Scale(**scale)))

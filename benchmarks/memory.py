"""What calls that wait and people that are held take of memory, as `tracemalloc` counts it."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from leadiq import Attempt, LeadIQ, Reply
from leadiq._core.protocol import Envelope, read_reply
from leadiq._generated.search_people import SearchPeople
from leadiq.types import SearchPeopleInput

from . import payload, stock
from .figures import Result
from .goals import figure
from .harness import Effort

WAITING: Final = 10_000
HELD: Final = 300
KIB: Final = 1024
WHO: Final = SearchPeopleInput(email="ada@example.com")


async def _hold(attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
    """Keep the only slot, and send nothing."""
    await asyncio.sleep(3600)
    return await send()


async def bytes_each(wait: Callable[[], Awaitable[object]], count: int) -> float:
    """Tell how much one of so many tasks takes that all wait."""
    gc.collect()
    tracemalloc.start()
    tasks = [asyncio.ensure_future(wait()) for _ in range(count)]
    for _ in range(5):
        await asyncio.sleep(0)
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return taken / count


async def waiting(count: int) -> float:
    """Tell what a call that waits for a slot takes beside its task, in bytes."""
    bare = await bytes_each(asyncio.Event().wait, count)
    async with LeadIQ("a-key-of-the-benchmark", requests_per_minute=1, middleware=[_hold]) as made:
        first = asyncio.ensure_future(made.search_people(WHO))
        whole = await bytes_each(lambda: made.search_people(WHO), count)
        first.cancel()
    return whole - bare


def held(read: Callable[[], object]) -> float:
    """Tell what one of many that are read takes as long as it is held, in bytes."""
    read()
    gc.collect()
    tracemalloc.start()
    kept = [read() for _ in range(HELD)]
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return taken / len(kept)


def measure(effort: Effort) -> Iterator[Result]:
    """Measure once in each round: the count is exact, and differs by little."""
    count = WAITING // 10 if effort.quick else WAITING
    remark = f"{count:,} of them, beside the task"
    found = [asyncio.run(waiting(count)) / KIB for _ in range(effort.rounds)]
    yield figure("waiting", found, remark=remark)
    stock.make()
    body, envelope, theirs = payload.body("person"), Envelope[SearchPeople], stock.load()

    def read_theirs() -> object:
        from json import loads

        return theirs.SearchPeople.model_validate(loads(body)["data"])

    rounds = range(effort.rounds)
    yield figure("held", [held(lambda: read_reply(envelope, 200, body)) / KIB for _ in rounds])
    yield figure("held stock", [held(read_theirs) / KIB for _ in rounds])

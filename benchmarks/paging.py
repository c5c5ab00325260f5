"""100,000 people paged through on the sandbox: how fast, and in how much memory.

The sandbox runs in a process of its own, so that the memory is the client's; the time is mostly the
sandbox's. It is measured alone: `python -m benchmarks paging`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

from leadiq import LeadIQ
from leadiq.types import FlatSearchInput, Person

from .figures import Result, Sheet
from .harness import Effort
from .processes import memory_mb
from .sandboxes import KEY, served

# A partition's totals make the sandbox look at everybody again and again: fewer people will do.
PEOPLE = {"cursor": 100_000, "partition": 20_000}
MARKS = 10
TIMEOUT_S = 300  # of an attempt: those totals take long
LIMIT = 10**6  # requests a minute: the sandbox has none, and the rate limit is not measured here


@dataclass(frozen=True)
class Mark:
    """How far a run is."""

    people: int
    seconds: float
    memory_mb: float


async def walk(people: AsyncIterator[Person], every: int) -> list[Mark]:
    """Take everybody, keep nobody, and note the memory on the way."""
    began = time.perf_counter()
    marks: list[Mark] = []
    count = 0
    async for _ in people:
        count += 1
        if count % every == 0:
            marks.append(Mark(count, time.perf_counter() - began, memory_mb()))
    marks.append(Mark(count, time.perf_counter() - began, memory_mb()))
    return marks


def by_cursor(leadiq: LeadIQ) -> AsyncIterator[Person]:
    return leadiq.iter_flat_advanced_search(everyone=True)


def by_partition(leadiq: LeadIQ) -> AsyncIterator[Person]:
    return leadiq.partition(FlatSearchInput(), everyone=True)


WAYS: dict[str, Callable[[LeadIQ], AsyncIterator[Person]]] = {
    "cursor": by_cursor,
    "partition": by_partition,
}


async def walked(way: str, url: str, every: int) -> list[Mark]:
    async with LeadIQ(
        KEY, endpoint=url, requests_per_minute=LIMIT, burst=100, timeout_s=TIMEOUT_S
    ) as leadiq:
        return await walk(WAYS[way](leadiq), every)


def measure(effort: Effort) -> Iterator[Result]:
    """Go through everybody once, each way; a tenth of them if it is to be quick."""
    for way, whole in PEOPLE.items():
        people = whole // 10 if effort.quick else whole
        with served(people, cursors=way == "cursor") as url:
            marks = asyncio.run(walked(way, url, people // MARKS))
        yield sheet(way, marks)


def sheet(way: str, marks: list[Mark]) -> Sheet:
    rows = [(f"{m.people:,}", f"{m.seconds:.0f} s", f"{m.memory_mb:.1f} MB") for m in marks]
    return Sheet(f"Paging by {way}", ("people", "time", "memory"), tuple(rows))

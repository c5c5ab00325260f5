"""100,000 people paged through on the sandbox: how fast, and in how much memory.

The sandbox runs in a process of its own, so that the memory is the client's; the time is mostly the
sandbox's. Run it with `python -m benchmarks.paging`; `--people` makes it shorter.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from leadiq import LeadIQ
from leadiq.types import FlatSearchInput, Person

# A partition's totals make the sandbox look at everybody again and again: fewer people will do.
PEOPLE = {"cursor": 100_000, "partition": 20_000}
MARKS = 10
TIMEOUT_S = 300  # of an attempt: those totals take long
LIMIT = 10**6  # requests a minute: the sandbox has none, and the rate limit is not measured here
KEY = "c2FuZGJveC1rZXk6"
_PAGE_KB = 4


@dataclass(frozen=True)
class Mark:
    """How far a run is."""

    people: int
    seconds: float
    memory_mb: float


def memory_mb() -> float:
    """What this process holds of the machine's memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * _PAGE_KB / 1024


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


async def measure(way: str, url: str, every: int) -> list[Mark]:
    async with LeadIQ(
        KEY, endpoint=url, requests_per_minute=LIMIT, burst=100, timeout_s=TIMEOUT_S
    ) as leadiq:
        return await walk(WAYS[way](leadiq), every)


def serve(way: str, people: int) -> None:
    """Serve a sandbox until standard input ends; one without cursors for the partition."""
    from leadiq.sandbox import Sandbox, SandboxSettings, load_schema_text

    text = load_schema_text()
    if way == "partition":
        text = text.replace("after: [SearchCursorEntry", "later: [SearchCursorEntry")
    settings = SandboxSettings(
        people=people, requests_per_minute=None, credits=Decimal(10**9), key=KEY, schema=text
    )
    with Sandbox(settings) as sandbox:
        print(sandbox.url, flush=True)
        sys.stdin.read()


def report(way: str, people: int) -> list[Mark]:
    """Measure one way in this process, against a sandbox in another."""
    command = [sys.executable, "-m", "benchmarks.paging", "--serve", way, "--people", str(people)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout
        assert server.stdin
        url = server.stdout.readline().decode().strip()
        try:
            return asyncio.run(measure(way, url, people // MARKS))
        finally:
            server.stdin.close()


def table(way: str, marks: list[Mark]) -> str:
    """The marks as a Markdown table."""
    rows = [f"| {m.people:,} | {m.seconds:.0f} s | {m.memory_mb:.1f} MB |" for m in marks]
    return "\n".join([f"| people, by {way} | time | memory |", "|---|---|---|", *rows])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, help="in each world; default: 100,000 and 20,000")
    parser.add_argument("--way", choices=WAYS, action="append")
    parser.add_argument("--serve", choices=WAYS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.people)
        return 0
    for way in given.way or WAYS:
        print(table(way, report(way, given.people or PEOPLE[way])), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""100,000 look-ups as a stream: how much more memory the process has when it is through.

`leadiq.enrich` takes rows from a generator and gives an outcome for each; nobody keeps them. Half
of the people exist. The sandbox is a process of its own. What is compared is the resident memory
after the first thousand, when everything is loaded, and the greatest from then on.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from .figures import Result, Sheet
from .goals import figure
from .harness import Effort
from .processes import CLIENT, Child, memory_mb, told
from .sandboxes import KEY, served

LOOKUPS: Final = 100_000
QUICK: Final = 4_000
LOADED: Final = 1_000
"""After so many lookups everything is loaded."""
NO_LIMIT: Final = 10**9


Mark = tuple[int, float, float]
"""Lookups so far, seconds, megabytes."""


def measure(effort: Effort) -> Iterator[Result]:
    """Measure once: it is long."""
    lookups = QUICK if effort.quick else LOOKUPS
    marks = marked(lookups)
    loaded = [memory for count, _, memory in marks if count >= LOADED]
    growth = max(loaded) - loaded[0]
    yield figure("stream", [growth], remark=f"{lookups:,} lookups" if effort.quick else "")
    tenths = [mark for mark in marks if mark is marks[0] or mark[0] * 10 % lookups == 0]
    rows = [(f"{n:,}", f"{seconds:.0f} s", f"{memory:.1f} MB") for n, seconds, memory in tenths]
    yield Sheet("Lookups as a stream", ("lookups", "after", "memory"), tuple(rows))


def marked(lookups: int) -> list[Mark]:
    """Have so many looked up by a process of its own."""
    with tempfile.TemporaryDirectory() as folder, served(lookups // 2) as url:
        write_ids(Path(folder, "ids"), lookups // 2)
        words = (url, str(lookups), folder)
        environment = {"LEADIQ_STATE": f"{folder}/state"}
        with Child("benchmarks.stream", *words, core=CLIENT, environment=environment) as child:
            return child.hear()


def write_ids(path: Path, people: int) -> None:
    """Write down who exists, so that who looks them up need not hold a world."""
    from leadiq.sandbox._world import World

    world = World(people=people, seed=1)
    path.write_text("".join(f"{world.person(number).id}\n" for number in range(people)))


# -- in the process that is measured -----------------------------------------------------------


async def _stream(url: str, lookups: int, folder: Path) -> list[Mark]:
    """Look everybody up, keep nobody, and note time and memory on the way."""
    from leadiq import LeadIQ

    marks: list[Mark] = []
    began, count = time.monotonic(), 0
    limits: dict[str, Any] = {"requests_per_minute": NO_LIMIT, "burst": NO_LIMIT}
    async with (
        LeadIQ(KEY, endpoint=url, **limits) as client,
        client.enrich(_rows(folder / "ids"), batch=25) as outcomes,
    ):
        async for _ in outcomes:
            count += 1
            if count % LOADED == 0 or count * 10 % lookups == 0:
                marks.append((count, time.monotonic() - began, memory_mb()))
    return marks


def _rows(ids: Path) -> Iterator[dict[str, str]]:
    """Give leads of whom every second exists."""
    with ids.open() as lines:
        for number, line in enumerate(lines):
            yield {"person id": line.rstrip()}
            yield {"email": f"lead{number}@example.com"}


if __name__ == "__main__":
    url, lookups, folder = sys.argv[1:]
    told(asyncio.run(_stream(url, int(lookups), Path(folder))))

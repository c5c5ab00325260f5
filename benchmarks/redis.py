"""What a slot of a quota costs that processes share over Redis."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Final

from leadiq._fleet.pacer import FleetPacer

from . import processes
from .figures import Result, Sheet
from .harness import Effort, Measure, in_rounds

WAITING: Final = (1, 8, 32, 128)
BATCHED: Final = 32
"""With so many at once the goal is measured."""
EACH: Final = 100


async def wall_us(url: str, tasks: int) -> float:
    """Microseconds for taking a slot and giving it back, where the quota is no bound."""
    pacer = FleetPacer.from_url(url, key="benchmark", limit=10**7, replicas=1, window_s=1.0)

    async def task(times: int) -> None:
        for _ in range(times):
            async with pacer.slot() as slot:
                slot.answered()

    await task(1)
    began = time.perf_counter()
    await asyncio.gather(*(task(EACH) for _ in range(tasks)))
    took_s = time.perf_counter() - began
    await pacer.aclose()
    return took_s / EACH / tasks * 1e6


def measure(effort: Effort) -> Iterator[Result]:
    """Let more and more requests wait at once, which then share a journey to Redis."""

    def side(url: str, tasks: int) -> Measure:
        return lambda: asyncio.run(wall_us(url, tasks))

    processes.keep_to(processes.CLIENT)
    with processes.redis() as url:
        costs = in_rounds({str(n): side(url, n) for n in WAITING}, effort.rounds)
    yield costs.figure("slot redis", str(BATCHED), remark=f"{BATCHED} at once")
    rows = [(n, costs.told(n, "µs")) for n in map(str, WAITING)]
    yield Sheet("A slot over Redis", ("at once", "time for each"), tuple(rows))

"""Ten thousand calls at once on one client: all are answered, within the limit, and none is big."""

from __future__ import annotations

import asyncio
import gc
import json
import tracemalloc
from bisect import bisect_left

import anyio
import pytest

from leadiq._conduct.events import Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import Lane, LocalPacer
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq._generated.client import GeneratedClient
from leadiq._http.transport import Reply
from leadiq.types import SearchPeopleInput
from script import FOUND
from virtual_time import anyio_backend  # noqa: F401

CALLS = 10_000
LIMIT = 600
WINDOW_S = 60.0
MOST_BYTES = 8 * 1024
WHO = SearchPeopleInput(email="ada@example.com")
ANSWER = Reply(200, {}, json.dumps(FOUND).encode())


class Server:
    """Answers everything, and remembers when."""

    host = "leadiq.example.com"

    def __init__(self) -> None:
        self.at: list[float] = []

    async def post(self, body: bytes, timeout_s: float) -> Reply:
        self.at.append(anyio.current_time())
        await anyio.sleep(0.2)
        return ANSWER


def make(server: Server, limit: int) -> GeneratedClient:
    pacer = LocalPacer(Slots(limit, WINDOW_S, burst=limit))
    return GeneratedClient(Shared(server, pacer, Watchers(), lambda: 0.5), Options())  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_ten_thousand_calls_at_once_are_all_answered_within_the_limit() -> None:
    """Nobody is lost or starved, no window holds too many, and nothing is left in use."""
    server = Server()
    leadiq = make(server, LIMIT)
    answered = 0

    async def call(number: int) -> None:
        nonlocal answered
        lane = Lane.BULK if number % 2 else Lane.INTERACTIVE
        await leadiq.search_people(WHO, lane=lane)
        answered += 1

    async with anyio.create_task_group() as group:
        for number in range(CALLS):
            group.start_soon(call, number)
    assert answered == len(server.at) == CALLS
    assert all(n - bisect_left(server.at, at - WINDOW_S) < LIMIT for n, at in enumerate(server.at))
    statistics = leadiq._shared.pacer.statistics()
    assert (statistics.in_flight, set(statistics.waiting.values())) == (0, {0})


def test_a_waiting_call_takes_little_memory() -> None:
    """With its task; what exactly depends on the version of Python, and is in docs/conduct.md."""
    count = 500

    async def main() -> int:
        leadiq = make(Server(), 1)
        calls = [asyncio.ensure_future(leadiq.search_people(WHO))]
        await asyncio.sleep(0.01)
        gc.collect()
        tracemalloc.start()
        try:
            calls += [asyncio.ensure_future(leadiq.search_people(WHO)) for _ in range(count)]
            await asyncio.sleep(0.01)
            gc.collect()
            taken, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        for call in calls:
            call.cancel()
        await asyncio.wait(calls)
        return taken

    assert asyncio.run(main()) / count < MOST_BYTES

"""What ten thousand calls on one client take: `python -m benchmarks.waiting`, from the root.

Memory is what `tracemalloc` counts, for calls of which one has a slot and the others wait for
theirs, less what as many tasks take that wait for nothing but an event. Then the same number of
calls is answered over real connections by a server of this process, over each pool.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from typing import Literal

from leadiq import Attempt, LeadIQ, Reply
from leadiq.types import SearchPeopleInput

CALLS = 10_000
POOLS: tuple[Literal["default", "fast"], ...] = ("default", "fast")
LIMIT_BYTES = 6 * 1024

_BODY = b'{"data":{"searchPeople":{"totalResults":0,"hasMore":false,"results":[]}}}'
_REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
_KEY = "a-key-of-the-benchmark"
_WHO = SearchPeopleInput(email="ada@example.com")


class _Server(asyncio.Protocol):
    """Answers whatever comes over one connection, one request after the other."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, end, body = self._seen.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        if end and len(body) == int(length):
            self._seen = b""
            self._transport.write(_REPLY)


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


async def memory(count: int) -> tuple[float, float]:
    """Tell what a waiting call takes, and what its task takes of that, in bytes."""
    event = asyncio.Event()
    bare = await bytes_each(event.wait, count)
    async with LeadIQ(_KEY, requests_per_minute=1, middleware=[_hold]) as leadiq:
        first = asyncio.ensure_future(leadiq.search_people(_WHO))
        whole = await bytes_each(lambda: leadiq.search_people(_WHO), count)
        first.cancel()
    return whole, bare


async def answered(count: int, pool: Literal["default", "fast"]) -> float:
    """Have so many calls answered at once; tell the seconds."""
    server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}/graphql"
    many = 10 * count
    client = LeadIQ(_KEY, endpoint=url, requests_per_minute=many, burst=many, pool=pool)
    async with server, client as leadiq:
        began = time.perf_counter()
        found = await asyncio.gather(*(leadiq.search_people(_WHO) for _ in range(count)))
        took_s = time.perf_counter() - began
    assert len(found) == count
    return took_s


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=CALLS)
    count = parser.parse_args().calls
    whole, bare = asyncio.run(memory(count))
    own = whole - bare
    print(f"{count} calls that wait for a slot: {whole:.0f} bytes each, {bare:.0f} of them a task")
    print(f"a waiting call: {own:.0f} bytes beside its task (at most {LIMIT_BYTES})")
    for pool in POOLS if find_spec("aiohttp") else POOLS[:1]:
        took_s = asyncio.run(answered(count, pool))
        print(f"{count} calls at once over the {pool} pool: all answered within {took_s:.1f} s")
    return 0 if own <= LIMIT_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())

"""Two clients, each with a `FleetPacer` of its own as in two processes, over a real Redis."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx

from leadiq import FleetPacer, LeadIQ, RetryPolicy
from leadiq._conduct.gate import GateState
from leadiq.types import SearchPeopleInput
from redis_server import RedisServer, redis_server  # noqa: F401
from script import FOUND, failed

KEY = "a-key-of-the-tests"
WHO = SearchPeopleInput(email="ada@example.com")
LIMIT = 40
WINDOW_S = 1.0
LATE_S = 0.2
"""What the clocks of a busy machine may be off."""


class Server:
    """Answers, and remembers when it was asked; one request is answered with a 429."""

    def __init__(self, refuses: int = -1) -> None:
        self.at: list[float] = []
        self.refused_at = 0.0
        self.refused = asyncio.Event()
        self._refuses = refuses

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        number = len(self.at)
        self.at.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.02)
        if number != self._refuses:
            return answer(FOUND)
        self.refused_at = asyncio.get_running_loop().time()
        self.refused.set()
        return answer(failed(429))


def answer(value: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, content=json.dumps(value).encode())


@asynccontextmanager
async def two_clients(url: str, server: Server) -> AsyncIterator[list[LeadIQ]]:
    async with AsyncExitStack() as stack:
        http = httpx.AsyncClient(transport=httpx.MockTransport(server))
        await stack.enter_async_context(http)
        clients = list[LeadIQ]()
        for _ in range(2):
            pacer = FleetPacer.from_url(url, key=KEY, limit=LIMIT, replicas=2, window_s=WINDOW_S)
            await stack.enter_async_context(pacer)
            retry = RetryPolicy(window_s=WINDOW_S)
            leadiq = LeadIQ(KEY, pacer=pacer, http_client=http, retry=retry)
            clients.append(await stack.enter_async_context(leadiq))
        yield clients


def test_the_calls_of_two_clients_share_one_quota(
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """Together they use the limit, and no window holds more than it."""
    server = Server()

    async def main() -> list[int]:
        async with two_clients(redis_server.url, server) as clients:
            await asyncio.gather(*(c.search_people(WHO) for c in clients for _ in range(30)))
            return [client.statistics().limited for client in clients]

    assert asyncio.run(main()) == [0, 0]
    assert len(server.at) == 60
    for at in server.at:
        assert sum(at <= other < at + WINDOW_S for other in server.at) <= LIMIT
    assert server.at[-1] - server.at[0] < 3 * WINDOW_S


def test_a_429_that_one_client_meets_closes_the_gate_of_both(
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """For a window nobody sends; then one request alone; then the rest, and all are answered."""
    server = Server(refuses=4)

    async def main() -> list[GateState]:
        async with two_clients(redis_server.url, server) as clients:
            calls = [asyncio.ensure_future(c.search_people(WHO)) for c in clients for _ in range(5)]
            await server.refused.wait()
            await asyncio.sleep(WINDOW_S / 2)
            gates = [client.statistics().gate for client in clients]
            await asyncio.gather(*calls)
            assert sum(client.statistics().limited for client in clients) == 1
            return gates

    assert asyncio.run(main()) == [GateState.CLOSED, GateState.CLOSED]
    assert len(server.at) == 11
    probe, *rest = (at for at in server.at if at > server.refused_at + LATE_S)
    assert probe >= server.refused_at + WINDOW_S
    assert all(at >= probe + 0.02 for at in rest)
    assert rest

"""The pool over real sockets: connections are used again, replaced, and never leaked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import anyio
import anyio.abc
import httpx
import pytest

from leadiq._core.errors import InputError, TransportError
from leadiq._http import transport as module
from leadiq._http.pool import IdleStack, _left_over, replace_pool
from leadiq._http.transport import Transport

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"


class Server:
    """An HTTP server that counts its connections and can misbehave."""

    def __init__(self) -> None:
        self.accepted = 0
        self.answer = HEAD + b"\r\n{}"
        self.hang_up = False
        self.silent = False
        self.asked = anyio.Event()
        self.gone = anyio.Event()

    async def serve(self, stream: anyio.abc.SocketStream) -> None:
        self.accepted += 1
        async with stream:
            try:
                while True:
                    await stream.receive()
                    self.asked.set()
                    if not self.silent:
                        await stream.send(self.answer)
                    if self.hang_up:
                        return
            except (anyio.EndOfStream, anyio.BrokenResourceError):
                self.gone.set()


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Server, httpx.AsyncHTTPTransport, IdleStack, str]]:
    server = Server()
    async with (
        await anyio.create_tcp_listener(local_host="127.0.0.1") as listener,
        anyio.create_task_group() as group,
    ):
        group.start_soon(listener.serve, server.serve)
        port = listener.extra(anyio.abc.SocketAttribute.local_port)
        transport = httpx.AsyncHTTPTransport()
        pool = replace_pool(transport)
        assert pool is not None
        yield server, transport, pool, f"http://127.0.0.1:{port}/"
        await transport.aclose()
        group.cancel_scope.cancel()


async def get(transport: httpx.AsyncHTTPTransport, url: str) -> bytes:
    response = await transport.handle_async_request(httpx.Request("GET", url))
    try:
        return await response.aread()
    finally:
        await response.aclose()


@pytest.mark.anyio
async def test_a_connection_is_used_again() -> None:
    """Requests one after the other share one connection."""
    async with serving() as (server, transport, pool, url):
        assert [await get(transport, url) for _ in range(5)] == [b"{}"] * 5
        assert (server.accepted, pool.in_use) == (1, 0)


@pytest.mark.anyio
async def test_a_connection_that_the_server_closed_is_replaced() -> None:
    """What the server hung up on while idle is not used for the next request."""
    async with serving() as (server, transport, pool, url):
        server.hang_up = True
        server.answer = HEAD + b"Connection: close\r\n\r\n{}"
        assert [await get(transport, url) for _ in range(2)] == [b"{}"] * 2
        assert (server.accepted, pool.in_use) == (2, 0)


@pytest.mark.anyio
async def test_an_idle_connection_that_has_expired_is_closed() -> None:
    """Behind a connection that says it has expired, the next one is taken, or a new one made."""
    async with serving() as (server, transport, pool, url):
        await get(transport, url)
        (idle,) = pool._idle.values()
        idle[0].has_expired = lambda: True  # type: ignore[method-assign]
        assert await get(transport, url) == b"{}"
        assert server.accepted == 2
        await server.gone.wait()


@pytest.mark.anyio
@pytest.mark.parametrize("more", [b"x", HEAD + b"\r\n[]"])
async def test_a_connection_that_holds_more_than_its_answer_is_closed(more: bytes) -> None:
    """What came behind an answer is not taken for the answer to the next request."""
    async with serving() as (server, transport, pool, url):
        server.answer = HEAD + b"\r\n{}" + more
        assert [await get(transport, url) for _ in range(2)] == [b"{}"] * 2
        assert (server.accepted, pool.in_use) == (2, 0)


@pytest.mark.anyio
async def test_a_connection_whose_parser_is_elsewhere_is_used_again() -> None:
    """Where httpcore keeps its parser is its own business; this test fails when it moves it."""
    async with serving() as (_, transport, pool, url):
        await get(transport, url)
        ((idle,),) = pool._idle.values()
        assert idle._connection._h11_state.trailing_data == (b"", False)  # type: ignore[attr-defined]
        assert not _left_over(idle)
    assert not _left_over(SimpleNamespace())


@pytest.mark.anyio
async def test_cancelling_while_waiting_for_the_answer_closes_the_connection() -> None:
    """A cancelled request leaves nothing in use, and its connection is not used again."""
    async with serving() as (server, transport, pool, url):
        server.silent = True
        async with anyio.create_task_group() as group:
            group.start_soon(get, transport, url)
            await server.asked.wait()
            group.cancel_scope.cancel()
        await server.gone.wait()
        server.silent = False
        assert await get(transport, url) == b"{}"
        assert (server.accepted, pool.in_use) == (2, 0)


@pytest.mark.anyio
async def test_a_response_that_is_not_read_to_its_end_costs_its_connection() -> None:
    """Closing early closes the connection; closing twice does nothing more."""
    async with serving() as (server, transport, pool, url):
        server.answer = HEAD + b"\r\n{"
        response = await transport.handle_async_request(httpx.Request("GET", url))
        assert pool.in_use == 1
        await response.aclose()
        assert isinstance(response.stream, httpx.AsyncByteStream)
        await response.stream.aclose()
        await server.gone.wait()
        assert (pool.in_use, [*pool._idle.values()]) == (0, [[]])


@pytest.mark.anyio
async def test_a_failed_connection_leaves_nothing_in_use() -> None:
    """Nobody listens: the error comes through and the pool is as before."""
    async with serving() as (_, transport, pool, _url):
        with pytest.raises(httpx.ConnectError):
            await get(transport, "http://127.0.0.1:1/")
        assert pool.in_use == 0


@pytest.mark.anyio
async def test_an_origin_that_cannot_be_connected_to_leaves_nothing_in_use() -> None:
    """When no connection object comes about, nothing is counted."""
    pool = IdleStack(lambda origin: 1 / 0)  # type: ignore[arg-type, return-value]
    transport = httpx.AsyncHTTPTransport()
    transport._pool = pool  # type: ignore[assignment]
    with pytest.raises(ZeroDivisionError):
        await get(transport, "http://127.0.0.1:1/")
    assert pool.in_use == 0


def test_an_httpx_that_keeps_its_pool_elsewhere_keeps_it() -> None:
    """Without the attribute that is replaced, the stock pool stays."""
    elsewhere = SimpleNamespace()
    assert replace_pool(elsewhere) is None  # type: ignore[arg-type]
    assert not vars(elsewhere)


@pytest.mark.anyio
async def test_a_body_without_end_is_given_up_and_its_connection_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reading stops at the bound, and nothing stays in use or open."""
    monkeypatch.setattr(module, "MAX_BODY_BYTES", 100_000)
    async with serving() as (server, _, _pool, url):
        server.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"0" * 300_000
        wire = Transport(url, "Basic secret", timeout_s=30.0, max_connections=1)
        with pytest.raises(InputError, match="the reply is larger"):
            await wire.post(b"{}")
        await server.gone.wait()
        await wire.aclose()


@pytest.mark.anyio
async def test_a_body_that_is_cut_off_is_an_error_of_the_network() -> None:
    """A connection that ends inside the body is not taken for a whole answer."""
    async with serving() as (server, _, _pool, url):
        server.answer, server.hang_up = HEAD + b"\r\n{", True
        wire = Transport(url, "Basic secret", timeout_s=30.0, max_connections=1)
        with pytest.raises(TransportError, match="broke") as cut:
            await wire.post(b"{}")
        await wire.aclose()
        assert cut.value.sent

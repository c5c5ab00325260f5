"""asyncio's transports under httpcore: what arrives, what breaks, and nobody who floods us."""

from __future__ import annotations

import asyncio
import select
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import Any, cast

import anyio
import httpcore
import httpx
import pytest

from faults.adversary import TLS
from leadiq._http.pool import replace_pool
from leadiq._http.streams import MOST_UNREAD_BYTES, Network, Stream, is_readable

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def served(serve: Serve, **settings: Any) -> AsyncIterator[int]:
    """A server, and an orderly end of all its connections; gives its port."""
    tasks: set[asyncio.Task[None] | None] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        try:
            with suppress(ConnectionError, asyncio.CancelledError):
                await serve(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(one, "127.0.0.1", 0, **settings)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for task in filter(None, tasks):
            task.cancel()
        await asyncio.gather(*filter(None, tasks))
        await asyncio.sleep(0)


@asynccontextmanager
async def connected(serve: Serve, **settings: Any) -> AsyncIterator[Stream]:
    """A stream whose other end is served by a function."""
    async with served(serve, **settings) as port:
        stream = await Network().connect_tcp("127.0.0.1", port, timeout=5.0)
        try:
            yield stream
        finally:
            await stream.aclose()


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(100):
        writer.write(data)


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def readable(stream: Stream) -> None:
    while not stream.get_extra_info("is_readable"):  # noqa: ASYNC110 - no event tells it
        await asyncio.sleep(0.001)


@pytest.mark.anyio
async def test_what_is_written_arrives_and_what_arrived_is_read_in_pieces() -> None:
    """No more than asked for is given at once, and the rest the next time."""
    async with connected(echo) as stream:
        await stream.write(b"abc", timeout=5.0)
        assert await stream.read(2, timeout=5.0) + await stream.read(2, timeout=5.0) == b"abc"
        await stream.write(b"de")
        assert await stream.read(100) == b"de"


@pytest.mark.anyio
async def test_the_end_is_nothing_to_read() -> None:
    """Where the other side ends in order, reading gives nothing, again and again."""

    async def ending(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write_eof()

    async with connected(ending) as stream:
        assert [await stream.read(9), await stream.read(9)] == [b"", b""]


@pytest.mark.anyio
async def test_a_connection_that_breaks_is_an_error_of_reading_and_of_writing() -> None:
    """What had arrived is read first."""

    async def breaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"half")
        await reader.read(1)
        writer.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0"
        )
        writer.transport.abort()

    async with connected(breaking) as stream:
        await readable(stream)
        await stream.write(b"x")
        while stream._lost is None:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.001)
        assert await stream.read(9) == b"half"
        with pytest.raises(httpcore.ReadError):
            await stream.read(9)
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"y")


@pytest.mark.anyio
async def test_waiting_ends_in_time() -> None:
    """For an answer that does not come, and for a receiver that takes nothing."""

    async def deaf(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.sleep(60)

    async with connected(deaf) as stream:
        with pytest.raises(httpcore.ReadTimeout):
            await stream.read(9, timeout=0.01)
        with pytest.raises(httpcore.WriteTimeout):
            await stream.write(b"0" * 30_000_000, timeout=0.01)


@pytest.mark.anyio
async def test_a_receiver_that_is_slow_is_waited_for() -> None:
    """Much is written as fast as it is taken."""
    taken = asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.01)
        await reader.readexactly(30_000_000)
        taken.set()
        await reader.read()

    async with connected(slow, limit=40_000_000) as stream:
        await stream.write(b"0" * 30_000_000)
        await taken.wait()


@pytest.mark.anyio
async def test_a_server_that_floods_is_not_listened_to() -> None:
    """What nobody has read stays bounded, and all of it is read in the end."""

    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"0" * 20 * MOST_UNREAD_BYTES)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with connected(flood) as stream:
        await asyncio.sleep(0.05)
        assert len(stream._unread) <= 3 * MOST_UNREAD_BYTES
        read = 0
        while part := await stream.read(65_536):
            read += len(part)
        assert read == 20 * MOST_UNREAD_BYTES


@pytest.mark.anyio
async def test_a_read_that_is_cancelled_loses_nothing() -> None:
    """What arrives afterwards is there for the next one."""
    async with connected(echo) as stream:
        with anyio.move_on_after(0.01):
            await stream.read(9)
        await stream.write(b"late")
        assert await stream.read(9) == b"late"


@pytest.mark.anyio
async def test_nobody_who_listens_is_an_error_of_connecting() -> None:
    """Also where the name is none, and where it takes too long."""
    with pytest.raises(httpcore.ConnectError):
        await Network().connect_tcp("127.0.0.1", 1)
    with pytest.raises(httpcore.ConnectError):
        await Network().connect_tcp("127.0.0.1", 1, local_address="127.0.0.1")
    with pytest.raises(httpcore.ConnectTimeout):
        await Network().connect_tcp("127.0.0.1", 1, timeout=0.0)


@pytest.mark.anyio
async def test_a_connection_has_the_options_that_were_asked_for() -> None:
    """As httpcore's own network sets them."""
    keep = (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    async with served(silent) as port:
        stream = await Network().connect_tcp("127.0.0.1", port, socket_options=[keep])
        assert stream.get_extra_info("socket").getsockopt(*keep[:2])
        assert stream.get_extra_info("ssl_object") is None
        await stream.aclose()


@pytest.mark.anyio
async def test_what_came_unasked_is_seen_before_asyncio_has_read_it() -> None:
    """The socket itself is looked at: data, and the end."""

    async def talking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"x")
        await reader.read()

    async with connected(talking) as stream:
        assert not stream.get_extra_info("is_readable")
        stream._transport.pause_reading()
        await stream.write(b"?")
        await readable(stream)
        assert not stream._unread


def test_where_there_is_no_poll_select_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.delattr(select, "poll")
    here, there = socket.socketpair()
    wire = cast("asyncio.BaseTransport", SimpleNamespace(get_extra_info=lambda _: here))
    with here, there:
        assert not is_readable(wire)
        there.send(b"x")
        assert is_readable(wire)


def context(file: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(TLS / file)
    return made


@pytest.mark.anyio
@pytest.mark.parametrize("file", ["good.pem", "expired.pem"])
async def test_a_server_is_verified(file: str) -> None:
    """Over a good certificate data goes both ways; a bad one ends the connection."""
    client = ssl.create_default_context(cafile=str(TLS / "ca.pem"))
    async with connected(echo, ssl=context(file)) as stream:
        if file != "good.pem":
            with pytest.raises(httpcore.ConnectError):
                await stream.start_tls(client, "127.0.0.1", timeout=5.0)
            return
        secured = await stream.start_tls(client, "127.0.0.1", timeout=5.0)
        assert secured.get_extra_info("ssl_object") is not None
        await secured.write(b"over TLS")
        assert await secured.read(99) == b"over TLS"


@pytest.mark.anyio
async def test_what_came_in_plain_is_never_taken_for_what_came_over_tls() -> None:
    """Who can put bytes before a handshake could answer for the server, without a certificate."""

    async def forging(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        with suppress(ssl.SSLError):
            await writer.start_tls(context("good.pem"))
        await reader.read()

    client = ssl.create_default_context(cafile=str(TLS / "ca.pem"))
    async with connected(forging) as stream:
        while not stream._unread:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.001)
        with pytest.raises(httpcore.ConnectError):
            await stream.start_tls(client, "127.0.0.1", timeout=5.0)
        assert stream._transport.is_closing()


@pytest.mark.anyio
async def test_a_handshake_that_is_not_answered_ends_in_time() -> None:
    """And its connection is closed."""
    async with connected(silent) as stream:
        with pytest.raises(httpcore.ConnectTimeout):
            await stream.start_tls(ssl.create_default_context(), "127.0.0.1", timeout=0.01)
        assert stream._transport.is_closing()


@pytest.mark.anyio
async def test_a_connection_that_is_lost_before_its_handshake_is_no_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """asyncio gives no transport then."""

    async def nothing(*_: Any, **__: Any) -> None:
        return None

    async with connected(silent) as stream:
        monkeypatch.setattr(asyncio.get_running_loop(), "start_tls", nothing)
        with pytest.raises(httpcore.ConnectError):
            await stream.start_tls(ssl.create_default_context(), "127.0.0.1")


@pytest.mark.anyio
async def test_sleeping_is_the_event_loops() -> None:
    """httpcore sleeps between attempts to connect, of which we ask for none."""
    await Network().sleep(0)


async def _ask_twice() -> None:
    """Two requests over one connection of a pool that has been replaced."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1000):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    transport = httpx.AsyncHTTPTransport()
    async with served(answer) as port:
        pool = replace_pool(transport)
        assert pool is not None
        for _ in range(2):
            request = httpx.Request("POST", f"http://127.0.0.1:{port}/", content=b"{}")
            response = await transport.handle_async_request(request)
            assert await response.aread() == b"{}"
        ((idle,),) = pool._idle.values()
        inner = idle._connection._network_stream  # type: ignore[attr-defined]
        assert isinstance(inner, Stream)
        await pool.aclose()


def test_httpcores_connections_go_over_it() -> None:
    """Where httpcore keeps its network is its own business; this test fails when it moves it."""
    asyncio.run(_ask_twice())


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop is not there")
def test_it_works_on_uvloop() -> None:
    """Whose transports and addresses are its own."""
    uvloop = pytest.importorskip("uvloop")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_ask_twice())

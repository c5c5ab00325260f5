"""aiohttp behind httpx's transport: connections are used again, never leaked or confused."""

from __future__ import annotations

import builtins
import functools
import ssl
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import anyio
import httpx
import pytest

from faults.adversary import TLS, Adversary, Step
from faults.steps import CLOSE, STALL, answer, send
from leadiq._http.fast_pool import FastPool, is_watched, replace_with_fast_pool

aiohttp = pytest.importorskip("aiohttp")

GOOD = answer(b"{}")


@pytest.fixture
def anyio_backend() -> str:
    """aiohttp is asyncio's."""
    return "asyncio"


@pytest.fixture
def made() -> Iterator[list[Any]]:
    """The settings of every session that is made."""
    real, seen = aiohttp.ClientSession, []

    @functools.wraps(real)
    def session(**settings: Any) -> Any:
        seen.append(settings)
        return real(**settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiohttp, "ClientSession", session)
        yield seen


def fast() -> tuple[httpx.AsyncHTTPTransport, FastPool]:
    context = ssl.create_default_context(cafile=TLS / "ca.pem")
    transport = httpx.AsyncHTTPTransport(verify=context)
    pool = replace_with_fast_pool(transport, context)
    assert pool is not None
    return transport, pool


async def post(
    transport: httpx.AsyncHTTPTransport, server: Adversary, *, scheme: str = "http", **more: Any
) -> httpx.Response:
    url = f"{scheme}://127.0.0.1:{server.port}/graphql?a=%2F"
    response = await transport.handle_async_request(httpx.Request("POST", url, **more))
    try:
        await response.aread()
    finally:
        await response.aclose()
    return response


def good(*steps: Step) -> Adversary:
    return Adversary(GOOD, steps or (send(GOOD),))


@pytest.mark.anyio
async def test_a_request_goes_out_as_it_is_and_nothing_is_added() -> None:
    """Headers, path and body are what httpx was given; the response is as it came."""
    packed = answer(
        b"\x1f\x8b", "207 Many", "Content-Encoding: gzip", "Set-Cookie: a=b", "X-A: \xe9"
    )
    transport, pool = fast()
    with Adversary(packed, (send(packed),)) as server:
        url = f"http://localhost:{server.port}/graphql?a=%2F"  # an address could have no cookies
        for _ in range(2):
            request = httpx.Request("POST", url, headers={"X-B": "c"}, content=b"{}")
            response = await transport.handle_async_request(request)
            assert b"".join([part async for part in response.aiter_raw()]) == b"\x1f\x8b"
        await transport.aclose()
    assert (response.status_code, response.headers["x-a"]) == (207, "é")
    assert server.requests[1] == server.requests[0]  # no cookie came back
    line, *headers = server.requests[0].decode().partition("\r\n\r\n")[0].split("\r\n")
    assert line == "POST /graphql?a=%2F HTTP/1.1"
    assert {h.partition(":")[0].lower() for h in headers} == {"host", "content-length", "x-b"}
    assert server.requests[0].endswith(b"\r\n\r\n{}")
    assert (server.connections, pool.in_use) == (1, 0)


@pytest.mark.anyio
async def test_a_redirect_is_given_and_not_followed() -> None:
    """Credentials go nowhere else."""
    transport, _ = fast()
    moved = answer(b"", "302 Found", "Location: /elsewhere")
    with good(send(moved)) as server:
        assert (await post(transport, server)).status_code == 302
        await transport.aclose()
    assert len(server.requests) == 1


@pytest.mark.anyio
async def test_servers_are_verified_as_httpx_does_it(made: list[Any]) -> None:
    """The TLS context is the one that was given, and a certificate of another host is refused."""
    transport, pool = fast()
    with Adversary(GOOD, (send(GOOD),), tls=True) as server:
        assert (await post(transport, server, scheme="https")).content == b"{}"
        other = httpx.Request("POST", f"https://[::ffff:127.0.0.1]:{server.port}/")
        with pytest.raises(httpx.ConnectError):
            await transport.handle_async_request(other)
        await transport.aclose()
    (settings,) = made
    assert settings["connector"]._ssl is pool._ssl_context
    assert pool._ssl_context.verify_mode is ssl.CERT_REQUIRED
    assert pool._ssl_context.check_hostname
    assert settings["trust_env"] is False
    assert pool.in_use == 0


@pytest.mark.anyio
async def test_closing_early_costs_the_connection() -> None:
    """A response that is not read to its end is not read on; closing twice does nothing more."""
    transport, pool = fast()
    with good(send(GOOD[:-1]), STALL) as server:
        request = httpx.Request("POST", f"http://127.0.0.1:{server.port}/")
        response = await transport.handle_async_request(request)
        assert pool.in_use == 1
        await response.aclose()
        assert isinstance(response.stream, httpx.AsyncByteStream)
        await response.stream.aclose()
        assert pool.in_use == 0
        await anyio.to_thread.run_sync(server.relent)
        assert (await post(transport, server)).content == b"{}"
        await transport.aclose()
    assert server.connections == 2


@pytest.mark.anyio
async def test_reading_past_the_end_gives_nothing() -> None:
    """A reply that is read again after its end gives no more, and frees no second connection."""
    _, pool = fast()
    with good() as server:
        to = b"http", b"127.0.0.1", server.port, b"/"
        reply = await pool.send("POST", to, connect_s=5.0)
        assert [part async for part in reply] == [b"{}"]
        assert [part async for part in reply] == []
        assert pool.in_use == 0
        await pool.aclose()


@pytest.mark.parametrize(
    ("handle", "watched"),
    [
        (httpx.AsyncHTTPTransport.handle_async_request, False),
        (functools.wraps(httpx.AsyncHTTPTransport.handle_async_request)(lambda _, r: r), True),
        (functools.partial(httpx.AsyncHTTPTransport.handle_async_request), True),
    ],
    ids=["its own", "a function", "an object"],
)
def test_whatever_is_patched_into_httpx_is_seen(handle: Any, watched: bool) -> None:
    """httpx's own method is told from functions and objects in its place, whatever their names."""

    class Patched(httpx.AsyncHTTPTransport):
        handle_async_request = handle

    assert is_watched(Patched()) is watched


@pytest.mark.anyio
@pytest.mark.parametrize("sent", [b"", GOOD[:20], GOOD[:-1]])
async def test_cancelling_closes_the_connection(sent: bytes) -> None:
    """A request cancelled at any point leaves nothing in use, and the server sees it go."""
    transport, pool = fast()
    with good(send(sent), STALL) as server:
        async with anyio.create_task_group() as group:
            group.start_soon(post, transport, server)
            while not server.requests:  # noqa: ASYNC110 - it is in another thread
                await anyio.sleep(0.001)
            await anyio.wait_all_tasks_blocked()
            group.cancel_scope.cancel()
        assert pool.in_use == 0
        await anyio.to_thread.run_sync(server.relent)  # waits until the server has seen it
        assert (await post(transport, server)).content == b"{}"
        await transport.aclose()
    assert server.connections == 2


@pytest.mark.anyio
async def test_what_came_while_idle_is_nobodys_answer() -> None:
    """A connection over which something came in between is closed, and nothing was sent over it."""
    transport, _ = fast()
    stale = answer(b'"of another"')
    with Adversary(GOOD, (send(GOOD),), before=1, then=(send(stale),)) as server:
        assert (await post(transport, server)).content == b"{}"
        server.go_on.set()
        assert server.settled.wait(5)  # nothing else runs: the loop has not read it
        assert (await post(transport, server)).content == b"{}"
        await transport.aclose()
    assert (server.connections, len(server.requests)) == (2, 2)


@pytest.mark.anyio
async def test_it_can_be_used_again_after_it_was_closed() -> None:
    """Closing an unused pool does nothing, and a closed one begins anew, as the default does."""
    transport, _ = fast()
    with good() as server:
        await transport.aclose()
        for _ in range(2):
            assert (await post(transport, server)).content == b"{}"
            await transport.aclose()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("failure", "meant"),
    [
        (aiohttp.ConnectionTimeoutError(), httpx.ConnectTimeout),
        (aiohttp.InvalidURL("https://example.com"), httpx.ConnectError),
        (aiohttp.ServerDisconnectedError(), httpx.RemoteProtocolError),
        (aiohttp.ClientPayloadError(), httpx.RemoteProtocolError),
        (aiohttp.http.HttpProcessingError(), httpx.RemoteProtocolError),
        (aiohttp.ClientOSError(), httpx.ReadError),
        (aiohttp.ClientConnectionResetError(), httpx.ReadError),
        (aiohttp.ServerTimeoutError(), httpx.ReadError),
        (ConnectionResetError(), httpx.ReadError),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
)
async def test_every_exception_becomes_the_one_that_httpx_raises(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, meant: type[Exception]
) -> None:
    """What was certainly not sent is told apart; a bug stays a bug; nothing is left in use."""

    async def fail(*_: Any, **__: Any) -> None:
        raise failure

    transport, pool = fast()
    monkeypatch.setattr(aiohttp.ClientSession, "_request", fail)
    with good() as server, pytest.raises(meant) as raised:
        await post(transport, server)
    await transport.aclose()
    assert type(raised.value) is meant
    assert pool.in_use == 0


@pytest.mark.anyio
async def test_a_body_that_is_cut_off_is_an_error() -> None:
    """A connection that ends inside the body gives no whole answer."""
    transport, pool = fast()
    with good(send(GOOD[:-1]), CLOSE) as server:
        with pytest.raises(httpx.RemoteProtocolError):
            await post(transport, server)
        assert pool.in_use == 0
        await transport.aclose()


@pytest.mark.anyio
async def test_an_ipv6_host_is_written_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts that are addresses with colons are still hosts."""
    seen: list[str] = []

    async def note(_: Any, method: str, url: Any, **__: Any) -> None:
        seen.append(f"{method} {url}")
        raise aiohttp.ClientOSError

    transport, _ = fast()
    monkeypatch.setattr(aiohttp.ClientSession, "_request", note)
    with pytest.raises(httpx.ReadError):
        await transport.handle_async_request(httpx.Request("POST", "https://[::1]:8/a"))
    await transport.aclose()
    assert seen == ["POST https://[::1]:8/a"]


@pytest.mark.anyio
async def test_where_it_cannot_work_the_transport_stays_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without aiohttp, with another, or with another httpx: no change."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    transport = httpx.AsyncHTTPTransport(verify=context)
    stock = transport._pool
    with monkeypatch.context() as patch:
        patch.setattr(aiohttp, "ClientSession", lambda *, max_line_size: None)
        assert replace_with_fast_pool(transport, context) is None
    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", _without_aiohttp)
        assert replace_with_fast_pool(transport, context) is None
    assert transport._pool is stock
    elsewhere = SimpleNamespace()
    assert replace_with_fast_pool(elsewhere, context) is None  # type: ignore[arg-type]
    assert not vars(elsewhere)


_real_import = builtins.__import__


def _without_aiohttp(name: str, *more: Any) -> Any:
    if name == "aiohttp":
        raise ImportError(name)
    return _real_import(name, *more)


def test_it_is_for_asyncio_only() -> None:
    """Outside asyncio, as on trio, the transport stays as it was."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    transport = httpx.AsyncHTTPTransport(verify=context)

    async def choose() -> FastPool | None:
        return replace_with_fast_pool(transport, context)

    assert anyio.run(choose, backend="trio") is None
    assert anyio.run(choose, backend="asyncio") is not None

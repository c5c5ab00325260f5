"""aiohttp's connections behind a real `httpx.AsyncHTTPTransport` (extra `[fast]`, asyncio only).

aiohttp parses HTTP in C: a request costs half of what it costs over httpcore. It is told to do
nothing else: no cookies, no redirects, no decompression, no proxies, no timeouts but the connect
timeout, and TLS as httpx sets it up. The transport stays httpx's own class: while anything is
patched into that class (pytest-httpx, OpenTelemetry), requests go through it. While nothing is,
they go past it, for making and taking apart its requests and responses costs as much as aiohttp.
"""

from __future__ import annotations

from functools import lru_cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, Self, cast
from weakref import WeakSet

from .pool import on_asyncio

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterable

    import aiohttp
    import httpcore
    import httpx
    from yarl import URL

# What aiohttp would add to a request that does not have it.
_NOT_ADDED = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


Address = tuple[bytes, bytes, int, bytes]
"""Scheme, host, port, and path with query."""


class _Stale(Exception):
    """The connection holds what belongs to no request, or its end. Nothing was sent."""


class FastPool:
    """Stands in for `httpcore.AsyncConnectionPool` behind a transport.

    Nobody waits here: the gate of `Transport` lets no more requests in than there may be
    connections.

    Args:
        ssl_context: how servers are verified.
    """

    def __init__(self, ssl_context: ssl.SSLContext) -> None:
        self._ssl_context = ssl_context
        self._session: aiohttp.ClientSession | None = None
        self.in_use = 0

    @property
    def is_open(self) -> bool:
        """Whether there is anything that has to be closed."""
        return self._session is not None

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request of httpx's; its connection comes back when the body has been read.

        Raises:
            httpcore.ConnectError, ConnectTimeout: nothing was sent.
            httpcore.NetworkError, ProtocolError: something may have been.
        """
        import httpcore

        at, stream = request.url, request.stream
        extensions: Any = request.extensions  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        reply = await self.send(
            request.method.decode("ascii"),
            (at.scheme, at.host, at.origin.port, at.target),
            headers=[(k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers],
            data=b"".join([part async for part in cast("AsyncIterable[bytes]", stream)]),
            connect_s=extensions.get("timeout", {}).get("connect"),
            skip_auto_headers=_NOT_ADDED,
        )
        return httpcore.Response(
            reply.status_code,
            headers=list(reply.raw_headers),
            content=reply,
            extensions={"http_version": b"HTTP/1.1"},
        )

    async def send(
        self, method: str, to: Address, *, connect_s: float | None, **more: Any
    ) -> FastReply:
        """Send a request; its connection comes back when the body has been read.

        Args:
            method: GET, POST and so on.
            to: where it goes.
            connect_s: seconds that connecting may take.
            **more: what `aiohttp.ClientSession.request` takes.

        Raises:
            httpcore.ConnectError, ConnectTimeout: nothing was sent.
            httpcore.NetworkError, ProtocolError: something may have been.
        """
        more.update(allow_redirects=False, timeout=_timeout(connect_s))
        self.in_use += 1
        try:
            while True:  # each turn ends one idle connection, and a new one is never stale
                try:
                    response = await self._opened().request(method, _url(*to), **more)
                    return FastReply(self, response)
                except _Stale:
                    continue
        except BaseException as error:
            self.in_use -= 1
            _raise_for_httpcore(error)
            raise

    def _opened(self) -> aiohttp.ClientSession:
        """The session, made in the event loop that sends the first request."""
        if self._session is None:
            import aiohttp

            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0, ssl=self._ssl_context, resolver=aiohttp.ThreadedResolver()
                ),
                request_class=_careful_request(),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(),
                trust_env=False,
            )
        return self._session

    async def aclose(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


def address_of(url: httpx.URL) -> Address:
    """Give what httpx would tell httpcore of a URL."""
    port = url.port or (443 if url.scheme == "https" else 80)
    return url.raw_scheme, url.raw_host, port, url.raw_path


@lru_cache(maxsize=8)
def _url(scheme: bytes, host: bytes, port: int, target: bytes) -> URL:
    """A client has one endpoint: reading it for each request would take a tenth of its time."""
    from yarl import URL

    host = b"[%b]" % host if b":" in host else host
    return URL((b"%b://%b:%d%b" % (scheme, host, port, target)).decode("ascii"), encoded=True)


@lru_cache(maxsize=8)
def _timeout(connect_s: float | None) -> aiohttp.ClientTimeout:
    import aiohttp

    return aiohttp.ClientTimeout(connect=connect_s)


def _careful_request() -> type[aiohttp.ClientRequest]:
    """aiohttp's request, but it looks at a used connection before it goes over it.

    aiohttp would take whatever came over the connection in the meantime for its answer.
    """
    import aiohttp

    from .streams import is_readable

    used: WeakSet[object] = WeakSet()

    class CarefulRequest(aiohttp.ClientRequest):
        async def send(self, conn: Any) -> aiohttp.ClientResponse:
            if conn.protocol in used and (
                conn.protocol.should_close or is_readable(conn.transport)
            ):
                raise _Stale
            used.add(conn.protocol)
            return await super().send(conn)

    return CarefulRequest


class FastReply:
    """A reply and its connection, in the shape of an `httpx.Response` as far as it is read."""

    is_stream_consumed = False

    def __init__(self, pool: FastPool, response: aiohttp.ClientResponse) -> None:
        self.status_code = response.status
        self.headers = response.headers
        self.raw_headers = response.raw_headers
        self.is_closed = False
        self._pool = pool
        self._response = response

    def aiter_raw(self) -> Self:
        """Give the body in pieces, as they come over the wire."""
        return self

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        try:
            part = await self._response.content.readany()
        except BaseException as error:
            await self.aclose()
            _raise_for_httpcore(error)
            raise
        if not part:  # aiohttp has put the connection back
            self._end()
            raise StopAsyncIteration
        return part

    async def aclose(self) -> None:
        """Close the connection, unless the body was read to its end."""
        if not self.is_closed:
            self._end()
            self._response.close()

    def _end(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            self._pool.in_use -= 1


def is_watched(transport: httpx.AsyncHTTPTransport) -> bool:
    """Whether anything but httpx's own code handles the requests of its transports.

    What is asked is where the code comes from: a wrapper takes on the names of what it wraps.
    """
    handle: Any = type(transport).handle_async_request
    if type(handle) is not FunctionType:
        return True
    return not handle.__globals__.get("__name__", "").startswith("httpx.")


def _raise_for_httpcore(error: BaseException) -> None:
    """Raise what httpcore would have raised; return when aiohttp's network has nothing to do."""
    import aiohttp
    import httpcore
    from aiohttp.http import HttpProcessingError

    kind = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        raise httpcore.ConnectTimeout(kind) from error
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.InvalidURL):
        raise httpcore.ConnectError(kind) from error
    broken = aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError
    if isinstance(error, (*broken, aiohttp.ClientResponseError, HttpProcessingError)):
        raise httpcore.RemoteProtocolError(kind) from error
    if isinstance(error, aiohttp.ClientError | OSError):
        raise httpcore.ReadError(kind) from error


def replace_with_fast_pool(
    transport: httpx.AsyncHTTPTransport, ssl_context: ssl.SSLContext
) -> FastPool | None:
    """Put a `FastPool` behind a transport.

    Args:
        transport: httpx's, without a proxy.
        ssl_context: how servers are verified.

    Returns:
        The pool, or None when it cannot work here: the event loop is not asyncio's, aiohttp is
        not there or not as it should be, or this httpx keeps its pool elsewhere. The transport
        is then as it was.
    """
    if not (hasattr(transport, "_pool") and on_asyncio() and _fitting_aiohttp()):
        return None
    pool = FastPool(ssl_context)
    transport._pool = pool  # type: ignore[assignment]  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]
    return pool


def _fitting_aiohttp() -> bool:
    """Whether aiohttp is there, and bounds the headers of a response (3.14)."""
    from inspect import signature

    try:
        import aiohttp
    except ImportError:
        return False
    return "max_headers" in signature(aiohttp.ClientSession).parameters

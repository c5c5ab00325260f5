"""aiohttp's connections behind a real `httpx.AsyncHTTPTransport` (extra `[fast]`, asyncio only).

aiohttp parses HTTP in C: a request costs half of what it costs over httpcore. It is told to do
nothing else: no cookies, no redirects, no decompression, no proxies, no timeouts but the connect
timeout, and TLS as httpx sets it up. Because the transport stays httpx's own class, what is
patched into that class (pytest-httpx) works here too.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakSet

from .pool import on_asyncio

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterable, AsyncIterator

    import aiohttp
    import httpcore
    import httpx
    from yarl import URL

# What aiohttp would add to a request that does not have it.
_NOT_ADDED = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


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
        """Send a request; its connection comes back when the response is closed.

        Raises:
            httpcore.ConnectError, ConnectTimeout: nothing was sent.
            httpcore.NetworkError, ProtocolError: something may have been.
        """
        import httpcore

        self.in_use += 1
        try:
            response = await self._send_over_good_one(request)
        except BaseException as error:
            self.in_use -= 1
            _raise_for_httpcore(error)
            raise
        return httpcore.Response(
            response.status,
            headers=list(response.raw_headers),
            content=_Held(self, response),
            extensions={"http_version": b"HTTP/1.1"},
        )

    async def _send_over_good_one(self, request: httpcore.Request) -> aiohttp.ClientResponse:
        while True:  # each turn ends one idle connection, and a new one is never stale
            try:
                return await self._send(request)
            except _Stale:
                continue

    async def _send(self, request: httpcore.Request) -> aiohttp.ClientResponse:
        at, stream = request.url, request.stream
        extensions: Any = request.extensions  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return await self._opened().request(
            request.method.decode("ascii"),
            _url(at.scheme, at.host, at.origin.port, at.target),
            headers=[(k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers],
            data=b"".join([part async for part in cast("AsyncIterable[bytes]", stream)]),
            allow_redirects=False,
            timeout=_timeout(extensions.get("timeout", {}).get("connect")),
        )

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
                skip_auto_headers=_NOT_ADDED,
                timeout=aiohttp.ClientTimeout(),
                trust_env=False,
            )
        return self._session

    async def aclose(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


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


class _Held:
    """A response's body, and the connection that it comes over."""

    def __init__(self, pool: FastPool, response: aiohttp.ClientResponse) -> None:
        self._pool = pool
        self._response = response
        self._open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while part := await self._response.content.readany():
                yield part
        except BaseException as error:
            await self.aclose()
            _raise_for_httpcore(error)
            raise

    async def aclose(self) -> None:
        """Put the connection back if it can be used again, and close it otherwise."""
        if self._open:
            self._open = False
            self._pool.in_use -= 1
            self._response.close()


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

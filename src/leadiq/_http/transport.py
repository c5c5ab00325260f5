"""Bytes to LeadIQ and back over httpx; no httpx exception escapes."""

from __future__ import annotations

import ssl
import warnings
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol
from urllib.request import getproxies, proxy_bypass

import anyio
import httpx

from .._core.credentials import payer
from .._core.errors import ConfigurationError
from .._version import __version__
from .body import Content, read_body
from .failures import meaning, names
from .fast_pool import FastPool, address_of, is_watched, replace_with_fast_pool
from .pool import replace_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .fast_pool import FastReply
    from .pool import IdleStack

DEFAULT_ENDPOINT = "https://api.leadiq.com/graphql"
USER_AGENT = f"leadiq-sdk/{__version__}"

# Ten times a page of 100 people with every field filled. More than that is not an answer.
MAX_BODY_BYTES = 64 * 1024 * 1024

_LAST_PORT = 65535
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


# A server that has not taken a connection by then is not going to, and what was not sent can be
# sent again, whatever it is.
CONNECT_TIMEOUT_S = 10.0

# httpx's pool becomes slower with every further request under way, and ends up failing all. So many
# carry eight times what a standard plan may send, at a second for each answer.
CLIENT_MAX_CONNECTIONS = 8

PoolChoice = Literal["auto", "default", "fast"]
POOLS: tuple[PoolChoice, ...] = ("auto", "default", "fast")


class Reply(NamedTuple):
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"<reply with status {self.status}, {len(self.body)} bytes>"


class HTTPClient(Protocol):
    """What a caller's own client has to be: an `httpx.AsyncClient` or `httpx2.AsyncClient`."""

    @property
    def is_closed(self) -> bool: ...

    def build_request(
        self,
        method: str,
        url: str,
        *,
        content: bytes,
        headers: dict[str, str],
        extensions: dict[str, Any],
    ) -> Any:
        """Make a request with what the client adds to every request."""

    async def send(self, request: Any, *, stream: bool, follow_redirects: bool) -> Any:
        """Send a request."""


class Transport:
    """Sends GraphQL requests to one endpoint with one key.

    Args:
        endpoint: URL of the GraphQL endpoint.
        authorization: value of the `Authorization` header; None: without.
        timeout_s: seconds that one request may take from connecting to the last byte.
        max_connections: how many requests may be under way at once; 8 at most over a client of
            the caller's, whose pool carries no more.
        client: the caller's own; its auth, headers, hooks, mounts, proxies and TLS settings stay,
            and it is not closed. Its timeouts and redirects do not apply.
        pool: where our own connections come from. "fast" is aiohttp's (extra `[fast]`, asyncio
            only), "default" is httpcore's, and "auto" the fast one where it can work: not on trio,
            and not through a proxy.

    Raises:
        ConfigurationError: the endpoint is not a URL that credentials may be sent to, the
            environment names a proxy that cannot be used, `pool` does not fit the rest, or
            `client` is no asynchronous client.
    """

    def __init__(
        self,
        endpoint: str,
        authorization: str | None,
        *,
        timeout_s: float,
        max_connections: int,
        client: HTTPClient | None = None,
        pool: PoolChoice = "auto",
    ) -> None:
        self._url = checked_endpoint(endpoint)
        self._headers = {
            "Host": self._url.netloc.decode(),
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": USER_AGENT,
        }
        if authorization is not None:
            self._headers["Authorization"] = authorization
        self._timeout_s = timeout_s
        self._client = client
        if client is None:
            self._own = _Own(self._url, self._headers, pool)
        else:
            _no_choice(pool)
            _asynchronous(client)
            max_connections = min(max_connections, CLIENT_MAX_CONNECTIONS)
            # httpx reads text anew for each request; of its descendants each has its own URL
            self._at: Any = self._url if isinstance(client, httpx.AsyncClient) else str(self._url)
        # what a request does next gives way to other tasks; entering need not do so too
        self._gate = anyio.Semaphore(max_connections, fast_acquire=True)

    @property
    def host(self) -> str:
        """Where requests go."""
        return self._url.host

    @property
    def payer(self) -> str:
        """Tells accounts apart without telling a key; empty where the key is not known here."""
        header = self._headers.get("Authorization")
        return payer(str(self._url), header) if header else ""

    @property
    def kind(self) -> str:
        """What carries requests: "client", "fast", "default", "stock"; "auto" until known."""
        return "client" if self._client is not None else self._own.kind

    @property
    def in_use(self) -> int:
        """How many of our own connections carry a request; 0 when they are the caller's."""
        return 0 if self._client is not None else self._own.in_use

    async def post(self, body: bytes, timeout_s: float | None = None) -> Reply:
        """Send one request.

        Args:
            body: JSON.
            timeout_s: seconds that it may take, if not as long as every request.

        Raises:
            ConnectError: nothing reached LeadIQ.
            RequestTimeoutError: no complete answer within `timeout_s`.
            TransportError: the connection broke; LeadIQ may have taken the request.
            ServerError: the answer cannot be decompressed.
            InputError: the answer is larger than `MAX_BODY_BYTES`.
            ConfigurationError: the caller's client is closed, or the fast pool cannot work here.
        """
        within_s = self._timeout_s if timeout_s is None else timeout_s
        async with self._gate:
            try:
                with anyio.move_on_after(within_s):
                    return await self._exchange(body, within_s)
                raise TimeoutError
            except Exception as error:
                known = meaning(error, self.host, within_s)
                if known is None:
                    raise
                raise known from None  # the cause holds the request, and with it the key

    async def _exchange(self, body: bytes, within_s: float) -> Reply:
        # a third, for TCP and TLS have it one after the other: both end before the whole does
        begin_s = min(CONNECT_TIMEOUT_S, within_s / 3)
        timeout = {"connect": begin_s, "pool": begin_s, "read": None, "write": None}
        try:
            response = await self._send(body, {"timeout": timeout})
        except Exception as error:
            if "HTTPStatusError" not in names(error):
                raise
            # a hook of the caller's calls `raise_for_status`, but what it means is ours to tell
            response = getattr(error, "response")  # noqa: B009 - of either library
            read = response.content if response.is_stream_consumed else b""
            return Reply(response.status_code, response.headers, read)
        try:
            content = await read_body(response, MAX_BODY_BYTES)
        finally:
            if not response.is_closed:
                with anyio.CancelScope(shield=True):
                    await response.aclose()
        return Reply(response.status_code, response.headers, content)

    async def _send(self, body: bytes, extensions: dict[str, Any]) -> Any:
        if self._client is None:
            return await self._own.send(body, extensions)
        if self._client.is_closed:
            raise ConfigurationError("the HTTP client that was given is closed", sent=False)
        request = self._client.build_request(
            "POST", self._at, headers=self._headers, content=body, extensions=extensions
        )
        return await self._client.send(request, stream=True, follow_redirects=False)

    async def aclose(self) -> None:
        """Close the connections, unless they are the caller's."""
        if self._client is None:
            await self._own.aclose()


class _Own:
    """A transport of ours: a real `httpx.AsyncHTTPTransport` over the pool that was chosen.

    Requests go in one floor below `AsyncClient.send`, where they cost a third, through the class's
    own method as it is at that moment: whoever patches it (pytest-httpx) sees every request. Past
    it they go only to the fast pool, and only while nobody has patched it.
    """

    def __init__(self, url: httpx.URL, headers: dict[str, str], pool: PoolChoice) -> None:
        self._url = url
        self._headers = httpx.Headers(headers)
        self._given, self._to = headers, address_of(url)
        self._pool: FastPool | IdleStack | None = None
        if pool not in POOLS:
            raise ConfigurationError(f"pool has to be one of {', '.join(POOLS)}", sent=False)
        self._ssl_context = _ssl_context(url)
        proxy = _proxy(url)
        if proxy is not None and pool == "fast":
            text = "the fast pool goes through no proxy, and the environment names one"
            raise ConfigurationError(text, sent=False)
        self._transport = _through(proxy, self._ssl_context)
        self._choice: PoolChoice = "default" if proxy is not None else pool
        self.kind: str = self._choice

    @property
    def in_use(self) -> int:
        return 0 if self._pool is None else self._pool.in_use

    async def send(self, body: bytes, extensions: dict[str, Any]) -> httpx.Response | FastReply:
        if self._pool is None and self.kind != "stock":
            self._settle()
        if isinstance(self._pool, FastPool) and not is_watched(self._transport):
            connect_s = extensions["timeout"]["connect"]
            return await self._pool.send(
                "POST", self._to, headers=self._given, data=body, connect_s=connect_s
            )
        request = httpx.Request(
            "POST", self._url, headers=self._headers, stream=Content(body), extensions=extensions
        )
        request.headers["Content-Length"] = str(len(body))
        return await self._transport.handle_async_request(request)

    def _settle(self) -> None:
        """Choose, at the first request, when the event loop is known."""
        if self._choice != "default":
            self._pool = replace_with_fast_pool(self._transport, self._ssl_context)
            self.kind = "fast"
        if self._pool is None and self._choice == "fast":
            text = "the fast pool needs asyncio and leadiq-sdk[fast]"
            raise ConfigurationError(text, sent=False)
        if self._pool is None:
            self._pool = replace_pool(self._transport)
            self.kind = "stock" if self._pool is None else "default"

    async def aclose(self) -> None:
        await self._transport.aclose()

    def __del__(self, warn: Callable[..., None] = warnings.warn) -> None:
        if self._pool is not None and self._pool.is_open:
            text = "a LeadIQ client was not closed; use `async with`, or `await leadiq.aclose()`"
            warn(text, ResourceWarning, stacklevel=2, source=self)


def _no_choice(pool: PoolChoice) -> None:
    if pool != "auto":
        text = "an HTTP client of your own has its own pool; leave the choice of one out"
        raise ConfigurationError(text, sent=False)


def _asynchronous(client: object) -> None:
    """A client that is not would send, stop the whole event loop for it, and lose the answer."""
    if isinstance(client, type) or not hasattr(client, "send") or hasattr(client, "__enter__"):
        text = "http_client has to be an httpx.AsyncClient or httpx2.AsyncClient"
        raise ConfigurationError(text, sent=False)


def _ssl_context(url: httpx.URL) -> ssl.SSLContext:
    """How servers are verified: as httpx does. No setting turns it off."""
    if url.scheme == "http":
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # verifies, and trusts nobody
    return httpx.create_ssl_context()


def _proxy(url: httpx.URL) -> str | None:
    """The proxy that the environment names for an endpoint; this machine needs none."""
    proxies = getproxies()
    if url.host in LOOPBACK or proxy_bypass(url.host):
        return None
    return proxies.get(url.scheme) or proxies.get("all")


def _through(proxy: str | None, context: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
    try:
        return httpx.AsyncHTTPTransport(verify=context, proxy=proxy)
    except (ImportError, ValueError, httpx.InvalidURL):
        text = "the proxy that the environment names cannot be used"
        text += "; SOCKS needs httpx[socks], or pass an HTTP client of your own"
        raise ConfigurationError(text, sent=False) from None


def checked_endpoint(endpoint: str) -> httpx.URL:
    """Give the URL of an endpoint that a key may be sent to.

    Raises:
        ConfigurationError: it is no URL, or it would show the key to the network.
    """
    try:
        url = httpx.URL(endpoint)
        host, port = url.host, url.port
    except (httpx.InvalidURL, UnicodeError, TypeError):
        url, host, port = httpx.URL(), "", None
    if url.scheme not in {"http", "https"} or not host or "%" in host or (port or 1) > _LAST_PORT:
        text = "the endpoint is not a URL; use something like https://api.leadiq.com/graphql"
        raise ConfigurationError(text, sent=False)
    if url.scheme == "http" and url.host not in LOOPBACK:
        text = "the endpoint is plain http, which would show the API key to the network; use https"
        raise ConfigurationError(text, sent=False)
    return url

"""Bytes to LeadIQ and back over httpx; no httpx exception escapes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.request import getproxies, proxy_bypass

import anyio
import httpx

from ._errors import (
    ConfigurationError,
    ConnectError,
    InputError,
    LeadIQError,
    RequestTimeoutError,
    ServerError,
    TransportError,
)
from ._pool import replace_pool
from ._version import __version__

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

DEFAULT_ENDPOINT = "https://api.leadiq.com/graphql"
USER_AGENT = f"leadiq-sdk/{__version__}"

# Ten times a page of 100 people with every field filled. More than that is not an answer.
MAX_BODY_BYTES = 64 * 1024 * 1024

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Reply(NamedTuple):
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Sends GraphQL requests to one endpoint with one key.

    Args:
        endpoint: URL of the GraphQL endpoint.
        authorization: value of the `Authorization` header.
        timeout_s: seconds that one request may take from connecting to the last byte.
        max_connections: how many requests may be under way at once.
        client: the caller's own; its auth, hooks, mounts and proxies stay, and it is not closed.
    """

    def __init__(
        self,
        endpoint: str,
        authorization: str,
        *,
        timeout_s: float,
        max_connections: int,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._url = _checked(endpoint)
        self._headers = {
            "Host": self._url.netloc.decode(),
            "Authorization": authorization,
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": USER_AGENT,
        }
        self._timeout_s = timeout_s
        self._gate = anyio.Semaphore(max_connections)
        self._own: httpx.AsyncHTTPTransport | None = None
        self._send: Callable[[httpx.Request], Awaitable[httpx.Response]]
        if client is None:
            # One floor below `AsyncClient.send`, where a request costs a third.
            self._own = _own_transport(self._url)
            self._send = self._own.handle_async_request
        else:
            self._send = partial(client.send, stream=True, follow_redirects=False)

    @property
    def host(self) -> str:
        """Where requests go."""
        return self._url.host

    async def post(self, body: bytes) -> Reply:
        """Send one request.

        Raises:
            ConnectError: nothing reached LeadIQ.
            RequestTimeoutError: no complete answer within `timeout_s`.
            TransportError: the connection broke; LeadIQ may have taken the request.
            ServerError: the answer cannot be decompressed.
            InputError: the answer is larger than `MAX_BODY_BYTES`.
        """
        async with self._gate:
            try:
                with anyio.fail_after(self._timeout_s):
                    return await self._exchange(body)
            except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as error:
                raise self._meaning(error) from None

    async def _exchange(self, body: bytes) -> Reply:
        request = httpx.Request("POST", self._url, headers=self._headers, content=body)
        response = await self._send(request)
        try:
            return Reply(response.status_code, response.headers, await _read(response))
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()

    def _meaning(self, error: Exception) -> LeadIQError:
        if isinstance(error, TimeoutError | httpx.TimeoutException):
            sent = not isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout)
            text = f"no answer from LeadIQ within {self._timeout_s:g} seconds"
            return RequestTimeoutError(text, sent=sent)
        kind = type(error).__name__  # not the text, which may hold what was sent
        if isinstance(error, httpx.ConnectError | httpx.ProxyError | httpx.UnsupportedProtocol):
            return ConnectError(f"cannot connect to {self.host} ({kind})", sent=False)
        if isinstance(error, httpx.DecodingError):
            return ServerError("the reply cannot be decompressed")
        return TransportError(f"the connection to LeadIQ broke ({kind})")

    async def aclose(self) -> None:
        """Close the connections, unless they are the caller's."""
        if self._own is not None:
            await self._own.aclose()


async def _read(response: httpx.Response) -> bytes:
    """Read a body to its end, or up to what no answer is larger than.

    A body that is too large is closed and then read on, so that httpx's generators end by
    themselves instead of being left to the garbage collector.
    """
    parts: list[bytes] = []
    size = 0
    try:
        async for part in response.aiter_bytes():
            size += len(part)
            if size > MAX_BODY_BYTES:
                parts.clear()
                await response.aclose()
            else:
                parts.append(part)
    except (httpx.HTTPError, httpx.StreamError):
        if size <= MAX_BODY_BYTES:
            raise
    if size > MAX_BODY_BYTES:
        limit = MAX_BODY_BYTES // 1024**2
        raise InputError(f"the reply is larger than {limit} MiB; ask for a smaller page")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _own_transport(url: httpx.URL) -> httpx.AsyncHTTPTransport:
    """A transport of ours, through the proxy that the environment names for this endpoint."""
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if url.host in _LOOPBACK or proxy_bypass(url.host):
        proxy = None
    transport = httpx.AsyncHTTPTransport(proxy=proxy)
    replace_pool(transport)
    return transport


def _checked(endpoint: str) -> httpx.URL:
    try:
        url = httpx.URL(endpoint)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in {"http", "https"} or not url.host:
        text = "the endpoint is not a URL; use something like https://api.leadiq.com/graphql"
        raise ConfigurationError(text, sent=False)
    if url.scheme == "http" and url.host not in _LOOPBACK:
        text = "the endpoint is plain http, which would show the API key to the network; use https"
        raise ConfigurationError(text, sent=False)
    return url

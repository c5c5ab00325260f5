"""Connections in constant time, inside a real `httpx.AsyncHTTPTransport`.

httpcore's pool looks at every connection several times for each request: at 16 connections that
is 42 % of a client's time, and with hundreds of waiting tasks it no longer finishes any. Here a
request takes the connection that was used last and puts it back. Connections themselves (HTTP/1.1,
TLS, proxies, both event loops) stay httpcore's. Nobody waits here: the gate of `Transport` lets
no more requests in than there may be connections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import httpcore
    import httpx
    from httpcore import AsyncConnectionInterface


class IdleStack:
    """Stands in for `httpcore.AsyncConnectionPool` behind a transport.

    Args:
        create: makes a connection to an origin; the stock pool's own, so that proxies stay.
    """

    def __init__(self, create: Callable[[httpcore.Origin], AsyncConnectionInterface]) -> None:
        self._create = create
        self._idle: dict[tuple[bytes, bytes, int], list[AsyncConnectionInterface]] = {}
        self.in_use = 0

    @property
    def is_open(self) -> bool:
        """Whether there is a connection that has to be closed."""
        return self.in_use > 0 or any(self._idle.values())

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request; its connection comes back when the response is closed."""
        import httpcore  # loads every event loop's backend: not before a request is sent

        origin = request.url.origin
        idle = self._idle.setdefault((origin.scheme, origin.host, origin.port), [])
        self.in_use += 1
        try:
            connection = await _alive(idle) or self._create(origin)
        except BaseException:
            self.in_use -= 1
            raise
        held = _Held(self, connection, idle)
        try:
            response = await connection.handle_async_request(request)
        except BaseException:
            await held.aclose()
            raise
        held.body = response.stream
        extensions: Any = response.extensions  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return httpcore.Response(
            response.status, headers=response.headers, content=held, extensions=extensions
        )

    async def aclose(self) -> None:
        """Close every idle connection."""
        for idle in self._idle.values():
            while idle:
                await _close(idle.pop())


class _Held:
    """A response's body, and the connection that it comes over."""

    def __init__(
        self,
        pool: IdleStack,
        connection: AsyncConnectionInterface,
        idle: list[AsyncConnectionInterface],
    ) -> None:
        self.body: Any = None
        self._pool = pool
        self._connection = connection
        self._idle = idle
        self._open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self.body:
            yield part

    async def aclose(self) -> None:
        """Put the connection back if it can be used again, and close it otherwise."""
        if not self._open:
            return
        self._open = False
        self._pool.in_use -= 1
        if self.body is not None:
            with anyio.CancelScope(shield=True):
                await self.body.aclose()
            if self._connection.is_idle() and not _left_over(self._connection):
                self._idle.append(self._connection)
                return
        await _close(self._connection)


async def _alive(idle: list[AsyncConnectionInterface]) -> AsyncConnectionInterface | None:
    while idle:
        connection = idle.pop()
        if connection.is_idle() and not connection.has_expired():
            return connection
        await _close(connection)
    return None


def _left_over(connection: Any) -> bool:
    """Whether the server has sent more than its answer, which the next request would take for its.

    httpcore does not look. Where its connections keep their parser is private: when it moves, a
    test fails, and such a connection is used again as httpcore itself would.
    """
    while connection is not None:
        parser = getattr(connection, "_h11_state", None)
        if parser is not None:
            return bool(parser.trailing_data[0])
        connection = getattr(connection, "_connection", None)
    return False


async def _close(connection: AsyncConnectionInterface) -> None:
    with anyio.CancelScope(shield=True):
        await connection.aclose()


def on_asyncio() -> bool:
    """Whether the event loop that runs is asyncio's."""
    import asyncio  # not before there is a loop of some kind

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def replace_pool(transport: httpx.AsyncHTTPTransport) -> IdleStack | None:
    """Put an `IdleStack` behind a transport.

    Returns:
        The pool, or None when this httpx keeps its pool elsewhere: the stock one then stays, which
        is slower and no less right.
    """
    stock: Any = getattr(transport, "_pool", None)
    create = getattr(stock, "create_connection", None)
    if create is None:
        return None
    if on_asyncio() and hasattr(stock, "_network_backend"):
        from .streams import Network

        stock._network_backend = Network()
    pool = IdleStack(create)
    transport._pool = pool  # type: ignore[assignment]  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]
    return pool

"""asyncio's transports as httpcore's network, without the layers that work on every event loop.

httpcore goes through anyio on asyncio: for each request that is six turns of the event loop and a
dozen cancel scopes more. Connections, TLS settings and proxies stay httpcore's.
"""

from __future__ import annotations

import asyncio
import select
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import anyio
import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator, Iterable

MOST_UNREAD_BYTES = 256 * 1024
"""Above this nothing more is taken from the socket until somebody reads."""

_HEAD_START_S = 0.25  # of each address over the next, as anyio has it [RFC 8305, 5]


class Network(httpcore.AsyncNetworkBackend):
    """Connects over asyncio."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        """Connect.

        Raises:
            httpcore.ConnectError, ConnectTimeout: there is no connection.
        """
        loop = asyncio.get_running_loop()
        stock = isinstance(loop, asyncio.BaseEventLoop)  # uvloop tries one address after the other
        settings: Any = {"happy_eyeballs_delay": _HEAD_START_S} if stock else {}
        if local_address is not None:
            settings["local_addr"] = (local_address, 0)
        with _connecting(timeout):
            _, stream = await loop.create_connection(Stream, host, port, **settings)
        for option in socket_options or ():
            stream.get_extra_info("socket").setsockopt(*option)
        return stream

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection: what has arrived and was not read, and how it ended."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self._unread = b""
        self._ended = False
        self._lost: Exception | None = None
        self._paused = False
        self._arrival: asyncio.Future[None] | None = None
        self._writable = asyncio.Event()
        self._writable.set()

    # -- what asyncio tells --

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        if len(self._unread) > MOST_UNREAD_BYTES and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = exc
        self._writable.set()
        self._end()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def _end(self) -> None:
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._arrival is not None and not self._arrival.done():
            self._arrival.set_result(None)

    # -- what httpcore asks --

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Give what has arrived, or wait for it; nothing at the end.

        Raises:
            httpcore.ReadError: the connection broke.
            httpcore.ReadTimeout: nothing came in time.
        """
        if not (self._unread or self._ended):
            await self._wait(timeout)
        if not self._unread and self._lost is not None:
            raise httpcore.ReadError(type(self._lost).__name__)
        data, self._unread = self._unread[:max_bytes], self._unread[max_bytes:]
        if self._paused and len(self._unread) <= MOST_UNREAD_BYTES:
            self._paused = False
            self._transport.resume_reading()
        return data

    async def _wait(self, within_s: float | None) -> None:
        self._arrival = asyncio.get_running_loop().create_future()
        if within_s is None:
            await self._arrival
            return
        with anyio.move_on_after(within_s):
            await self._arrival
            return
        raise httpcore.ReadTimeout

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send.

        Raises:
            httpcore.WriteError: the connection is broken.
            httpcore.WriteTimeout: the other side did not take it in time.
        """
        if self._transport.is_closing():
            raise httpcore.WriteError
        self._transport.write(buffer)
        if self._writable.is_set():
            return
        with anyio.move_on_after(timeout):
            await self._writable.wait()
            return
        raise httpcore.WriteTimeout

    async def aclose(self) -> None:
        self._transport.abort()
        await asyncio.sleep(0)  # then the socket is closed

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        """Go on with TLS.

        Raises:
            httpcore.ConnectError, ConnectTimeout: there is no connection any more; or the other
                side spoke before the handshake.
        """
        loop, plain = asyncio.get_running_loop(), self._transport
        try:
            with _connecting(timeout):
                if self._unread:  # came in plain: nobody may take it for what comes over TLS
                    raise httpcore.ConnectError
                secured = await loop.start_tls(
                    plain, self, ssl_context, server_hostname=server_hostname
                )
                if secured is None:  # the connection was lost meanwhile
                    raise httpcore.ConnectError
        except BaseException:
            plain.abort()
            raise
        self._transport = secured
        return self

    def get_extra_info(self, info: str) -> Any:
        """Tell what httpcore looks at: `ssl_object`, `socket`, and `is_readable`."""
        if info == "is_readable":
            return self._ended or bool(self._unread) or is_readable(self._transport)
        return self._transport.get_extra_info(info)


def is_readable(transport: asyncio.BaseTransport) -> bool:
    """Whether there is something to read that asyncio has not seen: data, or the end."""
    socket = transport.get_extra_info("socket")
    if not hasattr(select, "poll"):  # on Windows
        return bool(select.select([socket], [], [], 0)[0])
    poll = select.poll()  # the other one has no room for a thousand sockets
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))


@contextmanager
def _connecting(within_s: float | None) -> Generator[None]:
    try:
        with anyio.fail_after(within_s):
            yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(type(error).__name__) from error
    except OSError as error:  # TLS's errors among them
        raise httpcore.ConnectError(type(error).__name__) from error

"""Bodies in and answers out: whole, cut off, or with the connection reset.

ASGI has no word for a broken connection. Our own server therefore puts each connection's transport
into the scope (see _server); with any other server, and in process, breaking off is a
ConnectionResetError out of the application, which servers answer by closing the connection.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self, cast

import anyio
from anyio.lowlevel import checkpoint
from pydantic_core import PydanticSerializationError, to_json

from leadiq.sandbox._errors import Refusal

if TYPE_CHECKING:
    import asyncio

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = dict[bytes, bytes]

TRANSPORT = "leadiq.sandbox.transport"
JSON = b"application/json; charset=utf-8"
HTML = b"text/html; charset=utf-8"
# On, for 0 seconds: closing sends a reset instead of an orderly end.
_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. With `cut` only that many bytes of the body are sent before the connection ends,
    by a reset if `reset`; a `cut` of None sends all, and a reset at 0 not even the head.
    """

    status: int
    body: bytes
    content_type: bytes = JSON
    headers: tuple[tuple[bytes, bytes], ...] = ()
    cut: int | None = None
    reset: bool = False

    @classmethod
    def of(cls, status: int, value: object) -> Self:
        """Return a reply that says `value` in JSON."""
        try:
            body = to_json(value, inf_nan_mode="null")  # 1e400 is JSON, and infinite
        except PydanticSerializationError:  # half of a surrogate pair that a client has sent
            body = json.dumps(value, ensure_ascii=False).encode(errors="replace")
        return cls(status, body)

    def broken(self, cut: int, *, reset: bool) -> Reply:
        """Return this reply, cut off after `cut` bytes of its body."""
        return replace(self, cut=cut, reset=reset)

    async def send(self, scope: Message, send: Send) -> None:
        """Send it.

        Raises:
            ConnectionResetError: it is to be broken off and the server does not lend its transport.
        """
        if not (self.reset and self.cut == 0):
            await send(
                {"type": "http.response.start", "status": self.status, "headers": self._head}
            )
            part = self.body[: self.cut]
            more = self.cut is not None
            await send({"type": "http.response.body", "body": part, "more_body": more})
        if self.cut is not None:
            await _break(scope, reset=self.reset)

    @property
    def _head(self) -> list[tuple[bytes, bytes]]:
        length = str(len(self.body)).encode()
        kind = (b"content-type", self.content_type)
        return [kind, (b"content-length", length), *self.headers]


def headers_of(scope: Message) -> Headers:
    """Return a request's headers; of several of one name, the last."""
    return dict(scope["headers"])


async def read_body(receive: Receive, most: int) -> bytes:
    """Return the body; what is over `most` bytes is read to its end but not kept.

    Raises:
        Refusal: 413, it is larger than `most`; 400, the client was gone before its end.
    """
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "The body has no end.")
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size <= most:
            chunks.append(chunk)
        more = message.get("more_body", False)
    if size > most:
        raise Refusal(413, f"The body is larger than {most} bytes.")
    return b"".join(chunks)


async def is_gone(receive: Receive) -> bool:
    """Tell whether the client has closed the connection, once its body has been read."""
    message: Message = {}
    with anyio.move_on_after(0):
        message = await receive()
    return message.get("type") == "http.disconnect"


async def _break(scope: Message, *, reset: bool) -> None:
    transport = cast(
        "asyncio.Transport | None", cast("Message", scope.get("state") or {}).get(TRANSPORT)
    )
    if transport is None:
        raise ConnectionResetError("The sandbox broke the connection, as it was told to.")
    if reset:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
    else:
        transport.close()
    # The server learns of the end one turn of its loop later, and then asks for no more.
    await checkpoint()

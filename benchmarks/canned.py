"""A loopback server so cheap that a client is the bottleneck: the same bytes, always.

    POST /person        one person, every field filled
    POST /people        a hundred people

It reads no more of a request than its length, and speaks no more of HTTP than it has to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from .payload import DOCUMENTS, body
from .processes import told


def replies() -> dict[bytes, bytes]:
    """The replies, whole, by the path of the request."""
    return {page.encode(): reply(body(page)) for page in DOCUMENTS}


def reply(content: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(content) + content


class Connection(asyncio.Protocol):
    """Answers what comes over one connection, one request after the other."""

    def __init__(self, replies: Mapping[bytes, bytes]) -> None:
        self._replies = replies
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, end, body = self._seen.partition(b"\r\n\r\n")
        if not end:
            return
        lower = head.lower()
        after = lower.find(b"content-length:") + len(b"content-length:")
        if len(body) >= int(lower[after : lower.find(b"\r", after) % (len(lower) + 1)]):
            path = head[head.index(b"/") + 1 : head.index(b" HTTP")]
            self._seen = b""
            self._transport.write(self._replies[path])


async def main() -> None:
    made = replies()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(made), "127.0.0.1", 0, backlog=4096)
    told(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())

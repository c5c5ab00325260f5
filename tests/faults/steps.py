"""What an adversary can do with a request, and the bytes that it does it with."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any

from .adversary import Peer, Step, certified

PERSON = {
    "id": "PersonID-00000000-0000-4000-8000-000000000001",
    "name": {"first": "Ada", "fullName": "Ada Example"},
    "currentPositions": [],
    "pastPositions": [],
    "profiles": [],
    "education": [],
    "personalEmails": [],
    "personalPhones": [],
}
PAGE = {"totalResults": 1, "hasMore": False, "results": [PERSON]}


def page(**changes: Any) -> dict[str, Any]:
    """A good answer to `searchPeople`, with some of its members changed."""
    return {"data": {"searchPeople": PAGE | changes}}


def error(message: str = "refused", **extensions: Any) -> dict[str, Any]:
    """An answer that holds one error."""
    return {"data": None, "errors": [{"message": message, "extensions": extensions}]}


def answer(
    body: bytes | dict[str, Any] | None = None,
    status: str = "200 OK",
    *headers: str,
    length: int | None = None,
    version: str = "HTTP/1.1",
) -> bytes:
    """A whole HTTP response.

    Args:
        body: bytes, or something to be written as JSON; a good page when left out.
        status: code and reason.
        headers: lines beyond `Content-Type` and `Content-Length`.
        length: another `Content-Length` than the right one; below zero for none.
        version: what the status line begins with.
    """
    content = body if isinstance(body, bytes) else json.dumps(body or page()).encode()
    lines = [f"{version} {status}", *headers]
    if not any(line.startswith("Content-Type:") for line in headers):
        lines.append("Content-Type: application/json")
    size = len(content) if length is None else length
    if size >= 0:
        lines.append(f"Content-Length: {size}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """A whole HTTP response in chunks."""
    framed = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    return answer(framed + end, "200 OK", "Transfer-Encoding: chunked", length=-1)


def send(*data: bytes) -> Step:
    """Send, each piece by itself."""

    def step(peer: Peer) -> None:
        for piece in data:
            peer.send(piece)

    return step


def inject(data: bytes) -> Step:
    """Send past the encryption."""
    return lambda peer: peer.inject(data)


def drip(data: bytes, interval_s: float = 0.01) -> Step:
    """Send one byte at a time, slowly, until the client has had enough."""

    def step(peer: Peer) -> None:
        pause = threading.Event()
        for at in range(len(data)):
            if not peer.send(data[at : at + 1]):
                return
            pause.wait(interval_s)

    return step


def flood(head: bytes, data: bytes) -> Step:
    """Send the same for ever."""

    def step(peer: Peer) -> None:
        going = peer.send(head)
        while going:
            going = peer.send(data)

    return step


STALL: Step = Peer.wait_gone
CLOSE: Step = Peer.close
RESET: Step = Peer.reset

Welcome = Callable[[socket.socket], socket.socket]


def showing(name: str) -> Welcome:
    """Speak TLS with another certificate."""
    return lambda stream: certified(name).wrap_socket(stream, server_side=True)


def plainly(stream: socket.socket) -> socket.socket:
    """Answer a TLS hello in plain HTTP."""
    stream.recv(65536)
    stream.sendall(answer(b"plain", "400 Bad Request"))
    raise ssl.SSLError("the client wanted TLS")


def resetting(stream: socket.socket) -> socket.socket:
    """Reset the connection in the middle of the TLS handshake."""
    stream.recv(1)
    Peer(stream).reset()
    raise ssl.SSLError("reset")


def stalling(stream: socket.socket) -> socket.socket:
    """Never answer the TLS hello."""
    Peer(stream).wait_gone()
    raise ssl.SSLError("gone")

"""A TCP server that misbehaves on demand, in threads of its own: both event loops meet the same.

It answers the first request, or the first connection, as it was told to, and everything after
`relent()` as a good server would.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from math import inf
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

TLS = Path(__file__).parent / "tls"
PATIENCE_S = 8.0  # nothing here takes a second; a test that hangs shall say so

Step = Callable[["Peer"], None]
Door = Literal["open", "closed", "full"]


def certified(name: str) -> ssl.SSLContext:
    """How a server shows the certificate of that name, one of `tls/`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / f"{name}.pem")
    return context


class Peer:
    """One connection, from the server's side."""

    def __init__(self, stream: socket.socket) -> None:
        stream.settimeout(PATIENCE_S)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = stream
        self._read = b""

    def request(self) -> bytes | None:
        """Wait for a whole request; None when the client has hung up."""
        while b"\r\n\r\n" not in self._read:
            if not self._receive():
                return None
        head, _, rest = self._read.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        while len(rest) < length:
            if not self._receive():
                return None
            rest = self._read.partition(b"\r\n\r\n")[2]
        self._read = rest[length:]
        return head + b"\r\n\r\n" + rest[:length]

    def _receive(self) -> bool:
        try:
            data = self.stream.recv(65536)
        except TimeoutError:
            raise
        except OSError:
            return False
        self._read += data
        return bool(data)

    def send(self, data: bytes) -> bool:
        """Send; False when the client has hung up."""
        try:
            self.stream.sendall(data)
        except TimeoutError:
            raise
        except OSError:
            return False
        return True

    def inject(self, data: bytes) -> None:
        """Send past the encryption."""
        socket.socket.send(self.stream, data)

    def wait_gone(self) -> None:
        """Do nothing until the client hangs up."""
        while self._receive():
            pass

    def close(self) -> None:
        """Hang up in order."""
        with suppress(OSError):
            self.stream.shutdown(socket.SHUT_RDWR)
        self.stream.close()

    def reset(self) -> None:
        """Hang up so that the client's next look at the connection fails."""
        self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if isinstance(self.stream, ssl.SSLSocket):
            socket.socket.close(self.stream)
        else:
            self.stream.close()

    @property
    def is_open(self) -> bool:
        return self.stream.fileno() >= 0


class Adversary:
    """The server; leaving it waits until every connection is gone, so a leak fails the test.

    Args:
        good: the answer to every request once it has relented, and to the first `before`.
        steps: what is done at a request instead of answering it.
        times: how many requests are answered badly before it relents by itself.
        before: how many requests are answered well at first.
        then: what is done after those, once `go_on` is set; then it sets `settled`.
        door: whether connections come about.
        tls: whether TLS is spoken once it has relented.
        welcome: what is done with a new connection instead of speaking TLS or not.
    """

    def __init__(
        self,
        good: bytes,
        steps: tuple[Step, ...],
        *,
        times: float = inf,
        before: int = 0,
        then: tuple[Step, ...] = (),
        door: Door = "open",
        tls: bool = False,
        welcome: Callable[[socket.socket], socket.socket] | None = None,
    ) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self.go_on = threading.Event()
        self.settled = threading.Event()
        self._good, self._steps, self._before, self._then = good, steps, before, then
        self._bad = before + times
        self._tls = certified("good") if tls else None
        self._welcome = welcome
        self._relented = False
        self._threads: list[threading.Thread] = []
        self._problems: list[BaseException] = []
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", 0))
        self._fillers: list[socket.socket] = []
        self._door = door
        self._idle = threading.Condition()
        self._busy = 0

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        if self._door == "open":
            self._open()
        elif self._door == "full":
            self._fill()
        return self

    def _open(self) -> None:
        self._listener.listen(128)
        self._start(self._accept)

    def _fill(self) -> None:
        """Take no connection, and let the queue of those who wait overflow."""
        self._listener.listen(0)
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", self.port))
            self._fillers.append(filler)

    def relent(self) -> None:
        """Be a good server from now on; first finish what was begun, so that nothing races."""
        self._relented = True
        with self._idle:
            assert self._idle.wait_for(lambda: not self._busy, PATIENCE_S), "still answering"
        for filler in self._fillers:
            filler.close()
        if self._door != "open":
            self._open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(PATIENCE_S)
        if error is None:
            assert not any(t.is_alive() for t in self._threads), "a connection was left open"
            if self._problems:
                raise self._problems[0]

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=self._guarded, args=(target, *args), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _guarded(self, target: Callable[..., None], *args: object) -> None:
        try:
            target(*args)
        except BaseException as error:
            self._problems.append(error)

    def _accept(self) -> None:
        while True:
            try:
                stream, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, stream)

    def _serve(self, stream: socket.socket) -> None:
        stream.settimeout(PATIENCE_S)
        try:
            wrapped = self._wrap(stream)
        except OSError:  # the client does not like our certificate
            stream.close()
            return
        peer = Peer(wrapped)
        try:
            while peer.is_open and (request := peer.request()) is not None:
                self._note(+1)
                self.requests.append(request)
                self._answer(peer)
                self._note(-1)
        finally:
            if peer.is_open:
                peer.close()

    def _note(self, change: int) -> None:
        with self._idle:
            self._busy += change
            self._idle.notify_all()

    def _wrap(self, stream: socket.socket) -> socket.socket:
        if self._welcome is not None and not self._relented:
            return self._welcome(stream)
        return self._tls.wrap_socket(stream, server_side=True) if self._tls else stream

    def _answer(self, peer: Peer) -> None:
        if self._relented or len(self.requests) > self._bad:
            peer.send(self._good)
        elif len(self.requests) <= self._before:
            peer.send(self._good)
            self.go_on.wait(PATIENCE_S)
            _do(self._then, peer)
            self.settled.set()
        else:
            _do(self._steps, peer)


def _do(steps: tuple[Step, ...], peer: Peer) -> None:
    for step in steps:
        step(peer)

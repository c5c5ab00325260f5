"""A way to the server that can be closed: for a minute, or in the middle of an answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Proxy:
    """Forwards connections on the loopback while it is open.

    Args:
        url: where to.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        assert parts.port is not None
        self._server = (parts.hostname, parts.port)
        self._path = parts.path
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._listener = self._listen(0)
        self._port: int = self._listener.getsockname()[1]
        self.replies = 0
        """Pieces of answers that went through."""
        self.answered = threading.Condition()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}{self._path}"

    def close(self) -> None:
        """Go away: connections end at once, whatever was under way, and new ones are refused."""
        with self._lock:
            # a thread that waits in `accept` keeps the port open until it is woken
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            for pair in self._pairs:
                for end in pair:
                    with suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                    end.close()
            self._pairs.clear()

    def open(self) -> None:
        """Come back on the same port."""
        self._listener = self._listen(self._port)

    def wait_for(self, replies: int, patience_s: float = 60.0) -> bool:
        """Wait until so many pieces of answers went through; False if they do not come."""
        with self.answered:
            return self.answered.wait_for(lambda: self.replies >= replies, patience_s)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self._server)
            except OSError:
                return
            with self._lock:
                self._pairs.append((near, far))
            for source, sink, answers in ((near, far, False), (far, near, True)):
                threading.Thread(
                    target=self._pump, args=(source, sink, answers), daemon=True
                ).start()

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)
                if answers:
                    with self.answered:
                        self.replies += 1
                        self.answered.notify_all()
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def proxy(url: str) -> Iterator[Proxy]:
    """Give a proxy that is closed in the end."""
    made = Proxy(url)
    try:
        yield made
    finally:
        made.close()

"""The DevTools protocol over two pipes: messages in JSON, each ended by a zero byte.

One thread calls and waits; what happens meanwhile is handed to the listeners when it is read.
"""

from __future__ import annotations

import json
import os
import select
import time
from collections.abc import Callable
from typing import Any

Listener = Callable[[str, dict[str, Any]], None]
PATIENCE_S = 60.0


class Pipe:
    """Calls into a browser, and its events by session."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing
        self._buffer = b""
        self._calls = 0
        self._replies: dict[int, dict[str, Any]] = {}
        self._listeners: dict[str, Listener] = {}

    def listen(self, session: str, listener: Listener) -> None:
        """Hand the events of a session to a function of method and parameters."""
        self._listeners[session] = listener

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Call a method and wait for its result; an AssertionError says what went wrong."""
        self._calls += 1
        number = self._calls
        message = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        self._write(json.dumps(message).encode() + b"\0")
        self.wait(lambda: number in self._replies, f"{method} was not answered")
        reply = self._replies.pop(number)
        assert "error" not in reply, f"{method}: {reply['error']}"
        return reply["result"]

    def wait(self, until: Callable[[], bool], otherwise: str) -> None:
        """Read messages until something holds; an AssertionError after a minute."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            ready, _, _ = select.select([self._reading], [], [], max(0, end - time.monotonic()))
            assert ready, f"{otherwise} within {PATIENCE_S:.0f} s"
            self._read()

    def close(self) -> None:
        """Close both ends."""
        os.close(self._reading)
        os.close(self._writing)

    def _write(self, content: bytes) -> None:
        while content:
            content = content[os.write(self._writing, content) :]

    def _read(self) -> None:
        chunk = os.read(self._reading, 1 << 20)
        assert chunk, "Chromium has ended by itself"
        *messages, self._buffer = (self._buffer + chunk).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self._replies[message["id"]] = message
            elif listener := self._listeners.get(message.get("sessionId", "")):
                listener(message["method"], message["params"])

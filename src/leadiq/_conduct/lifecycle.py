"""The life of a client: one event loop, one process, and an orderly end."""

from __future__ import annotations

import os
from itertools import count
from typing import Literal

import anyio
from anyio.lowlevel import RunVar

from .._core.errors import ConfigurationError

_numbers = count()


class Lifecycle:
    """Lets calls in while the client is open, and remembers where it lives.

    `enter` raises ConfigurationError, before anything is sent, when the client is closed, in
    another event loop than that of its first call, or in a forked process: its connections and
    its queue belong to where they were made.
    """

    def __init__(self) -> None:
        self._state: Literal["open", "closing", "closed"] = "open"
        # RunVars of one name are one variable in older anyio
        self._home: RunVar[bool] = RunVar(f"leadiq client {next(_numbers)}")
        self._pid = 0
        self._calls: set[anyio.CancelScope] = set()
        self._drained: anyio.Event | None = None

    def enter(self, scope: anyio.CancelScope) -> None:
        """Begin a call, which runs in `scope`."""
        if self._state != "open":
            raise ConfigurationError("the client is closed; make a new one", sent=False)
        if not self._home.get(False):
            self._settle()
        if self._pid != os.getpid():
            text = "the client was made before a fork; make one in each process"
            raise ConfigurationError(text, sent=False)
        self._calls.add(scope)

    def _settle(self) -> None:
        if self._pid:
            text = (
                "the client was used in another event loop before; make one in each loop, "
                "or run everything in one"
            )
            raise ConfigurationError(text, sent=False)
        self._pid = os.getpid()
        self._home.set(True)

    def leave(self, scope: anyio.CancelScope) -> None:
        """End a call."""
        self._calls.discard(scope)
        if not self._calls and self._drained is not None:
            self._drained.set()

    @property
    def closing(self) -> bool:
        """Whether calls under way were told to end."""
        return self._state != "open"

    async def close(self, *, cancel: bool) -> bool:
        """Let nobody in any more, and wait for the calls under way, or cancel them.

        Returns:
            Whether this was the first time.
        """
        if self._state != "open":
            return False
        self._state = "closing"
        if cancel:
            for scope in self._calls:
                scope.cancel()
        if self._calls:
            self._drained = anyio.Event()
            with anyio.CancelScope(shield=cancel):
                await self._drained.wait()
        self._state = "closed"
        return True

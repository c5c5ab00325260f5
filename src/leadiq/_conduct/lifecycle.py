"""The life of a client: one event loop, one process, and an orderly end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import anyio

from .._core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable


class Lifecycle:
    """Lets calls in while the client is open, and remembers where it lives.

    `enter` raises ConfigurationError, before anything is sent, when the client is closed, in
    another event loop than that of its first call, or in a forked process: its connections and
    its queue belong to where they were made.
    """

    def __init__(self) -> None:
        self._closed = False
        self._home: object = None  # its event loop
        self._here: Callable[[], object]  # gives the event loop that runs
        self._pid = 0
        self._calls: set[anyio.CancelScope] = set()
        self._drained: anyio.Event | None = None

    def enter(self, scope: anyio.CancelScope) -> None:
        """Begin a call, which runs in `scope`."""
        if self._closed:
            raise ConfigurationError("the client is closed; make a new one", sent=False)
        if self._home is None:
            self._settle()
        elif not self._at_home():
            text = (
                "the client was used in another event loop before; make one in each loop, "
                "or run everything in one"
            )
            raise ConfigurationError(text, sent=False)
        if self._pid != os.getpid():
            text = "the client was made before a fork; make one in each process"
            raise ConfigurationError(text, sent=False)
        self._calls.add(scope)

    def _settle(self) -> None:
        import asyncio  # not before a call: importing the client waits for it

        try:
            self._home = asyncio.get_running_loop()
            self._here = asyncio.get_running_loop
        except RuntimeError:
            from trio.lowlevel import current_trio_token

            self._home = current_trio_token()
            self._here = current_trio_token
        self._pid = os.getpid()

    def _at_home(self) -> bool:
        try:
            return self._here() is self._home
        except RuntimeError:  # there is no loop of this kind
            return False

    def leave(self, scope: anyio.CancelScope) -> None:
        """End a call."""
        self._calls.discard(scope)
        if not self._calls and self._drained is not None:
            self._drained.set()

    async def close(self, *, cancel: bool) -> None:
        """Let nobody in any more, and wait for the calls under way, or cancel them.

        Whoever calls it again waits as well, and may cancel what another lets end.
        """
        self._closed = True
        if cancel:
            for scope in self._calls:
                scope.cancel()
        if self._calls:
            self._drained = self._drained or anyio.Event()
            with anyio.CancelScope(shield=cancel):
                await self._drained.wait()

"""Ctrl-C and SIGTERM while a job runs: what they do depends on how far it is."""

from __future__ import annotations

import signal
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import anyio

from .._engine.enrich import background

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from anyio.abc import TaskStatus

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """Calls, at each signal, what `act` is at that moment.

    Use it as `async with Interrupts(act).heeded():`; afterwards signals do what they did before.
    In a thread that gets no signals it does nothing.
    """

    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act

    @asynccontextmanager
    async def heeded(self) -> AsyncGenerator[None]:
        """Take the signals while the block runs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = [signal.getsignal(number) for number in _SIGNALS]
        try:
            async with background() as tasks:
                await tasks.start(self._heed)
                yield
        finally:  # the event loop has put back defaults
            for number, handler in zip(_SIGNALS, before, strict=True):
                signal.signal(number, handler)

    async def _heed(self, *, task_status: TaskStatus[None]) -> None:
        with anyio.open_signal_receiver(*_SIGNALS) as signals:
            task_status.started()
            async for _ in signals:
                self.act()

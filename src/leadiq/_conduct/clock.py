"""What time it is for a client: seconds that never go back."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock:
    """The event loop's clock from when it is first read, or a caller's."""

    __slots__ = ("_source", "now")

    def __init__(self, source: Callable[[], float] | None = None) -> None:
        self._source = source
        self.now: Callable[[], float] = self._start if source is None else _Steady(source).now

    def _start(self) -> float:
        self._source = self.now = _loop_clock()
        return self.now()

    def last(self) -> float:
        """What it shows, also where it has not been started."""
        return 0.0 if self._source is None else self.now()


class _Steady:
    """A caller's clock: one that goes back is taken to stand still."""

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self._seen = -inf
        self._shift = 0.0

    def now(self) -> float:
        now = self._source() + self._shift
        if now < self._seen:
            self._shift += self._seen - now
            return self._seen
        self._seen = now
        return now


def _loop_clock() -> Callable[[], float]:
    import asyncio  # not before a request: importing the client loads no event loop

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return anyio.current_time
    stock = type(loop).time is asyncio.BaseEventLoop.time
    return time.monotonic if stock else loop.time  # the same; a twentieth of the cost of anyio's

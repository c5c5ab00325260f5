"""Keeping within LeadIQ's rate limit, which announces itself in no header [guide].

The policy: a slot is free again one window after the *response* to its last use, and slots are
spaced evenly. A request was counted before its response came, and the next use of its slot leaves
a whole window after that: so no window of whatever kind (fixed, sliding, bucket) ever holds more
than the limit, at any latency, without a margin to tune.
"""

from __future__ import annotations

from collections import deque
from math import inf
from typing import TYPE_CHECKING

import anyio

if TYPE_CHECKING:
    from types import TracebackType


class Slots:
    """The decision, pure: every method takes `now` in seconds of a monotonic clock.

    Args:
        limit: requests that a window may hold.
        window_s: length of the window in seconds.
        burst: how many requests may go at once. 1, even spacing, is right for every kind of
            server; more is for those who know that theirs has no small bucket.
    """

    def __init__(self, limit: int, window_s: float = 60.0, *, burst: int = 1) -> None:
        self._window_s = window_s
        self._interval_s = window_s / limit
        self._tolerance_s = (burst - 1) * self._interval_s
        self._free = limit
        self._cooling: deque[float] = deque()  # when each used slot is free again, ascending
        self._next = -inf  # when the next request is due under even spacing
        self._closed_until = -inf

    def take(self, now: float) -> float:
        """Take a slot.

        Returns:
            0.0 when a slot was taken; otherwise the seconds after which to ask again, which is
            infinite while every slot is in use.
        """
        while self._cooling and self._cooling[0] <= now:
            self._cooling.popleft()
            self._free += 1
        wait = max(self._closed_until, self._next - self._tolerance_s) - now
        if not self._free:
            wait = max(wait, self._cooling[0] - now if self._cooling else inf)
        if wait > 0:
            return wait
        self._free -= 1
        self._next = max(self._next, now) + self._interval_s
        return 0.0

    def give_back(self, now: float) -> None:
        """Note that the response came, or that it is no longer waited for."""
        self._cooling.append(now + self._window_s)

    def close(self, until: float) -> None:
        """Give no slot before `until`: LeadIQ has said 429, and it says so to everybody."""
        self._closed_until = max(self._closed_until, until)


class Pacer:
    """A fair queue in front of `Slots`, for any number of tasks on asyncio or trio.

    `async with pacer:` around an attempt takes a slot and gives it back, whatever happens.
    """

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._turn = anyio.Lock()  # the one at the front waits for time, the others for the front
        self._changed = anyio.Event()

    async def __aenter__(self) -> None:
        if not self._turn.statistics().locked and not self._slots.take(anyio.current_time()):
            return
        async with self._turn:
            while wait := self._slots.take(anyio.current_time()):
                self._changed = anyio.Event()
                with anyio.move_on_after(wait):
                    await self._changed.wait()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._slots.give_back(anyio.current_time())
        self._changed.set()

    def close(self, seconds: float) -> None:
        """Hold everybody back for so many seconds."""
        self._slots.close(anyio.current_time() + seconds)

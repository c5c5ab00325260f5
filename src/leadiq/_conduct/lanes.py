"""Who is next, pure: two queues, and a share of the slots that bulk work leaves alone.

- Within a lane, first come, first served: a heavy request is not overtaken by lighter ones.
- An interactive request overtakes every bulk one.
- Bulk work does not starve: after `PATIENCE` times its weight went past it, the first of the bulk
  lane is next.
- Bulk work occupies at most the limit less the reserved share, so that interactive requests find
  slots free even under a burst. The share is held for one window after each interactive request;
  when none came for a whole window, bulk work may use everything. With even spacing the first
  interactive request after such a pause still goes at the next interval.
"""

from __future__ import annotations

from collections import OrderedDict
from enum import StrEnum
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from .slots import Occupancy

if TYPE_CHECKING:
    from collections.abc import Iterator

RESERVED_SHARE = 1 / 6
"""Of the limit, for interactive requests: 10 of 60."""

PATIENCE = 5
"""Under load from both lanes, bulk work gets one slot of six."""


class Lane(StrEnum):
    """How urgent a request is."""

    INTERACTIVE = "interactive"
    """Somebody waits for it."""
    BULK = "bulk"
    """Part of a job."""


INTERACTIVE, BULK = Lane  # naming a member through its class costs ten times as much


class Waiting(Protocol):
    """Who stands in a lane."""

    @property
    def lane(self) -> Lane: ...
    @property
    def weight(self) -> int: ...


W = TypeVar("W", bound=Waiting)


class Lanes(Generic[W]):
    """The order of those who wait; times are in seconds of a clock that never goes back.

    Args:
        window_s: length of the rate limit's window in seconds.
        reserved_share: of the limit, from 0 up to 1, kept for interactive requests; at least one
            slot unless it is 0. Even if it is all, one bulk request at a time may go.
    """

    def __init__(self, window_s: float, reserved_share: float = RESERVED_SHARE) -> None:
        self._window_s = window_s
        self._share = reserved_share
        self._queues: dict[Lane, OrderedDict[W, None]] = {lane: OrderedDict() for lane in Lane}
        self._bulk = Occupancy(window_s)
        self._held_until = -inf
        self.count = 0
        """How many wait in all."""
        self._overtaken = 0  # weight that went past the first of the bulk lane

    def __iter__(self) -> Iterator[W]:
        return chain.from_iterable(self._queues.values())

    def waiting(self, lane: Lane) -> int:
        """Count those who stand in a lane."""
        return len(self._queues[lane])

    def heads(self) -> Iterator[W]:
        """Give the first of each lane in which somebody stands."""
        return (next(iter(queue)) for queue in self._queues.values() if queue)

    def add(self, one: W) -> None:
        """Put somebody at the end of the lane."""
        self._queues[one.lane][one] = None
        self.count += 1

    def remove(self, one: W) -> None:
        """Take somebody out of the lane."""
        del self._queues[one.lane][one]
        self.count -= 1

    def first(self, now: float, limit: int) -> tuple[W, float] | None:
        """Tell who is next, and for how many seconds not yet; None when nobody waits."""
        urgent = next(iter(self._queues[INTERACTIVE]), None)
        bulk = next(iter(self._queues[BULK]), None)
        if bulk and (not urgent or self._overtaken >= PATIENCE * bulk.weight):
            wait = self.wait(bulk, now, limit)
            if not wait or not urgent:
                return bulk, wait
        return (urgent, 0.0) if urgent else None

    def wait(self, one: W, now: float, limit: int) -> float:
        """Tell for how many seconds the reserved share keeps somebody back; 0.0 when it does not.

        What is heavier than all that bulk work may use goes when bulk work uses nothing.
        """
        if now >= self._held_until or one.lane is INTERACTIVE:
            return 0.0
        most = limit - self._reserved(limit)
        wait = self._bulk.wait(now, min(one.weight, most), most)
        return min(wait, self._held_until - now)

    def _reserved(self, limit: int) -> int:
        if not self._share:
            return 0
        return max(int(limit * self._share), 1)

    def went(self, one: W, now: float) -> None:
        """Note that a request goes, which no longer waits."""
        if one.lane is BULK:
            self._bulk.take(one.weight)
            self._overtaken = 0
            return
        self._held_until = now + self._window_s
        if self.count and self._queues[BULK]:
            self._overtaken += one.weight

    def came_back(self, one: W, now: float) -> None:
        """Note that the response to a bulk request came."""
        self._bulk.give_back(now, one.weight)

    def refund(self, one: W) -> None:
        """Note that a request that went has not been sent."""
        if one.lane is BULK:
            self._bulk.refund(one.weight)

"""What was spent when. Memory does not grow with the job."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

MOST_BINS: Final = 1024
"""More than a chart has pixels for on a phone, and on a desk nearly as many as it has."""
PAUSE_S: Final = 900.0
"""A time without any lookup that is taken for a pause of the job, in seconds. A job rides out an
outage of ten minutes without ending, and the slowest key sends every six seconds."""


class Moment(NamedTuple):
    """How far a job was at some time."""

    at: float
    """Unix time in seconds."""
    worked_s: float
    """Seconds since the first lookup, pauses left out."""
    lookups: int
    credits: Decimal
    """Both from the beginning of the job."""
    paused_s: float
    """How long the pause was that ended here; 0.0 for none."""


class Timeline:
    """Collects lookups by the time at which they were sent, in any order."""

    def __init__(self) -> None:
        self._width_s = 1.0
        self._bins: dict[int, tuple[int, Decimal]] = {}

    def add(self, at: float, credits_: Decimal) -> None:
        """Take one more lookup into account.

        Args:
            at: Unix time in seconds.
            credits_: what it cost.
        """
        self._put(int(at // self._width_s), 1, credits_)
        while len(self._bins) > MOST_BINS:
            self._widen()

    def moments(self) -> list[Moment]:
        """Give how far the job was at each time at which something happened, in order."""
        moments: list[Moment] = []
        lookups, credits_, worked_s = 0, Decimal(0), 0.0
        pause_s = max(PAUSE_S, 3 * self._width_s)
        before = min(self._bins, default=0)
        for number in sorted(self._bins):
            since_s = (number - before) * self._width_s
            is_pause = since_s >= pause_s
            worked_s += self._width_s if is_pause else since_s
            lookups += self._bins[number][0]
            credits_ += self._bins[number][1]
            at = number * self._width_s
            moments.append(Moment(at, worked_s, lookups, credits_, since_s * is_pause))
            before = number
        return moments

    def _put(self, number: int, lookups: int, credits_: Decimal) -> None:
        had, spent = self._bins.get(number, (0, Decimal(0)))
        self._bins[number] = had + lookups, spent + credits_

    def _widen(self) -> None:
        """Make every bin twice as wide."""
        bins, self._bins = self._bins, {}
        self._width_s *= 2
        for number, (lookups, credits_) in bins.items():
            self._put(number // 2, lookups, credits_)

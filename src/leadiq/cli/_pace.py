"""How fast a job goes, by what it did in the last minute. Pure."""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

WINDOW_S: Final = 60.0
"""As long as the window of LeadIQ's rate limit. A job that is gone on with reads at first from its
journal, thousands of rows a second: what it did long ago says nothing about what is to come."""
_STEP_S: Final = 0.5


class _Look(NamedTuple):
    at: float
    done: int
    requests: int


class Pace:
    """Sees how far a job is, and tells how fast it goes."""

    def __init__(self) -> None:
        self._looks: deque[_Look] = deque()

    def see(self, now: float, done: int, requests: int) -> None:
        """Take one more look into account.

        Args:
            now: seconds that never go back.
            done: rows so far.
            requests: requests so far.
        """
        looks = self._looks
        if len(looks) > 1 and now - looks[-2].at < _STEP_S:
            looks.pop()
        looks.append(_Look(now, done, requests))
        while len(looks) > 2 and now - looks[1].at >= WINDOW_S:
            looks.popleft()

    @property
    def requests_per_minute(self) -> float:
        """Requests of the last minute, or so many as there would be at the rate so far."""
        seconds = self._seconds
        return (self._looks[-1].requests - self._looks[0].requests) / seconds * 60 if seconds else 0

    def left_s(self, rows: int) -> float | None:
        """Seconds until so many rows are done, at this pace; None if there is no telling."""
        if not self._seconds:
            return None
        done = self._looks[-1].done - self._looks[0].done
        return (rows - self._looks[-1].done) / done * self._seconds if done else None

    @property
    def _seconds(self) -> float:
        return self._looks[-1].at - self._looks[0].at if self._looks else 0.0

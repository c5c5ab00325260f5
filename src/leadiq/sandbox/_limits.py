"""Requests a minute, measured in three ways; pure arithmetic over the `now` it is given.

LeadIQ publishes the number but not the window [unknown], so a client has to get along with each:
`fixed` minutes of the clock, the past 60 seconds (`sliding`), or a `bucket` that refills evenly.
A refused request does not count.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox._settings import Window

WINDOW_S = 60.0


class Limit(Protocol):
    """Decides on one key's requests. Not thread-safe: callers hold a lock."""

    def take(self, now: float, requests: int = 1) -> bool:
        """Count `requests` at `now` (seconds that never go back), or return False to refuse all."""
        ...

    def left(self, now: float) -> int:
        """Return how many requests it would take at `now`; nothing is counted."""
        ...


class FixedWindow:
    """At most `limit` requests from one full minute of the clock to the next."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._minute: float = 0.0
        self._taken = 0

    def take(self, now: float, requests: int = 1) -> bool:
        """Count or refuse a request; see `Limit`."""
        if requests > self.left(now):
            return False
        self._taken += requests
        return True

    def left(self, now: float) -> int:
        """Return what is left of this minute."""
        minute = now // WINDOW_S
        if minute != self._minute:
            self._minute, self._taken = minute, 0
        return self._limit - self._taken


class SlidingWindow:
    """At most `limit` requests in any 60 seconds."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: deque[float] = deque()

    def take(self, now: float, requests: int = 1) -> bool:
        """Count or refuse a request; see `Limit`."""
        if requests > self.left(now):
            return False
        self._times.extend([now] * requests)
        return True

    def left(self, now: float) -> int:
        """Return what the past 60 seconds leave."""
        while self._times and self._times[0] <= now - WINDOW_S:
            self._times.popleft()
        return self._limit - len(self._times)


class TokenBucket:
    """`limit` tokens at most, refilled at `limit` a minute; a request takes one."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tokens = float(limit)
        self._filled_at: float | None = None

    def take(self, now: float, requests: int = 1) -> bool:
        """Count or refuse a request; see `Limit`."""
        if requests > self.left(now):
            return False
        self._tokens -= requests
        return True

    def left(self, now: float) -> int:
        """Return the whole tokens that are in it."""
        waited = now - (now if self._filled_at is None else self._filled_at)
        self._tokens = min(self._limit, self._tokens + waited * self._limit / WINDOW_S)
        self._filled_at = now
        # A token that arithmetic left a hair short is whole.
        return int(self._tokens + 1e-9)


def limit_of(kind: Window, requests_per_minute: int) -> Limit:
    """Return a fresh limit of a kind."""
    kinds: dict[Window, Callable[[int], Limit]] = {
        "fixed": FixedWindow,
        "sliding": SlidingWindow,
        "bucket": TokenBucket,
    }
    return kinds[kind](requests_per_minute)

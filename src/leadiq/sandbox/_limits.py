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


class FixedWindow:
    """At most `limit` requests from one full minute of the clock to the next."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._minute = 0.0
        self._taken = 0

    def take(self, now: float, requests: int = 1) -> bool:
        """Count or refuse a request; see `Limit`."""
        minute = now // WINDOW_S
        if minute != self._minute:
            self._minute, self._taken = minute, 0
        if self._taken + requests > self._limit:
            return False
        self._taken += requests
        return True


class SlidingWindow:
    """At most `limit` requests in any 60 seconds."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: deque[float] = deque()

    def take(self, now: float, requests: int = 1) -> bool:
        """Count or refuse a request; see `Limit`."""
        while self._times and self._times[0] <= now - WINDOW_S:
            self._times.popleft()
        if len(self._times) + requests > self._limit:
            return False
        self._times.extend([now] * requests)
        return True


class TokenBucket:
    """`limit` tokens at most, refilled at `limit` a minute; a request takes one."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tokens = float(limit)
        self._filled_at: float | None = None

    def take(self, now: float, requests: int = 1) -> bool:
        """Count or refuse a request; see `Limit`."""
        waited = now - (now if self._filled_at is None else self._filled_at)
        self._tokens = min(self._limit, self._tokens + waited * self._limit / WINDOW_S)
        self._filled_at = now
        # A token that arithmetic left a hair short is whole.
        if self._tokens < requests - 1e-9:
            return False
        self._tokens -= requests
        return True


def limit_of(kind: Window, requests_per_minute: int) -> Limit:
    """Return a fresh limit of a kind."""
    kinds: dict[Window, Callable[[int], Limit]] = {
        "fixed": FixedWindow,
        "sliding": SlidingWindow,
        "bucket": TokenBucket,
    }
    return kinds[kind](requests_per_minute)

"""When the next request may go: policies, pure. They take `now` and touch no clock and no loop.

| policy  | a request may go                                    | no 429 from          | what it costs |
|---------|-----------------------------------------------------|----------------------|---------------|
| `Slots` | when a slot is free and the last one is an interval | any kind of server   | the share that a reply's latency has of a window |
|         | ago; `burst` may go at once                         | (`burst=1`)          | |
| `Gcra`  | when the last one is an interval ago; `burst` may   | even windows, if the | its margin |
|         | go at once                                          | margin hides jitter  | |

`now` is in seconds of a clock that never goes back, and a weight is what a request counts as.
"""  # noqa: E501

from __future__ import annotations

from collections import deque
from copy import copy
from math import inf
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self


LATENESS = 1 / 40
"""Of a window: what an event loop that is busy may oversleep without losing quota by it. Requests
that were held up go at once then: a quarter of what a server's bucket of a tenth would hold."""


class Policy(Protocol):
    """What a pacer asks."""

    @property
    def limit(self) -> int:
        """Requests that a window may hold, by weight; can be changed at any moment."""
        ...

    @limit.setter
    def limit(self, limit: int) -> None: ...

    @property
    def window_s(self) -> float:
        """Length of the window in seconds."""
        ...

    @property
    def interval_s(self) -> float:
        """Seconds between two requests that are evenly spaced."""
        ...

    def take(self, now: float, weight: int = 1, since: float | None = None) -> float:
        """Let a request go.

        Args:
            now: the time.
            weight: what it counts as, at most the limit.
            since: when it could have gone, had its timer been exact; so that late timers do not
                add up. At most `LATENESS` of a window, or one interval, is made good.

        Returns:
            0.0 when it may go and has been counted; otherwise seconds, greater than 0, after
            which to ask again, which are infinite as long as only a response can change that.
        """
        ...

    def give_back(self, now: float, weight: int = 1) -> None:
        """Note that the response came, or that it is no longer waited for."""

    def refund(self, weight: int = 1) -> None:
        """Note that a request that was let go has not been sent."""

    def forecast(self, now: float, weights: Iterable[int]) -> float:
        """Estimate after how many seconds the last of these goes, if replies take no time."""
        ...


class Occupancy:
    """How much is in use: from when it is taken until one window after it is given back."""

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self.weight = 0
        """What is in use."""
        self._cooling: deque[tuple[float, int]] = deque()  # when how much is free, ascending

    def wait(self, now: float, weight: int, limit: int) -> float:
        """Tell after how many seconds to ask again; 0.0 when so much fits under the limit."""
        while self.weight + weight > limit:
            if not self._cooling:
                return inf
            free_at, freed = self._cooling[0]
            if free_at > now:
                return free_at - now
            self._cooling.popleft()
            self.weight -= freed
        return 0.0

    def take(self, weight: int) -> None:
        self.weight += weight

    def give_back(self, now: float, weight: int) -> None:
        while self._cooling and self._cooling[0][0] <= now:
            self.weight -= self._cooling.popleft()[1]
        self._cooling.append((now + self._window_s, weight))

    def refund(self, weight: int) -> None:
        self.weight -= weight

    def settled(self, now: float) -> Occupancy:
        """Copy it, as if everything in use were given back now."""
        other = copy(self)
        other._cooling = self._cooling.copy()
        in_use = self.weight - sum(weight for _, weight in self._cooling)
        other.give_back(now, in_use)
        return other


class Gcra:
    """Even spacing, stamped at departure: the generic cell rate algorithm.

    It waits for no response, so slow replies cost nothing. What jitters between here and the
    server has to fit into the margin, or a sliding window answers 429; and `burst` more than the
    limit may fall into one window.

    Args:
        limit: requests that a window may hold.
        window_s: length of the window in seconds.
        burst: how many requests may go at once.
        margin: by how much the interval is longer than window / limit; 0.01 is one percent.
    """

    def __init__(
        self, limit: int, window_s: float = 60.0, *, burst: int = 1, margin: float = 0.01
    ) -> None:
        self.window_s = window_s
        self._burst = burst
        self._span_s = window_s * (1.0 + margin)
        self._limit = limit
        self.interval_s = self._span_s / limit
        self._lateness_s = max(self.interval_s, window_s * LATENESS)
        self._last = 0.0
        self._next = -inf  # when the next one is due under even spacing

    @property
    def limit(self) -> int:
        return self._limit

    @limit.setter
    def limit(self, limit: int) -> None:
        # What was spent since the last one went is paid off at the new rate, not at the old.
        self._next = self._last + (self._next - self._last) * (self._limit / limit)
        self._limit = limit
        self.interval_s = self._span_s / limit
        self._lateness_s = max(self.interval_s, self.window_s * LATENESS)

    def early(self, now: float, weight: int) -> float:
        """Tell by how many seconds a request would be early; 0.0 or less when it may go."""
        due = self._next - max(self._burst - weight, 0) * self.interval_s
        return due - now  # a single difference, so that now + early is not before what is due

    def take(self, now: float, weight: int = 1, since: float | None = None) -> float:
        due = self._next
        if due > now:
            if (early := self.early(now, weight)) > 0.0:
                return early
        elif since is None:
            due = now
        else:
            due = max(due, since, now - self._lateness_s)
        self._last = now
        self._next = due + weight * self.interval_s
        return 0.0

    def give_back(self, now: float, weight: int = 1) -> None:
        """Nothing: what counts is when a request went."""

    def refund(self, weight: int = 1) -> None:
        """Nothing: the time has passed."""

    def forecast(self, now: float, weights: Iterable[int]) -> float:
        return _forecast(copy(self), now, weights)


class Slots:
    """Response-stamped slots, evenly spaced: the default.

    A slot is free again one window after the *response* to its last use. The server counted the
    request before it answered, and the slot's next use leaves a whole window after that: so no
    window of whatever kind (fixed, sliding, bucket) ever holds more than the limit, at any
    latency, without a margin to tune.

    Args:
        limit: requests that a window may hold.
        window_s: length of the window in seconds.
        burst: how many requests may go at once. 1, even spacing, is right for every kind of
            server; more is for those who know that theirs has no small bucket.
    """

    def __init__(self, limit: int, window_s: float = 60.0, *, burst: int = 1) -> None:
        self.window_s = window_s
        self._limit = limit
        self._occupancy = Occupancy(window_s)
        self._spacing = Gcra(limit, window_s, burst=burst, margin=0.0)

    @property
    def limit(self) -> int:
        return self._limit

    @limit.setter
    def limit(self, limit: int) -> None:
        self._limit = self._spacing.limit = limit

    @property
    def interval_s(self) -> float:
        return self._spacing.interval_s

    def take(self, now: float, weight: int = 1, since: float | None = None) -> float:
        used = self._occupancy
        if used.weight + weight > self._limit and (wait := used.wait(now, weight, self._limit)):
            return max(wait, self._spacing.early(now, weight))
        wait = self._spacing.take(now, weight, since)
        if not wait:
            used.weight += weight
        return wait

    def give_back(self, now: float, weight: int = 1) -> None:
        self._occupancy.give_back(now, weight)

    def refund(self, weight: int = 1) -> None:
        self._occupancy.refund(weight)

    def forecast(self, now: float, weights: Iterable[int]) -> float:
        return _forecast(self._settled(now), now, weights)

    def _settled(self, now: float) -> Self:
        other = copy(self)
        other._occupancy = self._occupancy.settled(now)
        other._spacing = copy(self._spacing)
        return other


def _forecast(policy: Policy, now: float, weights: Iterable[int]) -> float:
    """Run a policy ahead; it is used up."""
    at = now
    for weight in weights:
        while wait := policy.take(at, weight):
            at += wait
        policy.give_back(at, weight)
    return at - now

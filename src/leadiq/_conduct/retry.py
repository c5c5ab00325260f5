"""Whether a failed attempt is repeated, and when. Pure.

Never sent twice: what may have been taken, unless taking it twice does no harm. 401, 402 and
wrong input are final. The wait after a 429 is as long as LeadIQ's window, and apart from the
backoff after network failures: half a second cannot outlive a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._core.errors import (
    ConfigurationError,
    LeadIQError,
    RateLimitError,
    ServerError,
    TransportError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_DOUBLINGS = 64  # more reach no cap that is not reached by then, and overflow in the end


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When to try again.

    Args:
        attempts: how often one call is sent at most.
        total_s: seconds after which no further attempt is decided upon. What an attempt then waits
            for its slot is bounded by `slot_timeout_s` and `deadline_s` alone.
        base_s: upper bound of the first wait after a network failure; it doubles each time.
        cap_s: upper bound of any wait after a network failure.
        window_s: the window of LeadIQ's rate limit [guide]: the wait after a 429.

    Raises:
        ConfigurationError: for a time that is not 0 or more, or less than one attempt.
    """

    attempts: int = 4
    total_s: float = 180.0
    base_s: float = 0.5
    cap_s: float = 8.0
    window_s: float = 60.0

    def __post_init__(self) -> None:
        if not isinstance(self.attempts, int) or self.attempts < 1:
            raise ConfigurationError("attempts has to be a whole number, at least 1", sent=False)
        for name in ("total_s", "base_s", "cap_s", "window_s"):
            value = getattr(self, name)
            if not (isinstance(value, int | float) and value >= 0):
                raise ConfigurationError(f"{name} has to be 0 or more", sent=False)

    def decide(
        self,
        error: LeadIQError,
        *,
        attempt: int,
        elapsed_s: float,
        remaining_s: float,
        repeatable: bool,
        random: Callable[[], float],
    ) -> float | str:
        """Give the seconds to wait before the next attempt, or why there is none.

        Args:
            error: what the last attempt ended with.
            attempt: how often the call was sent so far, from 1.
            elapsed_s: seconds since the call began.
            remaining_s: seconds until the call's deadline; infinite without one.
            repeatable: whether the operation may be sent again when its outcome is unknown.
            random: source of the jitter, from 0 up to 1.

        Returns:
            Seconds, 0.0 being now; or a reason to be added to the error's text, which is empty
            where the error is final by its nature.
        """
        wait = self._wait(error, attempt, repeatable, random)
        if isinstance(wait, str):
            return wait
        if attempt >= self.attempts:
            return f"given up after {attempt} attempts"
        if wait > remaining_s:
            return f"trying again in {wait:.0f} seconds would be after the deadline"
        if elapsed_s + wait > self.total_s:
            return f"trying again in {wait:.0f} seconds would take longer than total_s"
        return wait

    def _wait(
        self, error: LeadIQError, attempt: int, repeatable: bool, random: Callable[[], float]
    ) -> float | str:
        if isinstance(error, RateLimitError):  # known not to have been taken
            return self.window_s if error.retry_after_s is None else error.retry_after_s
        if not isinstance(error, TransportError | ServerError):
            return ""
        if error.sent and not repeatable:
            return "not sent again, because LeadIQ may have done it"
        if error.data is not None:
            return "not sent again, because what came beside the error may have been charged"
        if error.retry_after_s is not None:
            return error.retry_after_s
        doubled = 2.0 ** min(attempt - 1, _MOST_DOUBLINGS)
        return random() * min(self.cap_s, self.base_s * doubled)


class RetryBudget:
    """What a client may spend on repetitions, so that an outage is not answered with a storm.

    Each repetition after a failure of the network or the server costs; each call that succeeds
    pays back. When nothing is left, failures are given to the caller at once. A 429 costs nothing:
    the closed gate holds everybody back already. Sizes are botocore's.

    Args:
        capacity: what can be spent before anything succeeds.
        cost: price of one repetition.
        reward: what a success pays back.
    """

    def __init__(self, capacity: int = 500, cost: int = 5, reward: int = 1) -> None:
        self._capacity = capacity
        self._cost = cost
        self._reward = reward
        self._left = capacity

    def spend(self, error: LeadIQError) -> bool:
        """Pay for a repetition; False when it cannot be afforded."""
        if isinstance(error, RateLimitError):
            return True
        if self._left < self._cost:
            return False
        self._left -= self._cost
        return True

    def succeeded(self) -> None:
        """Pay back for a success."""
        self._left = min(self._capacity, self._left + self._reward)

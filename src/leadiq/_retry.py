"""Whether a failed attempt is repeated, and when. Pure.

Never sent twice: what may have been taken, unless taking it twice does no harm. 401, 402 and
wrong input are final. The wait after a 429 is as long as LeadIQ's window, and apart from the
backoff after network failures: half a second cannot outlive a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._errors import LeadIQError, RateLimitError, ServerError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_DOUBLINGS = 64  # more reach no cap that is not reached by then, and overflow in the end


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When to try again.

    Args:
        attempts: how often one call is sent at most.
        total_s: seconds after which no further attempt is begun.
        base_s: upper bound of the first wait after a network failure; it doubles each time.
        cap_s: upper bound of any wait after a network failure.
        window_s: the window of LeadIQ's rate limit [guide]: the wait after a 429.
    """

    attempts: int = 4
    total_s: float = 180.0
    base_s: float = 0.5
    cap_s: float = 8.0
    window_s: float = 60.0

    def wait(
        self,
        error: LeadIQError,
        *,
        attempt: int,
        elapsed_s: float,
        repeatable: bool,
        random: Callable[[], float],
    ) -> float | None:
        """Give the seconds to wait before the next attempt, or None to give up.

        Args:
            error: what the last attempt ended with.
            attempt: how often the call was sent so far, from 1.
            elapsed_s: seconds since the call began.
            repeatable: whether the operation may be sent again when its outcome is unknown.
            random: source of the jitter, from 0 up to 1.
        """
        if attempt >= self.attempts:
            return None
        wait = self._wait(error, attempt, repeatable, random)
        if wait is None or elapsed_s + wait > self.total_s:
            return None
        return wait

    def _wait(
        self, error: LeadIQError, attempt: int, repeatable: bool, random: Callable[[], float]
    ) -> float | None:
        if isinstance(error, RateLimitError):  # known not to have been taken
            return self.window_s if error.retry_after_s is None else error.retry_after_s
        if not isinstance(error, TransportError | ServerError):
            return None
        if error.sent and not repeatable:
            return None
        if error.retry_after_s is not None:
            return error.retry_after_s
        doubled = 2.0 ** min(attempt - 1, _MOST_DOUBLINGS)
        return random() * min(self.cap_s, self.base_s * doubled)

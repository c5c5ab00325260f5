"""How a call is made: three clocks, the retry policy, the lane. Frozen; one set of words.

LeadIQ(deadline_s=60)                          every call of the client
leadiq.with_options(deadline_s=5)              every call of a view of it
leadiq.search_people(..., deadline_s=5)        one call
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from .._core.errors import ConfigurationError
from .pacing import Lane
from .retry import RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from .shared import Middleware


class CallOptions(TypedDict, total=False):
    """The options that a call, a view or a client can be given; see `Options`."""

    timeout_s: float
    slot_timeout_s: float | None
    deadline_s: float | None
    retry: RetryPolicy
    lane: Lane
    coalesce: bool
    middleware: Sequence[Middleware]


@dataclass(frozen=True, slots=True)
class Options:
    """How a call is made.

    Args:
        timeout_s: seconds that one attempt may take, from connecting to the last byte.
        slot_timeout_s: seconds that an attempt may wait for a slot of the rate limit; None: as
            long as it takes.
        deadline_s: seconds that the whole call may take, waits and repetitions included; None: as
            long as the retry policy allows.
        retry: when to try again.
        lane: interactive calls overtake bulk ones on the same client.
        coalesce: whether identical reads under way share one request.
        middleware: async functions `(attempt, send) -> Reply` around every attempt, the first one
            outermost; they see what is sent and answered. Those of a view or a call replace
            the client's.

    Raises:
        ConfigurationError: for a time that is not greater than 0, and for what is of another kind
            than it has to be; nothing was sent.
    """

    timeout_s: float = 30.0
    slot_timeout_s: float | None = None
    deadline_s: float | None = None
    retry: RetryPolicy = RetryPolicy()  # noqa: RUF009 - frozen
    lane: Lane = Lane.INTERACTIVE
    coalesce: bool = False
    middleware: Sequence[Middleware] = ()

    def __post_init__(self) -> None:
        clocks = {
            "timeout_s": self.timeout_s,
            "slot_timeout_s": self.slot_timeout_s,
            "deadline_s": self.deadline_s,
        }
        for name, value in clocks.items():
            if not (_is_time(value) or (value is None and name != "timeout_s")):
                raise ConfigurationError(f"{name} has to be greater than 0", sent=False)
        if not isinstance(self.retry, RetryPolicy):
            raise ConfigurationError("retry has to be a RetryPolicy", sent=False)
        if not isinstance(self.lane, Lane):  # text of the same letters would not do as one
            raise ConfigurationError("lane has to be Lane.INTERACTIVE or Lane.BULK", sent=False)
        if not isinstance(self.middleware, list | tuple):
            raise ConfigurationError("middleware has to be a list of functions", sent=False)

    def with_(self, **changes: Unpack[CallOptions]) -> Options:
        """Give these options with some changed."""
        return replace(self, **changes) if changes else self


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0

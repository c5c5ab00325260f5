"""What each error is to whoever asked over HTTP: a problem as RFC 9457 has it. Pure.

LeadIQ's account is the service's, not its visitor's. So a key that LeadIQ refuses is not a 401,
which would have the visitor log in again, and LeadIQ's rate limit is not a 429, as the visitor
may have sent one request: the service is at its limit, and says when to come again.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from leadiq import (
    AuthenticationError,
    BudgetError,
    BudgetStoreError,
    ConnectError,
    ForgottenError,
    InputError,
    InsufficientCreditsError,
    JournalError,
    LeadIQError,
    ListExistsError,
    OutcomeUnknownError,
    RateLimitError,
    RequestTimeoutError,
    StillRunningError,
    TooManyResultsError,
    TrackingCancelledError,
    TrackingTimeoutError,
)

if TYPE_CHECKING:
    from leadiq import PacingStatistics

SOON_S: Final = 5.0
"""When to come again where nobody has said: about as long as a store takes to come back."""


class Problem(NamedTuple):
    """An error as a response: free of personal data, and of what only the service's owner may know.

    Only input that was refused before it was sent has a `detail` of its own, which names the
    member and the reason, and not the value.
    """

    status: int
    name: str
    """Names the kind of problem in `type`."""
    title: str
    detail: str | None = None
    retry_after_s: int | None = None
    request_id: str | None = None
    """Under which events and logs know the call; made by the client."""

    def as_json(self) -> dict[str, Any]:
        """Give the members of the JSON object; what is not known is left out."""
        members = {
            "type": f"urn:problem-type:leadiq:{self.name}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "retry_after": self.retry_after_s,
            "request_id": self.request_id,
        }
        return {name: value for name, value in members.items() if value is not None}


class _Kind(NamedTuple):
    status: int
    name: str
    title: str
    passes: bool = False
    """Whether it helps to come again."""


_QUEUE: Final = _Kind(503, "busy", "The service is at its rate limit", passes=True)
_REFUSED: Final = _Kind(422, "input-refused", "LeadIQ refused the input")
# An error is of the first kind that it is an instance of.
_KINDS: Final[dict[type[LeadIQError], _Kind]] = {
    TooManyResultsError: _Kind(422, "too-many-results", "The search has too many results"),
    InputError: _Kind(422, "invalid-input", "The input cannot be used"),
    AuthenticationError: _Kind(500, "configuration", "The service is not set up for LeadIQ"),
    InsufficientCreditsError: _Kind(402, "no-credits", "The service's credits are used up"),
    BudgetStoreError: _Kind(503, "budget-away", "The budget cannot be asked", passes=True),
    BudgetError: _Kind(402, "budget", "The budget does not cover this"),
    OutcomeUnknownError: _Kind(
        409, "outcome-unknown", "It may have been charged without an answer"
    ),
    ForgottenError: _Kind(410, "forgotten", "The person was removed for good"),
    JournalError: _Kind(507, "no-room", "The service has no room to keep answers"),
    RateLimitError: _QUEUE,
    ConnectError: _Kind(502, "unreachable", "LeadIQ cannot be reached", passes=True),
    RequestTimeoutError: _Kind(504, "timeout", "LeadIQ did not answer in time"),
    TrackingTimeoutError: _Kind(504, "tracking-timeout", "LeadIQ ended the tracking run by force"),
    TrackingCancelledError: _Kind(409, "tracking-cancelled", "The tracking run was cancelled"),
    StillRunningError: _Kind(504, "still-running", "LeadIQ is still at it"),
    ListExistsError: _Kind(409, "list-exists", "There is a list of this name"),
}
_FAILED: Final = _Kind(502, "upstream", "LeadIQ failed, or refused")
_OURS: Final = _Kind(500, "configuration", "The service is not set up for LeadIQ")


def problem_of(error: LeadIQError, pace: PacingStatistics | None = None) -> Problem:
    """Tell what an error is to whoever asked.

    Args:
        error: what a call raised.
        pace: what the queue is doing, to say when to come again.
    """
    kind = _kind_of(error)
    return Problem(
        kind.status,
        kind.name,
        kind.title,
        str(error) if isinstance(error, InputError) and not error.sent else None,
        _retry_after_s(error, kind, pace),
        error.request_id,
    )


def _kind_of(error: LeadIQError) -> _Kind:
    if isinstance(error, InputError) and error.sent and not isinstance(error, TooManyResultsError):
        return _REFUSED
    if isinstance(error, RequestTimeoutError) and not error.sent:
        return _QUEUE  # it waited for a slot until its deadline
    for branch, kind in _KINDS.items():
        if isinstance(error, branch):
            return kind
    return _FAILED if error.sent else _OURS


def _retry_after_s(error: LeadIQError, kind: _Kind, pace: PacingStatistics | None) -> int | None:
    said_s = error.retry_after_s
    if said_s is None and kind is _QUEUE and pace is not None:
        said_s = max(pace.closed_for_s, pace.eta_s)
    if said_s is None and kind.passes:
        said_s = SOON_S
    return None if said_s is None else max(1, ceil(said_s))

"""Work that LeadIQ does after its answer: it starts, takes time, and ends in one of four ways.

Pure: a run is what was decided at its start, and its state is a function of the moment. How long
work takes, and its end where nobody cancels it, are settings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from leadiq.sandbox._settings import RunEnd

PROCESSING, SUCCESSFUL, FAILED = "Processing", "Successful", "Failed"


class State(NamedTuple):
    """How far a run is: its `TaskStatus`, and for one that failed its `ErrorCode` and sentence."""

    status: str
    code: str | None = None
    error: str | None = None


_ENDS = {
    "successful": State(SUCCESSFUL),
    "failed": State(FAILED, "Unexpected", "The run failed on LeadIQ's side."),
}
_TIMED_OUT = State(FAILED, "Timeout", "The run took longer than it was allowed to.")
_CANCELLED = State(FAILED, "Canceled", "The run was cancelled.")
_OVER = {"Canceled": "AlreadyCanceled", None: "AlreadyCompleted"}


@dataclass(frozen=True, slots=True)
class Run:
    """A run from `begun` on, done at `done`, ended by force at `timeout`."""

    begun: datetime
    done: datetime
    timeout: datetime
    end: RunEnd
    cancelled: datetime | None = None

    def state(self, now: datetime) -> State:
        """Return how far the run is at a moment."""
        if self.cancelled is not None:
            return _CANCELLED
        late = self.end == "timeout" or self.timeout < self.done
        if now < (self.timeout if late else self.done):
            return State(PROCESSING)
        return _TIMED_OUT if late else _ENDS[self.end]

    def cancel(self, now: datetime) -> tuple[Run, str | None]:
        """Return the run after cancelling it, and the `ErrorCode` that says why it could not be."""
        state = self.state(now)
        if state.status == PROCESSING:
            return replace(self, cancelled=now), None
        return self, _OVER.get(state.code, "AlreadyFailed")

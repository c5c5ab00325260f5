"""What a client's requests came to, counted while they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .._conduct.events import AttemptEnded, AttemptStarted, RetryScheduled

if TYPE_CHECKING:
    from .._conduct.events import Event

_TOO_MANY: Final = 429


@dataclass(slots=True)
class Traffic:
    """Counts requests; a watcher for `LeadIQ(on_event=...)`."""

    requests: int = 0
    """Requests that were sent, repetitions included."""
    limited: int = 0
    """Requests that the rate limit refused."""
    retries: int = 0
    """Requests that were sent again, or are about to be."""

    def __call__(self, event: Event) -> None:
        """Take one more event into account."""
        match event:
            case AttemptStarted():
                self.requests += 1
            case AttemptEnded(status=status):
                self.limited += status == _TOO_MANY
            case RetryScheduled():
                self.retries += 1
            case _:
                pass

"""What a client tells whoever watches: frozen records, without a key, a name or a variable.

    LeadIQ(on_event=print)

A watcher is called in the task of the call, must be quick, and cannot fail a call: what it raises
is logged once and dropped.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from .._core.receipts import Receipt

logger = logging.getLogger("leadiq")
logger.addHandler(logging.NullHandler())


CANCELLED = "Cancelled"
"""Stands in events for the error of a call that was cancelled, on every event loop."""


class AttemptStarted(NamedTuple):
    """A request is about to be sent."""

    request_id: str
    operation: str
    attempt: int
    """From 1."""
    waited_s: float
    """Seconds that it waited for a slot."""


class AttemptEnded(NamedTuple):
    """A request was answered, or failed."""

    request_id: str
    operation: str
    attempt: int
    elapsed_s: float
    error: str | None
    """Branch of the error (`RateLimitError`), even though HTTP may have said 200; or `CANCELLED`,
    also where a deadline or closing the client ended it."""
    status: int | None
    """HTTP status that LeadIQ means, when there was an error."""


class RetryScheduled(NamedTuple):
    """The call is going to be sent again."""

    request_id: str
    operation: str
    attempt: int
    """The attempt that failed."""
    wait_s: float
    error: str


class CallEnded(NamedTuple):
    """A call is over."""

    receipt: Receipt
    error: str | None


Event = AttemptStarted | AttemptEnded | RetryScheduled | CallEnded


def log(event: Event) -> None:
    """Write an event to the logger `leadiq`; the fields are in the record's `leadiq` attribute."""
    match event:
        case RetryScheduled():
            level, text = logging.WARNING, "%s: %s; trying again in %.1f s"
            parts: tuple[object, ...] = (event.operation, event.error, event.wait_s)
        case AttemptEnded():
            level, text = logging.DEBUG, "%s: attempt %d ended: %s"
            parts = (event.operation, event.attempt, event.error or "answered")
        case CallEnded(receipt=receipt):
            level, text = logging.DEBUG, "%s: over after %.3f s: %s"
            parts = (receipt.operation, receipt.elapsed_s, event.error or "answered")
        case _:
            level, text = logging.DEBUG, "%s: attempt %d"
            parts = (event.operation, event.attempt)
    if logger.isEnabledFor(level):
        logger.log(level, text, *parts, extra={"leadiq": event._asdict()})


class Watchers:
    """Those who watch a client; the log is always among them."""

    def __init__(self, *watchers: Callable[[Event], None]) -> None:
        self._watchers = watchers
        self._failed = False

    @property
    def idle(self) -> bool:
        """Whether nobody would see an event below a warning: then none has to be made."""
        return not self._watchers and not logger.isEnabledFor(logging.DEBUG)

    def tell(self, event: Event) -> None:
        """Tell everybody; nothing is raised."""
        for watcher in (log, *self._watchers):  # a handler or filter of the log's can fail, too
            try:
                watcher(event)
            except Exception as error:  # the call may have been paid for: its answer goes first
                if not self._failed:
                    self._failed = True
                    with suppress(Exception):
                        logger.error("a watcher of events failed (%s)", type(error).__name__)

"""A lookup that was claimed: what it may cost, and what its requests have come to so far."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import anyio

from .._core.errors import LeadIQError
from .._core.pricing import Unlock
from .._engine.outcomes import was_refused
from . import steps
from .replies import Bill, Found, bill

if TYPE_CHECKING:
    from .._conduct.shared import Attempt
    from .._core.pricing import DataPoint, Prices
    from ..types import SearchPeopleInput
    from .commits import Statement


class Wish(NamedTuple):
    """What somebody wants to know, and at which prices."""

    question: bytes
    """Its key in the journal."""
    asked: SearchPeopleInput
    unlock: frozenset[Unlock]
    most: Decimal
    """Credits that it can cost at most."""
    prices: Prices
    free: frozenset[DataPoint]
    """What the team unlocked before."""

    @property
    def claim(self) -> tuple[bytes, Decimal, frozenset[Unlock], frozenset[DataPoint]]:
        """What is written down before anything is sent; see `steps.claimed`."""
        return self.question, self.most, self.unlock, self.free


class Claim:
    """A wish that is in the journal, until it has ended.

    Args:
        wish: what is asked.
        unsure: whether it may have been charged before.

    Attributes:
        charged: what it cost, as far as is known; the most, where it is not known.
        found: what it ended with, when it has.
        reply: LeadIQ's words to it alone.
        bill: what the answer cost, if there is one.
        waited_s: seconds from the claim to what it ended with in which no request was under way.
    """

    __slots__ = (
        "attempts",
        "began",
        "bill",
        "busy_s",
        "charged",
        "ended",
        "failure",
        "found",
        "reply",
        "request_id",
        "unsure",
        "waited_s",
        "wish",
    )

    def __init__(self, wish: Wish, *, unsure: bool) -> None:
        self.wish = wish
        self.unsure = unsure
        self.charged = wish.most if unsure else Decimal(0)
        self.began = anyio.current_time()
        self.attempts = 0
        self.busy_s = 0.0
        self.waited_s = 0.0
        self.request_id = ""
        self.reply = b""
        self.found: Found | LeadIQError | None = None
        self.bill: Bill | None = None
        self.failure: Exception | None = None
        self.ended = anyio.Event()

    @property
    def free_to_repeat(self) -> bool:
        """Whether sending it again is free although it may have been charged [guide]."""
        return Unlock.COMPANY not in self.wish.unlock

    def departs(self, attempt: Attempt) -> None:
        """Note that a request is about to leave: it may cost the most, until one knows better."""
        self.attempts += 1
        self.request_id = attempt.request_id
        self.reply = b""
        self.charged = self.wish.most

    def close(self, found: Found | LeadIQError) -> Statement:
        """Take what came; give what has to be written about it."""
        self.found = found
        self.waited_s = round(anyio.current_time() - self.began - self.busy_s, 3)
        if isinstance(found, LeadIQError) or not self.reply:  # middleware's own answer is not kept
            return self._lose(found)
        wish = self.wish
        self.bill = bill(found.answer, wish.unlock, wish.prices, wish.free)
        self.charged = self.bill.charged
        return steps.settled(wish.question, self.charged, self.receipt)

    def _lose(self, found: Found | LeadIQError) -> Statement:
        refused = isinstance(found, LeadIQError) and was_refused(found)
        self.unsure |= self.attempts > 0 and not refused
        if self.unsure:
            return steps.lost(self.wish.question)
        self.charged = Decimal(0)
        return steps.not_taken(self.wish.question)

    @property
    def receipt(self) -> dict[str, Any]:
        """How its answer came about, as it is kept."""
        paid = self.bill.as_json() if self.bill else {}
        return {"attempts": self.attempts, "waited_s": self.waited_s, **paid}

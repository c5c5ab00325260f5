"""The rules of a ledger that jobs on many machines share. Pure.

It has one slip for each lookup, with the states of a `journal`, and who is at it: a job, and the
process that holds the job. A job is held by one process at a time, on a lease that the process
renews; a process that was killed lets its lease run out. A slip whose process holds its job is
open: others wait for what comes of it. What is not open is told by its state alone:

    claimed    nothing was sent: anybody may send it
    sent       nobody knows whether LeadIQ took it: as `unknown`
    answered   anybody may read the reply, and settle it for the job that has paid
    unknown    as in a journal: sent again where that is free, or where the caller allows it
    settled    the answer is everybody's

A slip is always written whole, and only by who has seen its last version.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .._core.errors import LeadIQError
from .._core.pricing import DataPoint, Prices
from .._engine.outcomes import was_refused
from .entries import Entry, State
from .replies import bill, read_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .claims import Claim, Wish

_OVER = (State.SETTLED, State.FORGOTTEN)


class Slip(NamedTuple):
    """What a ledger knows of one lookup."""

    entry: Entry
    job: str
    """Whose it is: who is at it, or has paid."""
    holder: str
    """The process that is at it; empty if none is."""
    sent_at: float | None
    """Unix time in seconds at which it was last sent."""
    version: int
    """How often it was written."""
    is_open: bool = False
    """Whether its process held its job when it was found. It is not written."""


class Change(NamedTuple):
    """A slip that is to take the place of its version before; version 1: there must be none."""

    question: bytes
    slip: Slip


class Page(NamedTuple):
    """Some of the slips, in no order, and where the next ones begin: empty after the last."""

    slips: list[tuple[bytes, Slip]]
    mark: bytes


class LedgerStore(Protocol):
    """Where one ledger is kept. It blocks, and one thread at a time uses it.

    Each method raises `budget_rules.Unreachable`.
    """

    def open(self, account: str, keep_s: float) -> bool:
        """Note whose it is; remove slips that were not written for so many seconds.

        Returns:
            Whether it is a ledger of this account. Who comes first, decides.
        """
        ...

    def lease(self, job: str, holder: str, seconds: float) -> bool:
        """Hold a job for so many seconds from now, unless another process holds it; 0 ends it."""
        ...

    def find(self, question: bytes) -> Slip | None:
        """Give what is known of a lookup."""
        ...

    def swap(self, changes: Sequence[Change]) -> list[bool]:
        """Write those slips whose version before is there; tell which."""
        ...

    def page(self, job: str | None, mark: bytes) -> Page:
        """Give some of the slips, those of one job or of all; the first mark is empty."""
        ...

    def scrub(self) -> None:
        """Leave nothing of what was replaced, as far as the store can do that."""
        ...

    def remove(self) -> None:
        """Remove the ledger."""
        ...

    def close(self) -> None:
        """Close connections and files."""
        ...


class Standing(Enum):
    """What somebody else may do about a lookup."""

    FREE = auto()
    """It was not sent: make it."""
    OPEN = auto()
    """Wait for whoever is at it."""
    ANSWERED = auto()
    """Settle it, as the process that was at it has ended."""
    UNKNOWN = auto()
    """It may have been charged: send it again if that is free, or allowed."""
    OVER = auto()
    """Take what came of it."""


def standing(slip: Slip | None) -> Standing:
    """Tell what may be done about a lookup by who is not at it."""
    if slip is None:
        return Standing.FREE
    state = slip.entry.state
    if state in _OVER:
        return Standing.OVER
    if slip.is_open:
        return Standing.OPEN
    if state is State.ANSWERED:
        return Standing.ANSWERED
    return Standing.UNKNOWN if state is not State.CLAIMED or is_unsure(slip) else Standing.FREE


def is_unsure(slip: Slip) -> bool:
    """Tell whether it may have been charged before it was last claimed."""
    return bool(slip.entry.receipt.get("unsure"))


def claimed(before: Slip | None, wish: Wish, job: str, holder: str) -> Slip:
    """Claim a lookup that is free or of unknown outcome."""
    unsure = standing(before) is Standing.UNKNOWN
    receipt = {"free": sorted(wish.free), "unsure": unsure}
    entry = Entry(State.CLAIMED, wish.most, "", None, None, None, receipt, wish.unlock)
    sent_at = before.sent_at if before else None
    return Slip(entry, job, holder, sent_at, (before.version if before else 0) + 1)


def sent(slip: Slip, claim: Claim, request_id: str, now: float) -> Slip:
    """A request is about to leave; `now` is Unix time."""
    receipt = {**slip.entry.receipt, "unsure": claim.unsure}
    entry = Entry(
        State.SENT, slip.entry.reserved, request_id, None, None, None, receipt, slip.entry.unlock
    )
    return _next(slip, entry)._replace(sent_at=now)


def answered(slip: Slip, status: int, reply: bytes) -> Slip:
    """There is a reply, of which nothing is read."""
    return _next(slip, slip.entry._replace(state=State.ANSWERED, status=status, reply=reply))


def ended(slip: Slip, claim: Claim) -> Slip:
    """Nobody is at it any more; this is what has come of it."""
    entry = slip.entry
    if claim.bill:
        entry = entry._replace(
            state=State.SETTLED,
            request_id=claim.request_id,
            reply=claim.reply,
            charged=claim.charged,
            receipt=claim.receipt,
        )
    elif claim.found is None and entry.state is State.ANSWERED:
        pass  # given up before it was read: whoever comes next reads it
    elif claim.charged:
        entry = entry._replace(state=State.UNKNOWN, request_id=claim.request_id)
    else:
        entry = entry._replace(state=State.CLAIMED)
    return _next(slip, entry)._replace(holder="")


def recovered(slip: Slip, prices: Prices) -> Slip:
    """Read a reply whose process has ended before it was read."""
    entry = slip.entry
    found = read_kept(entry.status, entry.reply)
    if isinstance(found, LeadIQError):
        untouched = was_refused(found) and not is_unsure(slip)
        entry = entry._replace(state=State.CLAIMED if untouched else State.UNKNOWN)
    else:
        free = frozenset(map(DataPoint, entry.receipt.get("free", ())))
        cost = bill(found.answer, entry.unlock, prices, free)
        charged, receipt = cost.charged, cost.as_json()
        entry = entry._replace(state=State.SETTLED, charged=charged, receipt=receipt)
    return _next(slip, entry)._replace(holder="")


def forgotten(slip: Slip) -> Slip:
    """Leave nothing but that it was there, and its price."""
    entry = slip.entry
    charged = Decimal(0) if standing(slip) is Standing.FREE else entry.charged
    left = Entry(State.FORGOTTEN, entry.reserved, "", None, None, charged, {}, entry.unlock)
    return _next(slip, left)._replace(holder="", sent_at=None)


def _next(slip: Slip, entry: Entry) -> Slip:
    return slip._replace(entry=entry, version=slip.version + 1)

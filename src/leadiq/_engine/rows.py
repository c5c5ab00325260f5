"""What goes into a job and what comes out of it: rows in, outcomes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from .._core.pricing import DataPoint
from .answers import Receipt, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .._core.errors import LeadIQError
    from ..types import PersonRecord
    from .identity import InvalidLead, Lead

R = TypeVar("R")


class Status(StrEnum):
    """How a row ended. Only `failed` and `not_sent` are worth another run."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    INVALID = "invalid"
    FORGOTTEN = "forgotten"
    FAILED = "failed"
    NOT_SENT = "not_sent"


class Row(NamedTuple, Generic[R]):
    """One row of the input."""

    line: int
    """A number of the caller's."""
    lead: Lead | InvalidLead
    """Whom it means, or why it means nobody."""
    row: R
    """The row itself; it comes back with the outcome."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Outcome(Generic[R]):
    """What became of one row.

    Attributes:
        line: the row's own number.
        row: the row, as it was given.
        status: how it ended.
        reason: a clause without personal data. A row that was found has one too when LeadIQ sent an
            error beside it (the person may be incomplete) or an identifier was left out.
        person: the first that LeadIQ found, with the data of all stages. It is there as well when a
            later stage failed or was not sent.
        matches: how many LeadIQ found in all.
        shared: whether another row's lookup answered this one too.
        receipts: of each stage that was asked; empty if nothing was.
        error: what came instead of an answer, or beside one.
    """

    line: int
    row: R
    status: Status
    reason: str = ""
    person: PersonRecord | None = None
    matches: int = 0
    shared: bool = False
    receipts: tuple[Receipt, ...] = ()
    error: LeadIQError | None = None

    @property
    def receipt(self) -> Receipt:
        """All stages in one: amounts are sums, the source and the request are the first's."""
        return whole(self.receipts)

    def __repr__(self) -> str:
        return f"<Outcome line={self.line} {self.status}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: nothing of a person."""
        from .shown import outcome_html

        return outcome_html(self)


def whole(receipts: Sequence[Receipt]) -> Receipt:
    """Add up the receipts of the stages of one row."""
    if len(receipts) < 2:
        return receipts[0] if receipts else Receipt()
    charges = [one.charged for one in receipts]
    known = [charge for charge in charges if charge is not None]
    return Receipt(
        source=receipts[0].source,
        reserved=sum((one.reserved for one in receipts[1:]), receipts[0].reserved),
        charged=sum(known[1:], known[0]) if len(known) == len(charges) else None,
        attempts=sum(one.attempts for one in receipts),
        waited_s=sum(one.waited_s for one in receipts),
        request_id=receipts[0].request_id,
        unlocked=frozenset[DataPoint]().union(*(one.unlocked for one in receipts)),
        updated_at=max(filter(None, (one.updated_at for one in receipts)), default=None),
    )


def shared(receipt: Receipt) -> Receipt:
    """Give the receipt of a row that another row's lookup answered: it cost nothing more."""
    return Receipt(
        source=Source.COALESCED,
        request_id=receipt.request_id,
        unlocked=receipt.unlocked,
        updated_at=receipt.updated_at,
    )

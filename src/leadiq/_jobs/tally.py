"""The numbers of a run: counted row by row, and told at its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .._engine.answers import Source
from .._engine.rows import Status

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from .._core.errors import LeadIQError
    from .._core.pricing import Unlock
    from .._engine.rows import Outcome
    from .journal import Totals


@dataclass(slots=True)
class Tally:
    """Counts outcomes as they come."""

    unlock: Collection[Unlock]
    statuses: Counter[Status] = field(default_factory=Counter[Status])
    shared: int = 0
    """Rows that another row's lookup answered."""
    sources: Counter[Source] = field(default_factory=Counter[Source])
    """Where the answers of lookups came from, those of later stages included."""

    def count(self, outcome: Outcome[Any]) -> None:
        """Take one more outcome into account."""
        self.statuses[outcome.status] += 1
        self.shared += outcome.shared
        self.sources.update(filter(None, (receipt.source for receipt in outcome.receipts)))

    def clear(self) -> None:
        """Begin anew."""
        self.statuses.clear()
        self.sources.clear()
        self.shared = 0

    @property
    def settled(self) -> bool:
        """Whether another run would find nothing to do."""
        return not (self.statuses[Status.FAILED] or self.statuses[Status.NOT_SENT])

    @property
    def rows(self) -> int:
        """All rows so far."""
        return self.statuses.total()

    @property
    def lookups(self) -> int:
        """Different leads so far."""
        return self.rows - self.statuses[Status.INVALID] - self.shared


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What a run of a job came to; credits are universal credits.

    Attributes:
        job: the id under which the job can be gone on with.
        statuses: how many rows ended how.
        shared: rows that another row's lookup answered.
        sources: how many lookups were answered from where.
        sent: lookups that were sent.
        spent: credits of this run, by what came back.
        limit: the budget; None is unlimited.
        used_before: credits that the account had counted when the run began, in whole ones; None if
            it does not tell.
        used_after: the same at its end; None as well if nobody waited for it.
        totals: the journal's, earlier runs included.
        began: Unix time in seconds.
        seconds: how long it took.
        stopped_by: the error that stopped it.
        interrupted: whether it was stopped by `stop`, or left before its end.
    """

    job: str
    statuses: dict[Status, int]
    shared: int
    sources: dict[Source, int]
    sent: int
    spent: Decimal
    limit: Decimal | None
    used_before: int | None
    used_after: int | None
    totals: Totals
    began: float
    seconds: float
    stopped_by: LeadIQError | None = None
    interrupted: bool = False

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.statuses.values())

    @property
    def settled(self) -> bool:
        """Whether another run would find nothing to do."""
        left = self.statuses.get(Status.FAILED, 0) + self.statuses.get(Status.NOT_SENT, 0)
        return not (left or self.interrupted)

    @property
    def charged(self) -> int | None:
        """Credits that the account has counted, by whomever; None if it does not tell."""
        if self.used_before is None or self.used_after is None:
            return None
        return self.used_after - self.used_before

    def _repr_html_(self) -> str:
        """What a notebook shows: nothing of a person."""
        from .shown import summary_html

        return summary_html(self)

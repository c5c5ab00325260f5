"""The numbers of a run, printed at its end; and its exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from .._core.errors import (
    AuthenticationError,
    BudgetError,
    ConfigurationError,
    InsufficientCreditsError,
)
from .._engine.rows import Status
from .._engine.stopping import why_stopped
from .._jobs.entries import State
from ._problems import (
    ALL_SETTLED,
    BAD_INPUT,
    BAD_KEY,
    INTERRUPTED,
    SOME_FAILED,
    STOPPED_BY_CREDITS,
)

if TYPE_CHECKING:
    from .._core.errors import LeadIQError
    from .._jobs.entries import Totals
    from .._jobs.reconciliation import Reconciliation
    from .._jobs.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run of a job tells about itself.

    `sent` and `reused` are lookups: what went to LeadIQ, and what the journal answered. `totals`
    are the journal's at the end, `earlier` the credits of earlier runs, `limit` the budget.
    `charged` is what the account counted, None when nobody can say. `sandbox` says that the
    credits are nobody's money.
    """

    source: str
    target: str
    tally: Tally
    sent: int
    reused: int
    charged: int | None
    totals: Totals
    earlier: Decimal = Decimal(0)
    limit: Decimal | None = None
    seconds: float
    sandbox: bool = False
    interrupted: bool = False
    stopped_by: LeadIQError | None = None
    reconciliation: Reconciliation | None = None
    """The books of the whole job."""

    @property
    def exit_code(self) -> int:
        """0 all settled, 1 some row failed, 3 credits, 4 key refused, 130 interrupted."""
        match self.stopped_by:
            case InsufficientCreditsError() | BudgetError():
                return STOPPED_BY_CREDITS
            case AuthenticationError():
                return BAD_KEY
            case ConfigurationError():
                return BAD_INPUT
            case None:
                pass
            case _:
                return SOME_FAILED
        if self.interrupted:
            return INTERRUPTED
        return SOME_FAILED if self.tally.statuses[Status.FAILED] else ALL_SETTLED

    def as_json(self) -> str:
        """Return the numbers as one JSON object on one line."""
        counts = {status.value: self.tally.statuses[status] for status in Status}
        return json.dumps(
            {
                "source": self.source,
                "target": self.target,
                "unlock": sorted(self.tally.unlock),
                "rows": self.tally.rows,
                **counts,
                "shared": self.tally.shared,
                "requests": self.sent,
                "from_journal": self.reused,
                "credits_charged": self.charged,
                "credits_estimated": str(self.spent),
                "credits_of_job": str(self.totals.charged),
                "credits_uncertain": str(self.totals.uncertain),
                "budget": None if self.limit is None else str(self.limit),
                "seconds": round(self.seconds, 3),
                "stopped_by": self._stopped_by,
                "reconciliation": self.reconciliation and self.reconciliation.to_dict(),
                "exit_code": self.exit_code,
            }
        )

    def as_text(self) -> str:
        """Return the numbers as lines for a person."""
        counts = self.tally.statuses
        lines = [
            f"{self.source} -> {self.target}: {_many(self.tally.rows, 'row')}",
            *(
                f"  {status.value.replace('_', ' '):10}{counts[status]:8,}"
                for status in Status
                if counts[status] or status is not Status.FORGOTTEN
            ),
            f"  {_many(self.sent, 'lookup')} sent, {self.tally.shared:,} saved by sharing"
            f"{self._reused}; {self._credits}; {self.seconds:.1f} s",
        ]
        if self.totals.uncertain:
            count = self.totals.states.get(State.UNKNOWN, 0)
            unknown = _many(count, "lookup") if count else "lookups that were forgotten were"
            lines.append(
                f"  {unknown} sent without an answer: up to {self.totals.uncertain:,f} more credits"
            )
        if self._stopped_by:
            why = why_stopped(self.stopped_by) if self.stopped_by else "interrupted"
            lines.append(f"  stopped: {why}; what was paid for is kept, the rest was not sent")
        if not self.tally.settled:
            lines.append("  the same command with --resume goes on from here")
        if self.reconciliation:
            lines += self.reconciliation.lines_of_text()
        return "\n".join(lines)

    @property
    def _credits(self) -> str:
        name = "sandbox credits" if self.sandbox else "credits"
        about = f"about {self.spent:,f} by what came back"
        if self.charged is not None and self.charged != self.spent:
            about += "; LeadIQ counts whole credits, and what was unlocked before is free"
        if self.earlier:
            about += f"; {self.totals.charged:,f} for the whole job"
        if self.limit is not None:
            about += f"; the budget is {self.limit:,f}"
        charged = "not known" if self.charged is None else f"{self.charged:,}"
        return f"{name} charged: {charged} ({about})"

    @property
    def spent(self) -> Decimal:
        """Credits of this run, by what came back."""
        return self.totals.charged - self.earlier

    @property
    def _reused(self) -> str:
        return f", {self.reused:,} answered by the journal" if self.reused else ""

    @property
    def _stopped_by(self) -> str | None:
        if self.stopped_by:
            return type(self.stopped_by).__name__
        return "interruption" if self.interrupted else None


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

"""The rules of the tally: every row is counted once, and every lookup by its source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from leadiq._engine.answers import Receipt, Source
from leadiq._engine.rows import Outcome, Status
from leadiq._jobs.journal import Totals
from leadiq._jobs.tally import RunSummary, Tally


def outcome(status: Status, *sources: Source, shared: bool = False) -> Outcome[None]:
    receipts = tuple(Receipt(source=source) for source in sources)
    return Outcome(line=1, row=None, status=status, shared=shared, receipts=receipts)


def test_rows_are_counted() -> None:
    """By status, by source, and those that shared a lookup."""
    tally = Tally(())
    tally.count(outcome(Status.FOUND, Source.API, Source.JOURNAL))
    tally.count(outcome(Status.FOUND, Source.COALESCED, shared=True))
    tally.count(outcome(Status.INVALID))
    assert (tally.rows, tally.shared, tally.lookups, tally.settled) == (3, 1, 1, True)
    assert tally.sources == {Source.API: 1, Source.JOURNAL: 1, Source.COALESCED: 1}
    tally.count(outcome(Status.NOT_SENT))
    assert not tally.settled
    tally.clear()
    assert (tally.rows, tally.shared, tally.sources) == (0, 0, {})


def summary(**more: Any) -> RunSummary:
    given: dict[str, Any] = {
        "job": "a-job",
        "statuses": {Status.FOUND: 2, Status.INVALID: 1},
        "shared": 0,
        "sources": {},
        "sent": 2,
        "spent": Decimal(2),
        "limit": None,
        "used_before": 3,
        "used_after": 5,
        "totals": Totals({}, Decimal(2), Decimal(0)),
        "began": 0.0,
        "seconds": 1.0,
    }
    return RunSummary(**{**given, **more})


def test_a_summary_says_whether_anything_is_left() -> None:
    """Failed and unsent rows are, and so is what an interruption left."""
    assert summary().settled
    assert summary().rows == 3
    assert not summary(statuses={Status.FAILED: 1}).settled
    assert not summary(interrupted=True).settled


def test_what_the_account_has_counted() -> None:
    """The difference; if either end is not known, nobody knows."""
    assert summary().charged == 2
    assert summary(used_before=None).charged is None
    assert summary(used_after=None).charged is None

"""The rules of receipts of a row: all its stages in one."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from leadiq._core.pricing import DataPoint
from leadiq._engine.answers import Receipt, Source
from leadiq._engine.rows import Outcome, Status, shared, whole

OLD, NEW = (datetime(year, 1, 1, tzinfo=UTC) for year in (2025, 2026))
FIRST = Receipt(
    source=Source.JOURNAL,
    reserved=Decimal(1),
    charged=Decimal(1),
    attempts=1,
    waited_s=0.5,
    request_id="one",
    unlocked=frozenset({DataPoint.EMAIL}),
    updated_at=NEW,
)
SECOND = Receipt(
    source=Source.API,
    reserved=Decimal(10),
    charged=Decimal(0),
    attempts=2,
    waited_s=1.0,
    request_id="two",
    unlocked=frozenset({DataPoint.PHONE}),
    updated_at=OLD,
)


def test_stages_add_up() -> None:
    """Amounts, attempts and waits are sums, the newest data counts, the first names the request."""
    assert whole([FIRST, SECOND]) == Receipt(
        source=Source.JOURNAL,
        reserved=Decimal(11),
        charged=Decimal(1),
        attempts=3,
        waited_s=1.5,
        request_id="one",
        unlocked=frozenset({DataPoint.EMAIL, DataPoint.PHONE}),
        updated_at=NEW,
    )
    outcome = Outcome(line=1, row=None, status=Status.FOUND, receipts=(FIRST,))
    assert outcome.receipt is FIRST
    assert whole([]) == Receipt()


def test_an_unknown_part_makes_the_whole_unknown() -> None:
    """What nobody knows is not counted as nothing."""
    assert whole([FIRST, Receipt(charged=None)]).charged is None


def test_a_share_costs_nothing() -> None:
    """It names the request, and what came back."""
    assert shared(FIRST) == Receipt(
        source=Source.COALESCED,
        request_id="one",
        unlocked=frozenset({DataPoint.EMAIL}),
        updated_at=NEW,
    )

"""The rules of row receipts: how data came about, without the data."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

from leadiq import ConnectError
from leadiq._core.pricing import DataPoint
from leadiq._engine.answers import Receipt, Source
from leadiq._engine.rows import Outcome, Status
from leadiq._jobs.row_receipts import RECEIPT_COLUMNS, receipt_cells, row_receipt

PAID = Receipt(
    source=Source.API,
    reserved=Decimal("11.0"),
    charged=Decimal(11),
    attempts=2,
    waited_s=1.23456,
    request_id="0123456789abcdef",
    unlocked=frozenset({DataPoint.PHONE, DataPoint.EMAIL}),
    updated_at=datetime(2026, 1, 2, tzinfo=UTC),
)


def test_the_receipt_of_a_row() -> None:
    """Amounts are strings, so that no digit is lost; one stage needs no list of stages."""
    told = row_receipt(Outcome(line=2, row=None, status=Status.FOUND, receipts=(PAID,)))
    assert json.loads(json.dumps(told)) == {
        "line": 2,
        "status": "found",
        "source": "api",
        "price_reserved": "11.0",
        "price_charged": "11",
        "attempts": 2,
        "waited_s": 1.235,
        "request_id": "0123456789abcdef",
        "unlocked": ["email", "phone"],
        "data_updated_at": "2026-01-02T00:00:00+00:00",
        "error": None,
    }


def test_stages_are_told_each() -> None:
    """Beside their sum; a price that nobody knows is null."""
    receipts = (PAID, Receipt(source=Source.JOURNAL, charged=None))
    error = ConnectError("no connection")
    outcome = Outcome(line=2, row=None, status=Status.FAILED, receipts=receipts, error=error)
    told = row_receipt(outcome)
    assert (told["price_charged"], told["error"]) == (None, "ConnectError")
    assert [stage["source"] for stage in told["stages"]] == ["api", "journal"]


def test_the_cells_of_a_row() -> None:
    """As many as there are columns; nothing is an empty cell."""
    assert receipt_cells(Outcome(line=2, row=None, status=Status.FOUND, receipts=(PAID,))) == [
        *("api", "11.0", "11", "2", "1.235", "0123456789abcdef", "email,phone"),
        *("2026-01-02T00:00:00+00:00", ""),
    ]
    none = receipt_cells(Outcome(line=2, row=None, status=Status.INVALID))
    assert none == ["", "0", "0", "0", "0.0", "", "", "", ""]
    assert len(none) == len(RECEIPT_COLUMNS)
    assert all(name.startswith("leadiq_") for name in RECEIPT_COLUMNS)

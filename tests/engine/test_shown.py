"""What a notebook shows of outcomes and receipts: how it ended and what it cost, and nobody."""

from __future__ import annotations

from dataclasses import replace

from leadiq._engine.answers import Receipt
from tables.items import RECEIPT, outcome


def test_an_outcome_shows_its_price_and_nobody() -> None:
    """Neither the row nor the person is in it."""
    html = outcome({"email": "ann@example.com"}, 7)._repr_html_()
    assert all(word in html for word in ("row 7", "found", "api", "11", "email, profile"))
    assert "example.com" not in html
    assert "Ann" not in html
    assert "<td>yes</td>" in outcome(shared=True)._repr_html_()


def test_a_receipt_tells_what_nobody_knows() -> None:
    """A charge that is not known is no number, and a lookup that was not sent says so."""
    assert "not known" in replace(RECEIPT, charged=None)._repr_html_()
    assert "not sent" in Receipt()._repr_html_()
    assert "2026-01-01" in RECEIPT._repr_html_()

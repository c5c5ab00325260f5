"""Receipts: what one call did."""

from __future__ import annotations

from decimal import Decimal

from leadiq._core.pricing import PriceRange
from leadiq._core.receipts import Receipt


def test_a_call_sends_its_own_request_unless_it_says_otherwise() -> None:
    """A receipt that says nothing of it is for a call that was paid for itself."""
    free = PriceRange(Decimal(0), Decimal(0))
    assert Receipt("0" * 16, "Account", (), free, 1, 0.0, 0.1).coalesced is False

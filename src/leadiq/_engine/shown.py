"""What a notebook shows of outcomes and receipts. Pure; nothing of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._ground.notebook import html_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .answers import Receipt
    from .rows import Outcome


def outcome_html(outcome: Outcome[Any]) -> str:
    """Show how a row ended, and at which price."""
    rows = [
        ("status", outcome.status),
        ("reason", outcome.reason),
        ("matches", outcome.matches),
        ("answered another row too", "yes" if outcome.shared else "no"),
        *receipt_rows(outcome.receipt),
    ]
    return html_table(f"row {outcome.line}", rows)


def receipt_rows(receipt: Receipt) -> Iterator[tuple[str, object]]:
    """Give a receipt as rows of a table."""
    yield "source", receipt.source or "not sent"
    yield "credits reserved", receipt.reserved
    yield "credits charged", "not known" if receipt.charged is None else receipt.charged
    yield "attempts", receipt.attempts
    yield "waited", f"{receipt.waited_s:.1f} s"
    yield "unlocked", ", ".join(sorted(receipt.unlocked))
    yield "data of", receipt.updated_at and receipt.updated_at.date()
    yield "request", receipt.request_id

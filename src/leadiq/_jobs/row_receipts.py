"""The receipt of one row, for files: how its data came about, without the data. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .._engine.cells import RESULT_PREFIX

if TYPE_CHECKING:
    from .._engine.answers import Receipt
    from .._engine.rows import Outcome

_NAMES: Final = (
    "source",
    "price_reserved",
    "price_charged",
    "attempts",
    "waited_s",
    "request_id",
    "unlocked",
    "data_updated_at",
)
RECEIPT_COLUMNS: Final = [RESULT_PREFIX + name for name in (*_NAMES, "error")]
"""What `receipt_cells` returns."""


def row_receipt(outcome: Outcome[Any]) -> dict[str, Any]:
    """Give a row's receipt as JSON has it; with `stages` if it has gone through several.

    `price_charged` is None where nobody knows it. The names are those of `leadiq jobs export`.
    """
    line: dict[str, Any] = {
        "line": outcome.line,
        "status": outcome.status.value,
        **_members(outcome.receipt),
        "error": _error(outcome),
    }
    if len(outcome.receipts) > 1:
        line["stages"] = [_members(receipt) for receipt in outcome.receipts]
    return line


def receipt_cells(outcome: Outcome[Any]) -> list[str]:
    """Give a row's receipt as cells; of several stages the sum."""
    members = _members(outcome.receipt)
    texts = [
        ",".join(members["unlocked"]) if name == "unlocked" else members[name] for name in _NAMES
    ]
    return ["" if text is None else str(text) for text in (*texts, _error(outcome))]


def _members(receipt: Receipt) -> dict[str, Any]:
    charged, updated = receipt.charged, receipt.updated_at
    return {
        "source": receipt.source and receipt.source.value,
        "price_reserved": f"{receipt.reserved:f}",
        "price_charged": None if charged is None else f"{charged:f}",
        "attempts": receipt.attempts,
        "waited_s": round(receipt.waited_s, 3),
        "request_id": receipt.request_id or None,
        "unlocked": sorted(receipt.unlocked),
        "data_updated_at": updated and updated.isoformat(),
    }


def _error(outcome: Outcome[Any]) -> str | None:
    return type(outcome.error).__name__ if outcome.error else None

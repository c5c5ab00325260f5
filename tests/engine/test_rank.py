"""The rules of ranks: numbers of a column, the highest first unless told otherwise."""

from __future__ import annotations

import pytest

from leadiq._engine.rank import by_column


@pytest.mark.parametrize(
    ("column", "cell", "rank"),
    [
        ("score", "10", 10),
        ("score", " 2.5 ", 2.5),
        ("-score", "10", -10),
        ("score", "high", None),
        ("score", "", None),
        ("-score", "inf", None),
    ],
)
def test_ranks(column: str, cell: str, rank: float | None) -> None:
    """A `-` turns the order round; what is no number has no rank."""
    assert by_column(column, lambda row, name: row[name])({"score": cell}) == rank

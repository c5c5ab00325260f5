"""The rules of the spool: ranks decide, and the order of the input comes back."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq import InputError
from leadiq._engine.identity import InvalidLead
from leadiq._engine.rows import Row
from leadiq._jobs.spool import Spool

NOBODY = InvalidLead("no identifier")


def taken(*ranks: Any) -> tuple[list[int], list[int]]:
    """The lines by rank, and in order."""

    def rank(row: Any) -> Any:
        if isinstance(row, Exception):
            raise row
        return row

    with Spool(rank) as spool:
        for line, row in enumerate(ranks, 1):
            spool.add(Row(line, NOBODY, row))
        return [row.line for row in spool.by_rank()], [row.line for row in spool.in_order()]


def test_the_highest_comes_first() -> None:
    """Equal ranks keep their order."""
    assert taken(1, 3, 2.5, 3) == ([2, 4, 3, 1], [1, 2, 3, 4])


def test_what_has_no_rank_comes_last() -> None:
    """None, what is no finite number, and what the function raises for."""
    ranks = (None, -5, float("nan"), "high", ValueError("x"), float("inf"), 2)
    assert taken(*ranks)[0] == [7, 2, 1, 3, 4, 5, 6]


def test_rows_come_back_whole() -> None:
    """Number, lead and row are as they were."""
    row = Row(7, NOBODY, {"a": [1]})
    with Spool(lambda _: 0) as spool:
        spool.add(row)
        (back,) = spool.by_rank()
    assert (back.line, back.row, str(back.lead)) == (7, {"a": [1]}, str(NOBODY))


def test_what_cannot_be_kept_is_refused() -> None:
    """The error names the row's number, not the row."""
    with Spool(lambda _: 0) as spool, pytest.raises(InputError, match="row 3 cannot be pickled"):
        spool.add(Row(3, NOBODY, lambda: 0))

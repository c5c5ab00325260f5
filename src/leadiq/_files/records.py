"""The rows of a file, whatever its format: all text, and what is wrong with each. Pure."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from .._engine.identity import InvalidLead
from .._ground.wording import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .._engine.identity import Lead
    from .._jobs.columns import Columns

#: Bytes that are no UTF-8 are read as lone surrogates, which can't be written.
_UNWRITABLE: Final = re.compile("[\0\ud800-\udfff]")
_NUL: Final = "a NUL byte, as in UTF-16; save it as UTF-8"


class Record(NamedTuple):
    """One row: as many cells as the header has, and where it is.

    `line` is the line where it begins, from 1; in Parquet the number of the row. `fault` is a
    clause without data that says why it can't be used; then `cells` are what could be read.
    `original` is the text of the object in JSON lines, in one line.
    """

    line: int
    cells: list[str]
    fault: str = ""
    original: str = ""


def lead_of(record: Record, columns: Columns) -> Lead | InvalidLead:
    """Return whom a row means, or why it means nobody. Never raises."""
    if record.fault:
        return InvalidLead(f"line {record.line}: {record.fault}")
    return columns.lead(record.cells)


def fitted(cells: list[str], width: int, delimiter: str = " ") -> list[str]:
    """Return as many cells as the header has; what is too many goes to the last one."""
    if len(cells) <= width:
        return cells + [""] * (width - len(cells))
    return [*cells[: width - 1], delimiter.join(cells[width - 1 :])]


def flaw_of(cells: Sequence[str], header: Sequence[str]) -> str:
    """Say what no cell may hold, naming the column; nothing when they are sound."""
    longest = longest_cell_chars()
    for at, cell in enumerate(cells):
        what = ""
        if len(cell) > longest:
            what = f"a cell longer than {longest:,} characters"
        elif bad := _UNWRITABLE.search(cell):
            what = _NUL if bad[0] == "\0" else "not UTF-8; save it as UTF-8"
        if what:
            return f"column {column(header, at)}: {what}"
    return ""


def readable(cells: Sequence[str]) -> list[str]:
    """Return the cells with what can't be written replaced, or left out where it is too long."""
    longest = longest_cell_chars()
    return [_UNWRITABLE.sub("\ufffd", cell) if len(cell) <= longest else "" for cell in cells]


def column(header: Sequence[str], at: int) -> str:
    """Return what to call a column: its name, or its number from 1 where it has none."""
    return shown(header[at]) if at < len(header) else str(at + 1)


def longest_cell_chars() -> int:
    """Return how long a cell may be: what the csv module reads, in all formats."""
    return csv.field_size_limit()

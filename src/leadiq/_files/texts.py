"""Rows as lines of text, CSV or JSON. Pure."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Final, Protocol

from .formulas import defused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .records import Record
    from .sources import Dialect

_HARMLESS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


class Text(Protocol):
    """How a row is written."""

    def head(self) -> str:
        """Return what stands before the first row."""
        ...

    def row(self, record: Record, cells: Sequence[str]) -> str:
        """Return a row with its line end: the input's, and cells of one's own after it."""
        ...


class CsvText:
    """Rows of CSV, each cell so that no spreadsheet runs it."""

    def __init__(self, dialect: Dialect, names: Sequence[str]) -> None:
        self._dialect = dialect
        self._names = names
        self._lines: list[str] = []
        # The writer quotes line breaks only when its own line end holds them: give it both.
        self._writer = csv.writer(self, delimiter=dialect.delimiter, lineterminator="\r\n")

    def head(self) -> str:
        """Return the header, after a byte order mark if the input has one."""
        return ("\ufeff" if self._dialect.has_bom else "") + self._line(self._names)

    def row(self, record: Record, cells: Sequence[str]) -> str:
        """Return a row."""
        return self._line([*record.cells, *cells])

    def write(self, line: str) -> None:
        """Take one whole row from the csv writer."""
        self._lines.append(line)

    def _line(self, cells: Sequence[str]) -> str:
        # Most cells begin with a letter or digit, and asking that first halves the time.
        safe = [c if not c or c[0] in _HARMLESS else defused(c) for c in cells]
        self._writer.writerow(safe)
        return self._lines.pop()[:-2] + self._dialect.line_end


class JsonText:
    """Rows of JSON lines: the members of the input's object as they were, then one's own.

    An empty cell is null. A row of another format becomes an object with its cells as texts.
    """

    def __init__(self, header: Sequence[str], columns: Sequence[str]) -> None:
        self._header = header
        self._columns = columns

    def head(self) -> str:
        """Return nothing: each row names its members."""
        return ""

    def row(self, record: Record, cells: Sequence[str]) -> str:
        """Return a row."""
        given = record.original[1:-1].strip()
        if not record.original:
            given = _members(self._header, record.cells)
        own = _members(self._columns, cells)
        return f"{{{given}{', ' if given and own else ''}{own}}}\n"


def _members(names: Sequence[str], cells: Sequence[str]) -> str:
    members = {name: cell or None for name, cell in zip(names, cells, strict=True)}
    return _ENCODER.encode(members)[1:-1]

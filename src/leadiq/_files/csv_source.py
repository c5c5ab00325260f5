"""Reading CSV: strictly, and going on after a record that is malformed.

The delimiter is the one that occurs most in the header, outside quotes: a comma, a semicolon, a
tab or a bar. A line break inside quotes counts as a line. Blank lines hold no record.

A record that can't be read ends with its first line, whatever it swallowed after that: the next
one begins on the next line. So a quote that is never closed costs its own row, and no other; but
where the next quote stands right before a delimiter or a line end, it closes it by the rules of
CSV, and if the number of cells is right nobody can tell.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from .formats import Kind
from .lines import MAX_CHARS, Lines, delimiter_of
from .problems import unusable
from .records import Record, column, fitted, flaw_of, longest_cell_chars, readable
from .sources import Dialect, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .inputs import Input

_BOM: Final = b"\xef\xbb\xbf"
_TOO_LONG: Final = f"longer than {MAX_CHARS:,} characters"


class CsvSource(Source):
    """A CSV file."""

    kind = Kind.CSV

    def __init__(self, file: Input) -> None:
        super().__init__(file)
        self.dialect = self._sniffed()
        self.header = self._header(Lines(file.text()))

    def _sniffed(self) -> Dialect:
        has_bom = self._file.plain().read(len(_BOM)) == _BOM
        for line in Lines(self._file.text()):
            if line[:4].lower() == "sep=":
                raise unusable(f"{self.name} begins with sep=, for Excel alone: take that line out")
            if line.strip():
                ends_in_crlf = line.endswith("\r\n") or not line.endswith("\n")
                return Dialect(delimiter_of(line), "\r\n" if ends_in_crlf else "\n", has_bom)
        raise unusable(f"{self.name} is empty: the first line must name the columns")

    def _header(self, lines: Lines) -> list[str]:
        """Read up to the end of the first record. It may be somebody's data: nothing is quoted."""
        reader = self._reader(lines)
        cells: list[str] = []
        line = 0
        try:
            while not cells:
                line = lines.begin_record()
                cells = next(reader)
        except csv.Error:
            fault = lines.fault(self.dialect.delimiter, longest_cell_chars())
            where = f"line {fault.line}, column {fault.column + 1}"
            raise unusable(f"{self.name}, {where}: {fault.what}") from None
        if flaw := flaw_of(cells, ()):
            raise unusable(f"{self.name}, line {line}, {flaw}")
        return cells

    def _reader(self, lines: Lines) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.dialect.delimiter, strict=True)

    def _records(self) -> Iterator[Record]:
        lines = Lines(self._file.text())
        self._header(lines)
        reader, width = self._reader(lines), len(self.header)
        while True:
            line = lines.begin_record()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield self._bad(line, lines, self._refused(lines))
                reader = self._reader(lines)
                continue
            if len(cells) == width:
                yield Record(line, cells) if lines.is_plain else self._checked(line, cells, lines)
            elif cells:
                yield self._bad(line, lines, self._ragged(len(cells)))
                reader = self._reader(lines)

    def _checked(self, line: int, cells: list[str], lines: Lines) -> Record:
        fault = _TOO_LONG if lines.is_cut else flaw_of(cells, self.header)
        return Record(line, readable(cells) if fault else cells, fault)

    def _bad(self, line: int, lines: Lines, fault: str) -> Record:
        """Give what can be read of a record that is none, and go on behind its first line."""
        lines.retreat()
        cells = self._salvaged(lines.record[0].rstrip("\r\n"))
        cells = fitted(readable(cells), len(self.header), self.dialect.delimiter)
        return Record(line, cells, _TOO_LONG if lines.is_cut else fault)

    def _salvaged(self, text: str) -> list[str]:
        try:
            return next(csv.reader([text], delimiter=self.dialect.delimiter))
        except csv.Error:  # a cell that is too long
            return text.split(self.dialect.delimiter)

    def _refused(self, lines: Lines) -> str:
        fault = lines.fault(self.dialect.delimiter, longest_cell_chars())
        return f"column {column(self.header, fault.column)}: {fault.what}"

    def _ragged(self, count: int) -> str:
        width = len(self.header)
        what = f"the first without a cell is column {column(self.header, count)}"
        if count > width:
            what = f"the last is column {column(self.header, width - 1)}"
        cells = "1 cell" if count == 1 else f"{count} cells"
        return f"{cells} where the header has {width}; {what}"

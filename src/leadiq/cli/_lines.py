"""The physical lines of a text file, and where a record of them goes wrong."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import BinaryIO, Final, NamedTuple

from ._columns import column_name
from ._problems import Problem

#: No CSV that people exchange has such lines; without a bound, a file without line breaks
#: would be read into memory whole.
MAX_LINE_CHARS: Final = 4 * 1024 * 1024
_DELIMITERS: Final = ",;\t|"


class Fault(NamedTuple):
    """Why a record can't be read: the line and column (from 0) to look at, and a clause."""

    line: int
    column: int
    what: str


class Lines:
    """An iterator over the lines of a binary file, decoded from UTF-8 with or without BOM.

    Remembers the lines of the record that is being read, so that a fault in it can be found.
    `release` gives the file back, open; until then nobody else may use it.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._name = name
        self._number = 0
        self._record: list[str] = []

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(MAX_LINE_CHARS)
        except UnicodeDecodeError:
            place = f"line {_first_bad_line(self._file)}{_first_bad_column(self._file)}"
            raise Problem(f"{self._name}, {place}: not UTF-8; save it as UTF-8") from None
        if not line:
            raise StopIteration
        self._number += 1
        self._check(line)
        self._record.append(line)
        return line

    def release(self) -> None:
        """Let go of the file: without this it would be closed together with this object."""
        self._text.detach()

    def begin_record(self) -> int:
        """Forget the last record; return the number of the line where the next one begins."""
        self._record.clear()
        return self._number + 1

    def fault(self, delimiter: str, most_chars: int) -> Fault:
        """Return what is wrong with the record that was read last, which csv refused.

        `most_chars` is csv's limit for one cell.
        """
        return _fault(self._record, self._number - len(self._record) + 1, delimiter, most_chars)

    def _check(self, line: str) -> None:
        if "\0" in line:
            what = "a NUL byte, as in UTF-16; save it as CSV in UTF-8"
            raise Problem(f"{self._name}, line {self._number}: {what}")
        if len(line) >= MAX_LINE_CHARS and line[-1] not in "\r\n":
            raise Problem(
                f"{self._name}, line {self._number}: longer than {MAX_LINE_CHARS:,} characters"
            )


def delimiter_of(line: str) -> str:
    """Return the delimiter that occurs most outside quotes."""
    outside_quotes = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside_quotes.count)  # the first of equals


def _fault(record: list[str], first: int, delimiter: str, most_chars: int) -> Fault:
    """Walk through a record as csv does, to the place where csv stops."""
    column, opened, size = 0, first, 0
    state = "start"  # of the cell: start, bare, quoted, or closed after the second quote
    for number, line in enumerate(record, first):
        for char in line:
            if state == "closed" and char not in f'"{delimiter}\r\n':
                what = "text after the closing quote; inside a cell a quote is written twice"
                return Fault(opened, column, what)
            if char == delimiter and state != "quoted":
                column, opened, size, state = column + 1, number, 0, "start"
            elif char == '"' and state in ("start", "closed"):
                state, size = "quoted", size + (state == "closed")
            elif char == '"' and state == "quoted":
                state = "closed"
            else:
                state, size = ("bare" if state == "start" else state), size + 1
            if size > most_chars:
                return Fault(opened, column, _too_long(opened != number, most_chars))
    return Fault(opened, column, "the quote opened here is never closed")


def _too_long(over_lines: bool, most_chars: int) -> str:
    if over_lines:
        return f"the quote opened here is not closed within {most_chars:,} characters"
    return f"a cell longer than {most_chars:,} characters"


def _first_bad_line(file: BinaryIO) -> int:
    file.seek(0)
    for number, line in enumerate(file, 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            return number + line.count(b"\r", 0, error.start) * (b"\n" not in line)
    raise AssertionError("the file was decoded the second time")


def _first_bad_column(file: BinaryIO) -> str:
    """Return `, column` and the first that is not UTF-8; nothing when csv cannot tell.

    Nobody has looked at the header yet, so it may be data: see `column_name`.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        first = next(filter(str.strip, text))
        text.seek(0)
        records = csv.reader(text, delimiter=delimiter_of(first))
        header = next(cells for cells in records if cells)
        bad = next(cells for cells in chain([header], records) if any(map(_undecoded, cells)))
        return f", column {column_name(header, [*map(_undecoded, bad)].index(True))}"
    except csv.Error:
        return ""
    finally:
        text.detach()


def _undecoded(cell: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in cell)

"""The physical lines of a CSV file, and where a record of them goes wrong."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

#: No CSV that people exchange has such lines or records; without a bound, a file without line
#: breaks would be read into memory whole.
MAX_CHARS: Final = 4 * 1024 * 1024
_DELIMITERS: Final = ",;\t|"
_ENDS: Final = ("\n", "\r")


class Fault(NamedTuple):
    """Why a record can't be read: the line and column (from 0) to look at, and a clause."""

    line: int
    column: int
    what: str


class Lines:
    """The lines of a text, each with its end.

    Remembers the lines of the record that is being read, so that a fault in it can be found,
    and all but the first can be read again. Of a line that is too long the rest is left out; then,
    and when the record is, `is_cut` is true.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.number = 0
        self.record: list[str] = []
        self.is_cut = False
        self._chars = 0
        self._again: list[str] = []

    def __iter__(self) -> Iterator[str]:
        readline, record, again = self._text.readline, self.record, self._again
        while line := again.pop() if again else readline(MAX_CHARS):
            self.number += 1
            record.append(line)
            self._chars += len(line)
            if self._chars >= MAX_CHARS:
                self._cut(line)
            yield line

    @property
    def is_plain(self) -> bool:
        """True when the record is one line of nothing but ASCII: nothing can be wrong with it."""
        line = self.record[0]
        return len(self.record) == 1 and line.isascii() and "\0" not in line and not self.is_cut

    def begin_record(self) -> int:
        """Forget the last record; return the number of the line where the next one begins."""
        self.record.clear()
        self._chars = 0
        self.is_cut = False
        return self.number + 1

    def retreat(self) -> None:
        """Go back to the second line of the record, so that what was swallowed comes again."""
        swallowed = self.record[1:]
        self._again.extend(reversed(swallowed))
        self.number -= len(swallowed)
        del self.record[1:]

    def fault(self, delimiter: str, most_chars: int) -> Fault:
        """Return what is wrong with the record that was read last, which csv refused.

        `most_chars` is csv's limit for one cell.
        """
        return _fault(self.record, self.number - len(self.record) + 1, delimiter, most_chars)

    def _cut(self, line: str) -> None:
        """End a record that is too long; of its line, if that is, skip the rest."""
        self.is_cut = True
        if len(self.record) > 1:
            raise csv.Error("too long")
        while line and not line.endswith(_ENDS):
            line = self._text.readline(MAX_CHARS)


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

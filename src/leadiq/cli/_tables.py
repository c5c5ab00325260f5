"""Reading a CSV file as text, strictly, as often as needed, in flat memory.

What is wrong with a file ends in one `Problem` that names the file, the line (from 1, as
editors count) and the column. A line break inside quotes counts as a line. Blank lines hold
no row. The delimiter is the one that occurs most in the header, outside quotes: a comma, a
semicolon, a tab or a bar. All cells are text: leading zeros live.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, Final, NamedTuple, Self

from ._lines import Lines, delimiter_of
from ._problems import Problem, cause_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT: Final = "-"
_CHUNK_BYTES: Final = 1 << 20
_BOM: Final = b"\xef\xbb\xbf"
#: First bytes of what people take for a CSV file, and what to tell them.
_OTHER_FORMATS: Final = {
    b"\xff\xfe": "is UTF-16",
    b"\xfe\xff": "is UTF-16",
    b"PK\x03\x04": "is a spreadsheet or an archive",
    b"\x1f\x8b": "is compressed with gzip",
}


class Row(NamedTuple):
    """The cells of one record, as many as the header has, and the line where it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written, so that the result can be written the same way."""

    delimiter: str = ","
    line_end: str = "\r\n"
    has_bom: bool = False


class Table:
    """An open CSV file: its header, and its rows from the first one at each call of `rows`.

    What can't be read twice (a pipe, standard input) is copied to a temporary file first.
    Use it as a context manager.
    """

    def __init__(self, path: str) -> None:
        """Open the file and read its header. Raises `Problem`."""
        self.name = "standard input" if path == STANDARD_INPUT else path
        self._file = self._opened(path)
        self._reading: Lines | None = None
        self.header: list[str] = []
        try:
            self._state = _state(self._file)
            self.dialect = self._sniffed()
            self.header = next(self._records()).cells
        except OSError as error:
            self._close()
            raise self._unreadable(error) from None
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def rows(self) -> Iterator[Row]:
        """Yield the rows after the header. Raises `Problem` at the first that is malformed.

        Raises `Problem` too when the file has been changed since it was opened; what was
        yielded before is good. A new iterator ends the one before.
        """
        self._require_unchanged()
        records = self._records()
        next(records)  # the header
        try:
            yield from records
        except Problem:  # the change, if there is one, is the better explanation
            self._require_unchanged()
            raise
        except OSError as error:
            raise self._unreadable(error) from None
        self._require_unchanged()

    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes, in hex. It ends an iterator over the rows."""
        self._lines().release()
        self._reading = None
        self._file.seek(0)
        digest = hashlib.sha256()
        while chunk := self._file.read(_CHUNK_BYTES):
            digest.update(chunk)
        return digest.hexdigest()

    def _opened(self, path: str) -> BinaryIO:
        if not path:
            raise Problem("IN is empty: name a file, or - for standard input")
        try:
            if path == STANDARD_INPUT and sys.stdin is None:
                raise Problem("standard input is closed")
            if path == STANDARD_INPUT:
                return _spooled(sys.stdin.buffer)
            file = open(path, "rb")  # noqa: SIM115 - closed by __exit__
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return file
            with file:
                return _spooled(file)
        except IsADirectoryError:
            raise Problem(f"{self.name} is a directory, not a CSV file") from None
        except FileNotFoundError:
            raise Problem(f"there is no file {path}") from None
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: Exception) -> Problem:
        return Problem(f"cannot read {self.name}: {cause_of(error)}")

    def _sniffed(self) -> Dialect:
        start = self._file.read(4)
        for magic, is_other in _OTHER_FORMATS.items():
            if start.startswith(magic):
                raise Problem(f"{self.name} {is_other}: save it as CSV in UTF-8")
        for line in self._lines():
            if line[:4].lower() == "sep=":
                raise Problem(f"{self.name} begins with sep=, for Excel alone: take that line out")
            if line.strip():
                ends_in_crlf = line.endswith("\r\n") or not line.endswith("\n")
                line_end = "\r\n" if ends_in_crlf else "\n"
                return Dialect(delimiter_of(line), line_end, start.startswith(_BOM))
        raise Problem(f"{self.name} is empty: the first line must name the columns")

    def _lines(self) -> Lines:
        if self._reading:
            self._reading.release()
        self._file.seek(0)
        self._reading = Lines(self._file, self.name)
        return self._reading

    def _close(self) -> None:
        if self._reading:
            self._reading.release()
        self._file.close()

    def _records(self) -> Iterator[Row]:
        """Yield every record, the header too, which decides how many cells there are."""
        lines = self._lines()
        reader = csv.reader(lines, delimiter=self.dialect.delimiter, strict=True)
        width = 0
        while True:
            line = lines.begin_record()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise Problem(self._malformed(lines)) from None
            if cells:
                width = width or len(cells)
                if len(cells) != width:
                    raise Problem(self._ragged(line, len(cells)))
                yield Row(line, cells)

    def _malformed(self, lines: Lines) -> str:
        fault = lines.fault(self.dialect.delimiter, csv.field_size_limit())
        return f"{self.name}, line {fault.line}, column {self._column(fault.column)}: {fault.what}"

    def _ragged(self, line: int, count: int) -> str:
        width = len(self.header)
        what = f"the first without a cell is column {self._column(min(count, width - 1))}"
        if count > width:
            what = f"the last is column {self._column(width - 1)}"
        cells = "1 cell" if count == 1 else f"{count} cells"
        return f"{self.name}, line {line}: {cells} where the header has {width}; {what}"

    def _column(self, at: int) -> str:
        return shown(self.header[at]) if at < len(self.header) else str(at + 1)

    def _require_unchanged(self) -> None:
        if _state(self._file) != self._state:
            raise Problem(f"{self.name} was changed while it was being read")


def _state(file: IO[bytes]) -> tuple[int, int]:
    """Return what changes when a file is written to."""
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def _spooled(source: IO[bytes]) -> BinaryIO:
    """Copy to a temporary file without a name, which goes when it is closed."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by Table
    shutil.copyfileobj(source, copy, io.DEFAULT_BUFFER_SIZE)
    copy.flush()
    return copy

"""Writing the result: beside the target, then renamed, so that no half of it is ever seen."""

from __future__ import annotations

import contextlib
import csv
import os
import secrets
import shutil
import sys
import tempfile
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Self

from ._formulas import defused
from ._problems import Problem, Trouble, cause_of, say, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._tables import Dialect

STANDARD_OUTPUT: Final = "-"


def require_writable(path: str, *, source: str, force: bool) -> None:
    """Refuse a target that can't or shouldn't be written, before anything is paid for.

    Raises `Problem`. A file that exists is overwritten only with `force`; the source never.
    """
    if path == STANDARD_OUTPUT:
        return
    if not path:
        raise Problem("OUT is empty: name a file, or - for standard output")
    try:
        _refuse_existing(Path(path).resolve(), path, source, force)
    except (OSError, ValueError, RuntimeError) as error:  # the last: links that lead in a circle
        raise Problem(f"cannot write {shown(path)}: {cause_of(error)}") from None


def _refuse_existing(target: Path, path: str, source: str, force: bool) -> None:
    if target.is_dir():
        raise Problem(f"{path} is a directory, not a file to write")
    if not target.parent.is_dir():
        raise Problem(f"the directory of {path} does not exist")
    if not target.exists():
        return
    if os.path.exists(source) and target.samefile(source):
        raise Problem("the output would overwrite the input: choose another file")
    if not target.is_file():
        raise Problem(f"{path} is no regular file (- stands for standard output)")
    if not force:
        raise Problem(f"{path} exists already: choose another file, or overwrite it with --force")


class Output:
    """A CSV file that appears under its name, whole, when `commit` is called.

    Until then it is `.<name>.<random>.partial` in the same directory, with every row that was
    written, whatever happens to the process. It goes when the `with` block ends; but once
    `precious` is set, an error leaves it there and where is told. `-` is standard output, which
    is written to by `commit` only; its partial file is in the directory for temporary files.
    """

    def __init__(self, path: str, dialect: Dialect, *, force: bool) -> None:
        """Create the partial file. Raises `Problem` when that can't be done."""
        self.precious = False
        self._target = None if path == STANDARD_OUTPUT else Path(path).resolve()
        self._force = force
        self._dialect = dialect
        self._partial: Path | None
        try:
            self._partial, self._bytes = _created(self._target)
        except OSError as error:
            raise Problem(f"cannot write beside {shown(path)}: {cause_of(error)}") from None
        encoding = "utf-8-sig" if dialect.has_bom else "utf-8"
        self._file = TextIOWrapper(self._bytes, encoding=encoding, newline="")
        # The writer quotes line breaks only when its own line end holds them: give it both.
        self._writer = csv.writer(self, delimiter=dialect.delimiter, lineterminator="\r\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        with contextlib.suppress(OSError):  # a full disk was told of already
            self._file.close()
        if self._partial and not self.precious:
            self._partial.unlink(missing_ok=True)
        elif self._partial and not isinstance(error, Trouble):  # its text says it
            say(f"what was paid for is kept in {self._partial}")

    def write_row(self, cells: Iterable[str]) -> None:
        """Append a row, each cell so that no spreadsheet runs it. Raises `Trouble`."""
        try:
            self._writer.writerow([defused(cell) for cell in cells])
            self._file.flush()
        except OSError as error:
            raise self._failed(error) from None

    def write(self, record: str) -> None:
        """Take one whole record from the csv writer, and end it as the input's lines do."""
        self._file.write(record[:-2] + self._dialect.line_end)

    def commit(self) -> None:
        """Put the file in place. Raises `Trouble`; then the partial file stays if precious."""
        try:
            self._file.flush()
            if self._target is None:
                self._copy_to_standard_output()
            else:
                os.fsync(self._file.fileno())
                self._rename(self._target)
        except OSError as error:
            raise self._failed(error) from None
        self.precious = False

    def _rename(self, target: Path) -> None:
        assert self._partial is not None  # noqa: S101 - for the type checker
        if target.exists():
            if not self._force:
                raise FileExistsError(0, "it came into being meanwhile")
            shutil.copymode(target, self._partial)
        self._partial.replace(target)
        self._partial = None

    def _copy_to_standard_output(self) -> None:
        self._bytes.seek(0)
        shutil.copyfileobj(self._bytes, sys.stdout.buffer)
        sys.stdout.buffer.flush()

    def _failed(self, error: OSError) -> Trouble:
        name = self._target.name if self._target else "the output"
        kept = f"; what was paid for is kept in {self._partial}" if self.precious else ""
        return Trouble(f"cannot write {name}: {error.strerror}{kept}")


def _created(target: Path | None) -> tuple[Path, IO[bytes]]:
    if target is None:
        number, name = tempfile.mkstemp(".partial", "leadiq.")
        return Path(name), os.fdopen(number, "w+b")
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    return partial, partial.open("xb")

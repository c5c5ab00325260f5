"""Where an output goes: beside the target, then renamed, so that no half of it is ever seen."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO, Final

from .._ground.wording import cause_of, shown
from .formats import STANDARD
from .problems import refused

_PART: Final = re.compile(r"part-([0-9]{5,})\.parquet")
_PARTIAL: Final = re.compile(r"\..*\.partial")


def require_writable(path: str, *, source: str, force: bool) -> None:
    """Refuse a target that can't or shouldn't be written, before anything is paid for.

    A file that exists is overwritten only with `force`; the source never.

    Raises:
        ConfigurationError: nothing was sent.
    """
    if path == STANDARD:
        return
    if not path:
        raise refused("OUT is empty: name a file, or - for standard output")
    try:
        _refuse_existing(Path(path).resolve(), path, source, force)
    except (OSError, ValueError, RuntimeError) as error:  # the last: links that lead in a circle
        raise refused(f"cannot write {shown(path)}: {cause_of(error)}") from None


def _refuse_existing(target: Path, path: str, source: str, force: bool) -> None:
    if not target.parent.is_dir():
        raise refused(f"the directory of {path} does not exist")
    if path.endswith("/"):
        _refuse_directory(target, path, source, force)
        return
    if target.is_dir():
        raise refused(f"{path} is a directory: end it with / to write Parquet files into it")
    if not target.exists():
        return
    if os.path.exists(source) and target.samefile(source):
        raise refused("the output would overwrite the input: choose another file")
    if not target.is_file():
        raise refused(f"{path} is no regular file (- stands for standard output)")
    if not force:
        raise refused(f"{path} exists already: choose another file, or overwrite it with --force")


def _refuse_directory(target: Path, path: str, source: str, force: bool) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise refused(f"{path} is a file: leave the / out to write one")
    parts = parts_of(target).values()
    if any(os.path.exists(source) and part.samefile(source) for part in parts):
        raise refused("the output would overwrite the input: choose another directory")
    if {*parts} != {entry for entry in target.iterdir() if not _PARTIAL.match(entry.name)}:
        raise refused(f"{path} holds other files than parts of an output: choose another directory")
    if parts and not force:
        raise refused(f"{path} has parts already: choose another directory, or use --force")


def parts_of(directory: Path) -> dict[int, Path]:
    """Return the files of a directory that are parts of an output, by number."""
    named = ((_PART.fullmatch(path.name), path) for path in directory.iterdir())
    return {int(match[1]): path for match, path in named if match}


class Target:
    """A file that gets its name when it is whole.

    Until then it is `.<name>.<random>.partial` in the same directory, whatever happens to the
    process. `-` is standard output, which gets all at the end; its partial file is in the
    directory for temporary files, for its owner alone.

    Attributes:
        file: to write to.
        name: for messages.
        partial: where the bytes are; None once they are in place.
    """

    def __init__(self, path: str, *, force: bool) -> None:
        """Create the partial file. Raises `ConfigurationError` when that can't be done."""
        self._force = force
        self._place = None if path == STANDARD else Path(path).resolve()
        self.name = self._place.name if self._place else "the output"
        self.partial: Path | None
        try:
            self.partial, self.file = _created(self._place)
        except OSError as error:
            raise refused(f"cannot write beside {shown(path)}: {cause_of(error)}") from None

    def put(self) -> None:
        """Give the file its name, or its bytes to standard output. Raises OSError."""
        self.file.flush()
        if self._place is None:
            self.file.seek(0)
            shutil.copyfileobj(self.file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            os.fsync(self.file.fileno())
            self._rename(self._place)

    def drop(self, *, keep: bool = False) -> Path | None:
        """Close the file. Unless it is to be kept, what is not in place goes.

        Return where it is kept.
        """
        with contextlib.suppress(OSError):  # of a full disk
            self.file.close()
        if self.partial and not keep:
            self.partial.unlink(missing_ok=True)
            self.partial = None
        return self.partial

    def _rename(self, place: Path) -> None:
        assert self.partial is not None  # noqa: S101 - for the type checker
        if place.exists():
            if not self._force:
                raise FileExistsError(0, "it came into being meanwhile")
            shutil.copymode(place, self.partial)
        self.partial.replace(place)
        self.partial = None


def _created(place: Path | None) -> tuple[Path, IO[bytes]]:
    if place is None:
        number, name = tempfile.mkstemp(".partial", "leadiq.")
        return Path(name), os.fdopen(number, "w+b")
    partial = place.with_name(f".{place.name}.{secrets.token_hex(4)}.partial")
    return partial, partial.open("xb")

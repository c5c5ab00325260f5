"""The bytes of an input, from the first one as often as needed."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import stat
import sys
import tempfile
import zlib
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, BinaryIO, Final, TextIO, cast

from .._ground.wording import cause_of
from .formats import GZIP, STANDARD
from .problems import unusable

if TYPE_CHECKING:
    from .._core.errors import InputError

_CHUNK_BYTES: Final = 1 << 20
_BUFFER_BYTES: Final = 1 << 17
#: What reading can raise, a damaged compressed file too.
UNREADABLE: Final = (OSError, EOFError, zlib.error)


class Input:
    """An open file. What can't be read twice (a pipe, standard input) is copied to disk first.

    Close it at the end. Attributes: `name` for messages, `start` its first bytes.
    """

    def __init__(self, path: str) -> None:
        """Open the file. Raises `InputError`."""
        self.name = "standard input" if path == STANDARD else path
        self._file = self._opened(path)
        self._reading = ExitStack()
        try:
            self._state = _state(self._file)
            self.start = self._file.read(4)
        except OSError as error:
            self._file.close()
            raise self.unreadable(error) from None

    @property
    def is_zipped(self) -> bool:
        """Whether it is compressed, whatever its name says."""
        return self.start.startswith(GZIP)

    def close(self) -> None:
        """Close the file, and what `plain` gave."""
        self._reading.close()
        self._file.close()

    def plain(self) -> BinaryIO:
        """Give the bytes from the beginning, decompressed. It ends what was given before."""
        self._reading.close()
        file = self._reading.enter_context(os.fdopen(os.dup(self._file.fileno()), "rb"))
        file.seek(0)
        if not self.is_zipped:
            return file
        unzipped = self._reading.enter_context(gzip.GzipFile(fileobj=file, mode="rb"))
        buffered = io.BufferedReader(cast("io.RawIOBase", unzipped), _BUFFER_BYTES)
        return self._reading.enter_context(buffered)

    def text(self) -> TextIO:
        """Give what `plain` does, as text with its line ends, without byte order mark.

        Bytes that are no UTF-8 come as lone surrogates.
        """
        return self._reading.enter_context(
            io.TextIOWrapper(self.plain(), "utf-8-sig", "surrogateescape", newline="")
        )

    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes, in hex. It ends what `plain` gave."""
        self._reading.close()
        self._file.seek(0)
        digest = hashlib.sha256()
        while chunk := self._file.read(_CHUNK_BYTES):
            digest.update(chunk)
        return digest.hexdigest()

    def require_unchanged(self) -> None:
        """Raise `InputError` if the file has been written to since it was opened."""
        if _state(self._file) != self._state:
            raise unusable(f"{self.name} was changed while it was being read")

    def unreadable(self, error: Exception) -> InputError:
        """Give the error for one of `UNREADABLE`."""
        cause = cause_of(error)
        if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
            cause = "the compressed data is damaged, or ends too early"
        return unusable(f"cannot read {self.name}: {cause}")

    def _opened(self, path: str) -> BinaryIO:
        if not path:
            raise unusable("IN is empty: name a file, or - for standard input")
        try:
            if path == STANDARD and sys.stdin is None:
                raise unusable("standard input is closed")
            if path == STANDARD:
                return _spooled(sys.stdin.buffer)
            file = open(path, "rb")  # noqa: SIM115 - closed by `close`
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return file
            with file:
                return _spooled(file)
        except IsADirectoryError:
            raise unusable(f"{self.name} is a directory, not a file") from None
        except FileNotFoundError:
            raise unusable(f"there is no file {path}") from None
        except (OSError, ValueError) as error:
            raise self.unreadable(error) from None


def _state(file: IO[bytes]) -> tuple[int, int]:
    """Return what changes when a file is written to."""
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def _spooled(source: IO[bytes]) -> BinaryIO:
    """Copy to a temporary file without a name, which goes when it is closed."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `Input`
    shutil.copyfileobj(source, copy, io.DEFAULT_BUFFER_SIZE)
    copy.flush()
    return copy

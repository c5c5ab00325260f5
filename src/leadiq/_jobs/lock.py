"""One writer for a file: a lock that ends with the process, however that ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from .._core.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":  # pragma: no cover - nothing else differs there
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    _look = _take
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _look(file: int) -> None:
        """Two who look do not stand in each other's way."""
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)


class Lock:
    """The right to write to a file, held from here until `release`.

    It is the operating system's lock on `<file>.lock`, so a killed process holds none. The lock
    file itself stays: removing it could let two processes lock two files of one name.

    Args:
        path: what is to be written.

    Raises:
        ConfigurationError: another process writes to it, or there is no writing there.
    """

    def __init__(self, path: Path) -> None:
        self._path = _lock_of(path)
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            text = f"cannot write to {path.parent}: {error.strerror}"
            raise ConfigurationError(text, sent=False) from None
        try:
            _take(self._file)
        except OSError:
            os.close(self._file)
            text = f"another process writes to {path.name}; wait for it, or end it"
            raise ConfigurationError(text, sent=False) from None

    def release(self) -> None:
        """Let others write. It can be called more than once."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def remove(self) -> None:
        """Remove the lock file, of a file whose name will not be used again."""
        self._path.unlink(missing_ok=True)


def is_held(path: Path) -> bool:
    """Tell whether a process holds the lock of a file, without taking it."""
    try:
        file = os.open(_lock_of(path), os.O_RDWR)
    except OSError:
        return False
    try:
        _look(file)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".lock")

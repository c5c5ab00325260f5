"""What all outputs have in common."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self

from .._ground.wording import cause_of
from .problems import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .records import Record
    from .targets import Target


class Sink(ABC):
    """An output that is there, whole, when `commit` was called. Use it as a context manager.

    Attributes:
        precious: to be set once a row was paid for: then what was written stays, whatever happens.
        kept: after the `with` block, where that is; None if it is in place, or nothing is left.
    """

    def __init__(self) -> None:
        self.precious = False
        self.kept: Path | None = None

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(self, *_: object) -> None: ...

    def write(self, record: Record, cells: Sequence[str], *, settled: bool = True) -> None:
        """Append a row: the input's, and the cells of the sink's own columns after it.

        Args:
            record: the input's.
            cells: as many as there are columns of one's own.
            settled: whether another run of the job would write the same.

        Raises:
            OutputError: it can't be written; the text says where the rest is kept, if it is
                precious.
        """
        try:
            self._write(record, cells, settled=settled)
        except OSError as error:
            raise self._failed(error) from None

    def commit(self) -> None:
        """Put everything in place. Raises `OutputError`, as `write` does."""
        try:
            self._commit()
        except OSError as error:
            raise self._failed(error) from None
        self.precious = False

    @abstractmethod
    def _write(self, record: Record, cells: Sequence[str], *, settled: bool) -> None: ...

    @abstractmethod
    def _commit(self) -> None: ...

    @abstractmethod
    def _failed(self, error: OSError) -> OutputError: ...


class FileSink(Sink):
    """One file."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._target = target

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):  # a full disk was told of already
            self._end()
        self.kept = self._target.drop(keep=self.precious)

    @abstractmethod
    def _end(self) -> None:
        """Write what stands behind the rows; a second call does nothing."""

    def _commit(self) -> None:
        self._end()
        self._target.put()

    def _failed(self, error: OSError) -> OutputError:
        kept = f"; what was paid for is kept in {self._target.partial}" if self.precious else ""
        return OutputError(f"cannot write {self._target.name}: {cause_of(error)}{kept}")

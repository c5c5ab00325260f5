"""The option --receipts: a line of JSON for each row, free of personal data."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, Self

from .._files.problems import OutputError
from .._files.targets import Target
from .._jobs.row_receipts import row_receipt

if TYPE_CHECKING:
    from .._engine.rows import Outcome


class Receipts:
    """A file of receipts, which gets its name when it is whole; without a path, no file.

    Use it as a context manager; without `commit` nothing stays.
    """

    def __init__(self, path: str | None, *, force: bool) -> None:
        """Begin the file. Raises `ConfigurationError` when that can't be done."""
        self._target = None if path is None else Target(path, force=force)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._target:
            with contextlib.suppress(OSError):
                self._target.file.close()
            if self._target.partial:
                self._target.partial.unlink(missing_ok=True)

    def write(self, outcome: Outcome[Any]) -> None:
        """Append a row's receipt. Raises `OutputError`."""
        if self._target:
            try:
                self._target.file.write(json.dumps(row_receipt(outcome)).encode() + b"\n")
            except OSError as error:
                raise _failed(self._target, error) from None

    def commit(self) -> None:
        """Put the file in place. Raises `OutputError`."""
        if self._target:
            try:
                self._target.put()
            except OSError as error:
                raise _failed(self._target, error) from None


def _failed(target: Target, error: OSError) -> OutputError:
    return OutputError(f"cannot write {target.name}: {error.strerror}")

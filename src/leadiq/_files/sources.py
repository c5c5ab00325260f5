"""What all inputs have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from .._core.errors import InputError
from .inputs import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .formats import Kind
    from .inputs import Input
    from .records import Record


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written, so that the result can be written the same way."""

    delimiter: str = ","
    line_end: str = "\r\n"
    has_bom: bool = False


class Source(ABC):
    """An open input: its header, and its records from the first one at each call.

    Everything is text. Memory does not grow with the file. Use it as a context manager.
    """

    kind: Kind
    dialect = Dialect()

    def __init__(self, file: Input) -> None:
        """Read the header. The file is the source's from now on. Raises `InputError`."""
        self._file = file
        self.name = file.name
        self.header: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def records(self) -> Iterator[Record]:
        """Yield the records after the header; one that is malformed says so in its `fault`.

        Raises `InputError` when the file can't be read on, or has been changed since it was
        opened; what was yielded before is good. A new iterator ends the one before.
        """
        self._file.require_unchanged()
        try:
            yield from self._records()
        except InputError:  # the change, if there is one, is the better explanation
            self._file.require_unchanged()
            raise
        except UNREADABLE as error:
            raise self._file.unreadable(error) from None
        self._file.require_unchanged()

    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes, in hex. It ends an iterator over the records."""
        return self._file.digest()

    @abstractmethod
    def _records(self) -> Iterator[Record]: ...

"""What a walk through a file shows: how many rows it has, and which of them can't be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .records import Record

#: Faults that are told in words; a file with more of them has one reason for all, mostly.
_TOLD: Final = 3


class Survey:
    """Counts records while somebody else walks through them.

    Attributes:
        rows: records so far.
        malformed: how many of them can't be read.
    """

    def __init__(self) -> None:
        self.rows = self.malformed = 0
        self._told: list[str] = []

    def walk(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass the records on."""
        for record in records:
            self.rows += 1
            if record.fault:
                self.malformed += 1
                if self.malformed <= _TOLD:
                    self._told.append(f"line {record.line}: {record.fault}")
            yield record

    def __str__(self) -> str:
        """Say what can't be read, without data; nothing when all can."""
        if not self.malformed:
            return ""
        rows = "1 row" if self.malformed == 1 else f"{self.malformed:,} rows"
        more = ["..."] if self.malformed > _TOLD else []
        return f"{rows} cannot be read and will not be looked up: {'; '.join(self._told + more)}"

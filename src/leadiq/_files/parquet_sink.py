"""Writing one Parquet file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .row_groups import RowGroups
from .sinks import FileSink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .records import Record
    from .targets import Target


class ParquetSink(FileSink):
    """A Parquet file. Killed before its end it can't be read: the job's journal has all."""

    def __init__(self, target: Target, names: Sequence[str]) -> None:
        super().__init__(target)
        self._groups = RowGroups(target.file, names)

    def _write(self, record: Record, cells: Sequence[str], *, settled: bool) -> None:
        self._groups.add([*record.cells, *cells])

    def _end(self) -> None:
        self._groups.close()

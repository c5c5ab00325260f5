"""Rows as Parquet (extra `[parquet]`): columns of text, in row groups of one size."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final

from .arrow import pa, pq

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Rows that are packed at once; as Python's strings they take ten times as much memory.
_ROWS_AT_ONCE: Final = 1000
GROUP_ROWS: Final = 10_000


class RowGroups:
    """Writes rows to a file, of which no more than one row group is in memory.

    An empty cell is null. The same rows are the same bytes.
    """

    def __init__(self, file: IO[bytes], names: Sequence[str]) -> None:
        self._file = file
        self._schema = pa.schema([(name, pa.string()) for name in names])
        self._writer: Any = None
        self._is_closed = False
        self._rows: list[Sequence[str]] = []
        self._packed: list[Any] = []

    def add(self, cells: Sequence[str]) -> None:
        """Append a row. Raises OSError."""
        self._rows.append(cells)
        if len(self._rows) == _ROWS_AT_ONCE:
            self._pack()
            if len(self._packed) * _ROWS_AT_ONCE == GROUP_ROWS:
                self._write()

    def close(self, metadata: Mapping[str, str] | None = None) -> None:
        """Write the rest, and what makes the file whole. A second call does nothing.

        Raises OSError.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._pack()
        self._write()
        if metadata:
            self._writer.add_key_value_metadata(metadata)
        self._writer.close()

    def _pack(self) -> None:
        if self._rows:
            columns = [_column(cells) for cells in zip(*self._rows, strict=True)]
            self._packed.append(pa.record_batch(columns, schema=self._schema))
            self._rows.clear()

    def _write(self) -> None:
        if self._writer is None:  # it writes at once, and only here somebody expects it to fail
            self._writer = pq.ParquetWriter(self._file, self._schema)
        if self._packed:
            self._writer.write_table(pa.Table.from_batches(self._packed), GROUP_ROWS)
            self._packed.clear()


def _column(cells: Sequence[str]) -> Any:
    return pa.array([cell or None for cell in cells], pa.string())

"""Reading Parquet (extra `[parquet]`): every column as text, a batch of rows at a time.

A number is its decimal text (`15550100.0` is `15550100`), a time ISO 8601 with a blank, null and
NaN are empty, and what has members of its own is compact JSON.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from .arrow import BROKEN, pa, pc, pq
from .formats import Kind
from .problems import unusable
from .records import Record, flaw_of, longest_cell_chars, readable
from .sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .inputs import Input

_ROWS_AT_ONCE: Final = 1000
#: A page of each column is in memory, not a whole row group.
_BUFFER_BYTES: Final = 1 << 16


class ParquetSource(Source):
    """A Parquet file."""

    kind = Kind.PARQUET

    def __init__(self, file: Input) -> None:
        super().__init__(file)
        self.header = [str(name) for name in self._opened().schema_arrow.names]

    def _records(self) -> Iterator[Record]:
        header, line = self.header, 0
        for columns in self._batches():
            suspicious = any(map(_is_suspicious, columns))
            for cells in map(list, zip(*columns, strict=True)):
                line += 1
                fault = flaw_of(cells, header) if suspicious else ""
                yield Record(line, readable(cells) if fault else cells, fault)

    def _batches(self) -> Iterator[list[list[str]]]:
        """Yield the columns of some rows."""
        try:
            file = self._opened()
            if file.num_row_groups == 0:  # which pyarrow 18 takes for damage
                return
            for batch in file.iter_batches(_ROWS_AT_ONCE, use_threads=False):
                yield [_texts(column) for column in batch.columns]
        except BROKEN:
            raise self._damaged() from None

    def _opened(self) -> Any:
        try:
            return pq.ParquetFile(self._file.plain(), pre_buffer=False, buffer_size=_BUFFER_BYTES)
        except BROKEN:
            raise self._damaged() from None

    def _damaged(self) -> Exception:
        return unusable(f"cannot read {self.name}: it is damaged, or no whole Parquet file")


def _texts(column: Any) -> list[str]:
    """Return the cells of a column; bytes that are no UTF-8 become lone surrogates."""
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    try:
        texts: list[str] = column.cast(pa.string()).fill_null("").to_pylist()
        return texts
    except pa.ArrowNotImplementedError:
        return [_compact(value) for value in column.to_pylist()]
    except (pa.ArrowInvalid, UnicodeDecodeError):
        values = column.cast(pa.binary()).fill_null(b"").to_pylist()
        return [value.decode(errors="surrogateescape") for value in values]


def _compact(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _is_suspicious(column: list[str]) -> bool:
    """Tell whether some cell may hold what none may, without looking at each."""
    text = "".join(column)
    return "\0" in text or not _is_utf8(text) or max(map(len, column)) > longest_cell_chars()


def _is_utf8(text: str) -> bool:
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False

"""Writing CSV and JSON lines, compressed or not."""

from __future__ import annotations

import gzip
import io
from typing import IO, TYPE_CHECKING, Final, cast

from .sinks import FileSink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .records import Record
    from .targets import Target
    from .texts import Text

_BUFFER_BYTES: Final = 1 << 16


class TextSink(FileSink):
    """A text file. Every row that was written is on its way to the disk, whatever happens to the
    process; of a compressed one, all but the last.
    """

    def __init__(self, target: Target, text: Text, *, zipped: bool) -> None:
        super().__init__(target)
        self._text = text
        self._zipped = _zipped(target.file) if zipped else None
        self._file = self._zipped or target.file
        self._put(text.head())

    def _write(self, record: Record, cells: Sequence[str], *, settled: bool) -> None:
        self._put(self._text.row(record, cells))
        if not self._zipped:  # a flush there would undo most of the compression
            self._file.flush()

    def _put(self, text: str) -> None:
        self._file.write(text.encode(errors="replace"))

    def _end(self) -> None:
        if self._zipped:
            self._zipped.close()


def _zipped(file: IO[bytes]) -> IO[bytes]:
    """Compress into a file; without a time in it, so that the same rows are the same bytes."""
    packed = gzip.GzipFile("", "wb", 6, file, 0)
    return io.BufferedWriter(cast("io.RawIOBase", packed), _BUFFER_BYTES)

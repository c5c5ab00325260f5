"""Writing a directory of Parquet files, each whole when it appears."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .._ground.wording import cause_of
from .arrow import BROKEN, pq
from .problems import OutputError, refused
from .row_groups import RowGroups
from .sinks import Sink
from .targets import Target, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .records import Record

PART_ROWS: Final = 50_000
_JOB: Final = "leadiq.job"
_SETTLED: Final = "leadiq.settled"


class PartsSink(Sink):
    """A directory of files `part-00000.parquet` and so on, with `PART_ROWS` rows each.

    A part says in its metadata of which job it is, and whether all its rows are settled. Such a
    part is kept when the job goes on. The others are replaced one by one; what an earlier output
    has beyond the last part goes at `commit`.
    """

    def __init__(self, path: str, names: Sequence[str], *, job: str) -> None:
        """Make the directory, if there is none. Raises `ConfigurationError`."""
        super().__init__()
        self._place = Path(path).resolve()
        self._names = names
        self._job = job
        self._rows = 0
        self._part: _Part | None = None
        try:
            self._place.mkdir(exist_ok=True)
        except OSError as error:
            raise refused(f"cannot make the directory {path}: {cause_of(error)}") from None

    def __exit__(self, *_: object) -> None:
        """Leave the parts that are whole; without any, not even the directory."""
        if self._part:
            self._part.drop()
        with contextlib.suppress(OSError):
            self._place.rmdir()

    def _write(self, record: Record, cells: Sequence[str], *, settled: bool) -> None:
        if self._rows % PART_ROWS == 0:
            self._begin()
        self._rows += 1
        if self._part:
            self._part.add([*record.cells, *cells], settled=settled)

    def _commit(self) -> None:
        if not self._rows:
            self._begin()
        self._end()
        count = max(1, -(-self._rows // PART_ROWS))
        for number, path in parts_of(self._place).items():
            if number >= count:
                path.unlink()

    def _begin(self) -> None:
        self._end()
        path = self._place / f"part-{self._rows // PART_ROWS:05}.parquet"
        if not (self._job and _is_settled(path, self._job, self._names)):
            self._part = _Part(path, self._names)

    def _end(self) -> None:
        part, self._part = self._part, None
        if part:
            part.put(self._job)

    def _failed(self, error: OSError) -> OutputError:
        return OutputError(f"cannot write to {self._place}: {cause_of(error)}")


class _Part:
    """The part that is being written."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._target = Target(str(path), force=True)
        self._groups = RowGroups(self._target.file, names)
        self._settled = True

    def add(self, cells: Sequence[str], *, settled: bool) -> None:
        self._settled &= settled
        self._groups.add(cells)

    def put(self, job: str) -> None:
        """Give it its name. Raises OSError; then nothing of it stays."""
        try:
            self._groups.close({_JOB: job, _SETTLED: "yes" if self._settled else "no"})
            self._target.put()
        finally:
            self._target.drop()

    def drop(self) -> None:
        """Give it up."""
        with contextlib.suppress(OSError):
            self._groups.close()
        self._target.drop()


def _is_settled(path: Path, job: str, names: Sequence[str]) -> bool:
    """Tell whether a part is what this run would write: it may have other columns to write."""
    try:
        footer = pq.read_metadata(path)
    except BROKEN:
        return False
    metadata: dict[bytes, bytes] = footer.metadata or {}
    said = metadata.get(_JOB.encode()), metadata.get(_SETTLED.encode())
    return footer.schema.names == [*names] and said == (job.encode(), b"yes")

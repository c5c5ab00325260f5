"""A part of a job: one batch of rows, and the same batch with what became of them. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from leadiq._engine.cells import RESULT_PREFIX
from leadiq._tables.columns import Shape, Type
from leadiq._tables.looked_up import outcome_shape
from leadiq.arrow._pyarrow import pyarrow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from leadiq._core.pricing import Unlock
    from leadiq._engine.rows import Outcome

_PROGRESS: Final = {
    "part": Type.TEXT,
    "part_rows": Type.COUNT,
    "part_charged": Type.CREDITS,
    "done_at": Type.TIME,
}


class Done(NamedTuple):
    """A row that is over, and how far its part was then."""

    outcome: Outcome[Any]
    part: str
    rows: int
    """How many the part has."""
    charged: Decimal
    """What its rows have cost so far."""
    at: datetime


class Progress:
    """Counts what a part has come to.

    Args:
        part: its name.
        rows: how many it has.
    """

    def __init__(self, part: str, rows: int) -> None:
        self._part = part
        self._rows = rows
        self._charged = Decimal(0)

    def done(self, outcome: Outcome[Any], now: float) -> Done:
        """Note a row that is over, at a Unix time in seconds."""
        self._charged += outcome.receipt.charged or 0
        at = datetime.fromtimestamp(now, UTC)
        return Done(outcome, self._part, self._rows, self._charged, at)


def part_of(batch: Any) -> str:
    """Name a part after its rows: when a batch is worked on again, it is the same part.

    The name tells nothing of the rows, but whoever has them can tell that these are they.
    """
    pa = pyarrow()
    sink = pa.BufferOutputStream()
    table = batch if isinstance(batch, pa.Table) else pa.Table.from_batches([batch])
    plain = table.replace_schema_metadata(None).combine_chunks()
    with pa.ipc.new_stream(sink, plain.schema) as stream:
        stream.write_table(plain)
    return f"part-{sha256(sink.getvalue()).hexdigest()[:32]}"


def rows_of(batch: Any) -> list[dict[str, Any]]:
    """Give the rows as mappings."""
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows


def added_schema(unlock: Collection[Unlock]) -> Any:
    """Give the schema of what is put beside the rows."""
    from leadiq._tables.packing import schema_of  # which needs pyarrow

    return schema_of(_shape(unlock))


def with_results(batch: Any, rows: Sequence[Done], unlock: Collection[Unlock]) -> Any:
    """Put the results beside the rows of a batch or a table."""
    from leadiq._tables.packing import batch_of

    added = batch_of(rows, _shape(unlock))
    for name, column in zip(added.schema.names, added.columns, strict=True):
        batch = batch.append_column(name, column)
    return batch


def _shape(unlock: Collection[Unlock]) -> Shape:
    outcomes = outcome_shape(unlock)

    def row(done: Done) -> list[Any]:
        return [*outcomes.row(done.outcome), done.part, done.rows, done.charged, done.at]

    names = [RESULT_PREFIX + name for name in _PROGRESS]
    return Shape([*outcomes.names, *names], [*outcomes.types, *_PROGRESS.values()], row)

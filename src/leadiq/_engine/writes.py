"""Many writes, each sent once at most, and what became of every row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from .._core.errors import LeadIQError, RateLimitError
from .outcomes import was_refused
from .stopping import Brake

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

Given = TypeVar("Given")
Answer = TypeVar("Answer")


class WriteStatus(StrEnum):
    """What became of a row. `REFUSED` and `NOT_SENT` can be sent again without harm."""

    DONE = "done"
    NOT_FOUND = "not_found"
    """There was nothing to remove."""
    REFUSED = "refused"
    """LeadIQ said no, or is known not to have taken it."""
    UNKNOWN = "unknown"
    """It was sent and no answer came: LeadIQ may have done it. Look before sending it again."""
    NOT_SENT = "not_sent"
    """Something before it would have failed this one as well."""


@dataclass(frozen=True, slots=True, repr=False)
class WriteRow(Generic[Given, Answer]):
    """One row: what was given, what became of it, LeadIQ's answer, and why there is none."""

    given: Given
    status: WriteStatus
    answer: Answer | None = None
    reason: str = ""

    def __repr__(self) -> str:
        return f"<WriteRow {self.status}>"


@dataclass(frozen=True, slots=True, repr=False)
class WriteReport(Generic[Given, Answer]):
    """What became of the rows, in the order in which they were given.

    `stopped_by` is the error after which no further row was sent, if there was one. Rows can have
    failed without it: see `complete`.
    """

    rows: tuple[WriteRow[Given, Answer], ...]
    stopped_by: LeadIQError | None = None

    @property
    def complete(self) -> bool:
        """Whether every row is done."""
        return all(row.status is WriteStatus.DONE for row in self.rows)

    @property
    def answers(self) -> list[Answer]:
        """LeadIQ's answers to the rows that are done."""
        done = (row for row in self.rows if row.status is WriteStatus.DONE)
        return [row.answer for row in done if row.answer is not None]

    def having(self, *statuses: WriteStatus) -> list[Given]:
        """Give what was given in the rows of these statuses."""
        return [row.given for row in self.rows if row.status in statuses]

    def __repr__(self) -> str:
        counts = ((s, sum(row.status is s for row in self.rows)) for s in WriteStatus)
        return f"<WriteReport {', '.join(f'{s}={n}' for s, n in counts if n) or 'empty'}>"


async def write(
    given: Sequence[Given],
    size: int,
    send: Callable[[Sequence[Given]], Awaitable[list[WriteRow[Given, Answer]]]],
    on_row: Callable[[WriteRow[Given, Answer]], None] | None = None,
) -> WriteReport[Given, Answer]:
    """Send the rows, `size` to a call and one call after the other; none is sent twice.

    Args:
        given: the rows.
        size: how many go in one call.
        send: one call; gives a row for each that it was given.
        on_row: is told of every row when its fate is known. Cancelling loses the report: who may
            be cancelled keeps what it is told here. Rows under way are told as unknown then.
    """
    work = _Work(on_row)
    for start in range(0, len(given), size):
        chunk = given[start : start + size]
        if work.stopped_by is not None:
            work.settle([WriteRow(row, WriteStatus.NOT_SENT, None, work.why) for row in chunk])
        else:
            await work.do(chunk, send)
    return WriteReport(tuple(work.rows), work.stopped_by)


class _Work(Generic[Given, Answer]):
    """The rows so far. See `write`."""

    def __init__(self, on_row: Callable[[WriteRow[Given, Answer]], None] | None) -> None:
        self.rows: list[WriteRow[Given, Answer]] = []
        self.stopped_by: LeadIQError | None = None
        self.why = ""
        self._on_row = on_row
        self._brake = Brake()

    async def do(
        self,
        chunk: Sequence[Given],
        send: Callable[[Sequence[Given]], Awaitable[list[WriteRow[Given, Answer]]]],
    ) -> None:
        """Send one chunk."""
        rows: list[WriteRow[Given, Answer]] = [
            WriteRow(row, WriteStatus.UNKNOWN, None, _CUT) for row in chunk
        ]
        error: LeadIQError | None = None
        try:
            rows = await send(chunk)
        except LeadIQError as failure:
            error = failure
            rows = _failed(chunk, failure)
        finally:
            self.settle(rows)
        self._judge(error)

    def settle(self, rows: list[WriteRow[Given, Answer]]) -> None:
        """Note rows whose fate is known."""
        self.rows += rows
        for row in rows:
            if self._on_row:
                self._on_row(row)

    def _judge(self, error: LeadIQError | None) -> None:
        stops = self._brake.stops(error, answered=error is None)
        if error is not None and (stops or isinstance(error, RateLimitError)):
            self.stopped_by, self.why = error, f"not sent, since before it: {_said(error)}"


_CUT = "given up before the answer came"


def _failed(chunk: Sequence[Given], error: LeadIQError) -> list[WriteRow[Given, Answer]]:
    status = WriteStatus.REFUSED if was_refused(error) else WriteStatus.UNKNOWN
    return [WriteRow(row, status, None, _said(error)) for row in chunk]


def _said(error: LeadIQError) -> str:
    return str(error).removeprefix(f"{error.operation}: ")

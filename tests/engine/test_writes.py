"""Many writes: each sent once, and every row accounted for whatever happens in the middle."""

from __future__ import annotations

from collections.abc import Sequence

import anyio
import pytest

from leadiq import (
    GraphQLError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
)
from leadiq._engine.writes import WriteReport, WriteRow, WriteStatus, write
from virtual_time import anyio_backend  # noqa: F401

DONE, REFUSED = WriteStatus.DONE, WriteStatus.REFUSED
UNKNOWN, NOT_SENT = WriteStatus.UNKNOWN, WriteStatus.NOT_SENT


class Server:
    """Answers each call with what the test says, and remembers what it was sent."""

    def __init__(self, *errors: LeadIQError | None) -> None:
        self.errors = list(errors)
        self.calls: list[Sequence[str]] = []

    async def __call__(self, chunk: Sequence[str]) -> list[WriteRow[str, str]]:
        self.calls.append(chunk)
        await anyio.sleep(1)
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        return [WriteRow(row, DONE, row.upper()) for row in chunk]


def statuses(report: WriteReport[str, str]) -> list[WriteStatus]:
    return [row.status for row in report.rows]


@pytest.mark.anyio
async def test_rows_go_in_chunks_and_in_order() -> None:
    """Five rows, two to a call: three calls, one after the other, and five answers."""
    server = Server()
    report = await write("abcde", 2, server)
    assert [*map(list, server.calls)] == [["a", "b"], ["c", "d"], ["e"]]
    assert report.answers == ["A", "B", "C", "D", "E"]
    assert report.complete
    assert report.stopped_by is None
    assert repr(report) == "<WriteReport done=5>"


@pytest.mark.anyio
async def test_no_rows_are_no_calls() -> None:
    """Nothing to write is written without a request."""
    server = Server()
    report = await write([], 2, server)
    assert (report.rows, server.calls, repr(report)) == ((), [], "<WriteReport empty>")


@pytest.mark.anyio
async def test_a_lost_answer_leaves_its_rows_unknown_and_the_rest_goes_on() -> None:
    """A chunk whose answer is lost is not sent again, and says so; the others are added."""
    server = Server(None, RequestTimeoutError("no answer"))
    report = await write("abcde", 2, server)
    assert statuses(report) == [DONE, DONE, UNKNOWN, UNKNOWN, DONE]
    assert len(server.calls) == 3
    assert report.having(UNKNOWN) == ["c", "d"]
    assert report.rows[2].reason == "no answer"
    assert not report.complete
    assert repr(report) == "<WriteReport done=3, unknown=2>"
    assert repr(report.rows[2]) == "<WriteRow unknown>"


@pytest.mark.anyio
async def test_a_row_that_is_refused_does_not_stop_the_others() -> None:
    """One row's failure is its own."""
    report = await write("abc", 1, Server(None, GraphQLError("no", status=400)))
    assert statuses(report) == [DONE, REFUSED, DONE]
    assert report.answers == ["A", "C"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "error",
    [InsufficientCreditsError("broke", status=402), RateLimitError("slow", status=429)],
    ids=["402", "429"],
)
async def test_what_would_fail_every_row_stops_the_work(error: LeadIQError) -> None:
    """No credits, or a limit that does not let go: nothing further is sent, and it is said why."""
    server = Server(None, error)
    report = await write("abcd", 1, server)
    assert statuses(report) == [DONE, REFUSED, NOT_SENT, NOT_SENT]
    assert len(server.calls) == 2
    assert report.stopped_by is error
    assert str(error) in report.rows[3].reason


@pytest.mark.anyio
async def test_who_listens_is_told_even_when_cancelled() -> None:
    """Cancelling in the middle of a call tells of its rows as unknown, and of those before."""
    told: list[WriteRow[str, str]] = []
    server = Server()
    with anyio.move_on_after(1.5):
        await write("abc", 1, server, told.append)
    assert [(row.given, row.status) for row in told] == [("a", DONE), ("b", UNKNOWN)]
    assert "given up" in told[1].reason

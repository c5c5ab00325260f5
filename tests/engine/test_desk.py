"""What happens at the desk where every question is asked once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import anyio
import pytest

from leadiq import JournalError
from leadiq._core.pricing import DataPoint, Unlock
from leadiq._engine.answers import Answer, Receipt
from leadiq._engine.asked import Asked
from leadiq._engine.enrich import Row, Status, enrich
from leadiq._engine.identity import Lead
from leadiq.types import SearchPeopleInput, SearchResult
from virtual_time import anyio_backend  # noqa: F401 - makes these tests virtual

pytestmark = pytest.mark.anyio


class Slow:
    """Finds nobody, each later than the one before."""

    def __init__(self) -> None:
        self.begun = self.ended = 0

    async def look_up(
        self,
        asked: SearchPeopleInput,
        unlock: frozenset[Unlock],
        *,
        free: frozenset[DataPoint] = frozenset(),
    ) -> Answer:
        self.begun += 1
        await anyio.sleep(self.begun)
        self.ended += 1
        return Answer(SearchResult(total_results=0, has_more=False, results=[]), None, Receipt())


class Full(Asked):
    """A temporary file for which there is no room."""

    def note(self, key: str, asked: SearchPeopleInput, answer: Answer) -> None:
        raise sqlite3.OperationalError("database or disk is full")


def rows() -> Iterator[Row[None]]:
    for line in range(9):
        yield Row(line, Lead(email=f"p{line}@example.com"), None)


async def test_without_room_for_temporary_files_what_is_under_way_is_waited_for() -> None:
    """It is paid for; the rest is not sent, and the job says why."""
    searcher = Slow()
    with Full() as full:
        async with enrich(searcher, rows(), asked=full, concurrency=3) as outcomes:
            ends = [outcome.status async for outcome in outcomes]
            assert isinstance(outcomes.stopped_by, JournalError)
    assert (searcher.begun, searcher.ended) == (3, 3)
    assert ends == [Status.NOT_FOUND] * 3 + [Status.NOT_SENT] * 6

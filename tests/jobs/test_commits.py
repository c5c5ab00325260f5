"""Group commit: everything on disk when it returns, many writers served by one commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from leadiq._jobs.commits import Commits


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(tmp_path / "db", isolation_level=None, check_same_thread=False)
    database.execute("create table t (n integer primary key)")
    yield database
    database.close()


def insert(number: int) -> tuple[str, tuple[int]]:
    return "insert into t values (?)", (number,)


def numbers(database: sqlite3.Connection) -> list[int]:
    return [n for (n,) in database.execute("select n from t order by n")]


@pytest.mark.anyio
async def test_many_writers_share_commits(database: sqlite3.Connection) -> None:
    """A hundred writers at once are all served, in far fewer commits."""
    seen = list[str]()
    database.set_trace_callback(seen.append)
    commits = Commits(database)
    async with anyio.create_task_group() as tasks:
        for number in range(100):
            tasks.start_soon(commits.write, insert(number))
    assert numbers(database) == list(range(100))
    assert seen.count("commit") <= 3


@pytest.mark.anyio
async def test_statements_of_one_write_go_together(database: sqlite3.Connection) -> None:
    """When one of a batch fails nothing of it is written, and those after it are served."""
    commits = Commits(database)
    await commits.write(insert(1))
    with pytest.raises(sqlite3.IntegrityError):
        await commits.write(insert(2), insert(1))
    await commits.write(insert(3))
    assert numbers(database) == [1, 3]


@pytest.mark.anyio
async def test_a_cancelled_writer_has_written(database: sqlite3.Connection) -> None:
    """Cancelling does not undo, or leave half, what was begun."""
    commits = Commits(database)
    with anyio.CancelScope() as scope:
        scope.cancel()
        await commits.write(insert(1))
    assert numbers(database) == [1]


@pytest.mark.anyio
async def test_a_database_that_cannot_begin_says_so(database: sqlite3.Connection) -> None:
    """A failure before the transaction is an error like any other."""
    commits = Commits(database)
    database.close()
    with pytest.raises(sqlite3.ProgrammingError):
        await commits.write(insert(1))


@pytest.mark.anyio
async def test_a_database_that_has_undone_it_by_itself_says_so(
    database: sqlite3.Connection,
) -> None:
    """What SQLite itself rolls back, as it does on a full disk, is told, and the next is served."""
    commits = Commits(database)
    await commits.write(insert(1))
    with pytest.raises(sqlite3.IntegrityError):
        await commits.write(insert(2), ("insert or rollback into t values (1)", ()))
    await commits.write(insert(3))
    assert numbers(database) == [1, 3]


@pytest.mark.anyio
async def test_what_no_database_says_fails_everybody_too(database: sqlite3.Connection) -> None:
    """A value that SQLite cannot hold is told to all of its batch, and leaves nothing open."""
    commits = Commits(database)
    failed = list[BaseException]()

    async def write(number: int) -> None:
        try:
            await commits.write(insert(number))
        except OverflowError as error:
            failed.append(error)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(write, 1)
        for number in (2, 2**70, 3):
            tasks.start_soon(write, number)
    await commits.write(insert(9))
    assert failed
    assert set(numbers(database)) <= {1, 9}

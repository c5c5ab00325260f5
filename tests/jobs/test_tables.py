"""A journal of an earlier version is brought up to date, and read where it is not."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq import ConfigurationError, Unlock
from leadiq._jobs import tables
from leadiq._jobs.catalog import Condition, look
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.readings import glance, lookups_of, notes_of
from leadiq._jobs.receipts import receipts
from leadiq._jobs.recovery import recover

from .conftest import HEAD, email, person, position, reply

FOUND = json.dumps(reply(person(currentPositions=[position(emails=[email()])]))).encode()

VERSION_1 = """
create table job (name text primary key, value text not null);
create table lookup (
    question blob primary key,
    state text not null,
    reserved text not null,
    request_id text not null default '',
    sent_at real,
    status integer,
    reply blob,
    charged text,
    receipt text
);
create index lookup_state on lookup (state);
pragma user_version = 1;
"""

ROWS: list[tuple[Any, ...]] = [
    (b"claimed", "claimed", "1", "", None, None, None, None, None),
    (b"sent", "sent", "1", "id1", 1_700_000_000.0, None, None, None, None),
    (b"answered", "answered", "1", "id2", 1_700_000_000.0, 200, FOUND, None, None),
    (b"settled", "settled", "1", "id3", 1_700_000_000.0, 200, FOUND, "1", '{"attempts": 1}'),
    (b"unknown", "unknown", "2", "id4", 1_700_000_000.0, None, None, None, None),
    (b"forgotten", "forgotten", "1", "", None, None, None, "1", None),
]


@pytest.fixture
def old(path: Path) -> Path:
    """The file of a job that version 1 wrote, whose process was killed."""
    known = {name: value for name, value in asdict(HEAD).items() if name != "terms"}
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("pragma journal_mode = wal")
        database.executescript(VERSION_1)
        pairs = [(name, json.dumps(value)) for name, value in known.items()]
        database.executemany("insert into job values (?, ?)", pairs)
        marks = ",".join("?" * 9)
        database.executemany(f"insert into lookup values ({marks})", ROWS)  # noqa: S608
    return path


@pytest.mark.anyio
async def test_nothing_is_lost_in_the_move(old: Path) -> None:
    """Every lookup is as it was, and asks for what its job asked for."""
    with closing(Journal.open(old)) as journal:
        assert journal.head == HEAD
        for key, state, reserved, request_id, _, status, answer, charged, receipt in ROWS:
            entry = journal.find(key)
            assert entry == (
                State.UNKNOWN if state == "sent" else State(state),
                Decimal(reserved),
                request_id,
                status,
                answer,
                charged and Decimal(charged),
                json.loads(receipt or "{}"),
                {Unlock.WORK_EMAIL},
            )
        await recover(journal)
        assert journal.totals() == (
            {State.CLAIMED: 1, State.FORGOTTEN: 1, State.SETTLED: 2, State.UNKNOWN: 2},
            3,
            3,
        )
        assert journal.spent() == 6
        await journal.note(1.0, "a run")
    assert notes_of(old) == ["a run"]
    again = Journal.open(old)
    assert again._database.execute("pragma user_version").fetchone() == (2,)
    again.close()


def test_an_old_file_is_read_as_it_is(old: Path) -> None:
    """Looking at a job changes nothing: a process of the earlier version can be at it."""
    before = old.read_bytes()
    assert glance(old).totals.states[State.SENT] == 1
    found = {key: entry for key, _, entry in lookups_of(old)}
    assert found[b"settled"].unlock == {Unlock.WORK_EMAIL}
    assert found[b"answered"].reply == FOUND
    assert [entry.reply for _, _, entry in lookups_of(old, replies=False)] == [None] * 6
    assert len([*receipts(old)]) == 6
    assert notes_of(old) == []
    job = look(old)
    assert job
    assert job.condition is Condition.RESUMABLE
    assert old.read_bytes() == before


def test_a_move_that_fails_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it, or nothing; the next process does it."""
    broken = f"{tables._SINCE_2}; drop table nowhere"
    monkeypatch.setattr(tables, "_SINCE_2", broken)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        Journal.open(old)
    monkeypatch.undo()
    with closing(sqlite3.connect(old)) as database:
        assert database.execute("pragma user_version").fetchone() == (1,)
        assert len(database.execute("pragma table_info(lookup)").fetchall()) == 9
    Journal.open(old).close()


def test_both_ways_lead_to_the_same_tables(old: Path, tmp_path: Path) -> None:
    """A file that was moved has what a new one has."""
    Journal.open(old).close()
    new = tmp_path / "new.job"
    Journal.create(new, HEAD).close()
    assert shape(old) == shape(new)


def shape(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("select name from sqlite_master order by 1")]
        return {name: database.execute(f"pragma table_info({name})").fetchall() for name in names}


def test_a_file_that_cannot_be_finished_is_not_left(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full when a job begins says so, and nothing stands in the way later."""

    def full(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("leadiq._jobs.journal.create", full)
    with pytest.raises(ConfigurationError, match=r"disk is full.*make room"):
        Journal.create(path, HEAD)
    assert [*path.parent.iterdir()] == []
    monkeypatch.undo()
    monkeypatch.setattr(tables.sqlite3, "connect", lambda *_, **__: Unwritable())
    with pytest.raises(ConfigurationError, match="disk is full"):
        Journal.create(path, HEAD)
    assert [*path.parent.iterdir()] == []


class Unwritable:
    """A database on a disk that is full."""

    def execute(self, *_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def close(self) -> None:
        pass

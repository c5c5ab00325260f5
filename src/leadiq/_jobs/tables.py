"""The file of a journal: its tables, and how a file of an earlier version is brought up to date."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from .._core.errors import ConfigurationError
from .._ground.json import sequence
from .entries import Head

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = 2
"""Of the tables. A file of a later version is refused, one of an earlier version is migrated.

1: one reply for each request. 2: requests of many lookups, a selection for each lookup, notes.
"""

_TABLES: Final = """
begin;
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
    receipt text,
    unlock text not null default '',
    batch integer,
    place integer
);
create index lookup_state on lookup (state);
create index lookup_batch on lookup (batch) where batch is not null;
create table batch (id integer primary key, status integer not null, reply blob not null);
create table run (began real primary key, note text not null);
pragma user_version = 2;
commit;
"""

_SINCE_2: Final = """
alter table lookup add column unlock text not null default '';
alter table lookup add column batch integer;
alter table lookup add column place integer;
create index lookup_batch on lookup (batch) where batch is not null;
create table batch (id integer primary key, status integer not null, reply blob not null);
create table run (began real primary key, note text not null);
update lookup set unlock = ?;
pragma user_version = 2;
"""


def opened(path: Path, *, new: bool) -> sqlite3.Connection:
    """Open a file for writing, in autocommit mode; a new one has nothing in it.

    Raises:
        ConfigurationError: there is no such file, or already one, or it is no database.
        sqlite3.Error: a new one cannot be written.
    """
    flags = os.O_RDWR | (os.O_CREAT | os.O_EXCL if new else 0)
    try:
        os.close(os.open(path, flags, 0o600))
    except OSError as error:
        text = f"cannot {'create' if new else 'open'} {path}: {error.strerror}"
        raise ConfigurationError(text, sent=False) from None
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = full")  # a power cut must not undo what was sent
        database.execute("pragma secure_delete = on")  # what is forgotten is overwritten
    except sqlite3.DatabaseError:
        database.close()
        if new:
            raise
        raise no_journal(path) from None
    return database


def create(database: sqlite3.Connection, head: Head) -> None:
    """Make the tables of a new journal."""
    database.executescript(_TABLES)
    pairs = ((name, json.dumps(value)) for name, value in asdict(head).items())
    database.executemany("insert into job values (?, ?)", pairs)


def migrate(database: sqlite3.Connection, head: Head) -> None:
    """Bring a file up to date: all of it, or nothing."""
    database.execute("begin immediate")
    try:
        if version_of(database) < 2:
            for statement in _SINCE_2.split(";"):
                values = (",".join(head.unlock),) if "?" in statement else ()
                database.execute(statement, values)
        database.execute("commit")
    finally:
        if database.in_transaction:
            database.execute("rollback")


def version_of(database: sqlite3.Connection) -> int:
    """Give the version of a file's tables; 0 for another database."""
    (version,) = database.execute("pragma user_version").fetchone()
    return int(version)


def head_of(database: sqlite3.Connection, path: Path) -> Head:
    """Read what the job is.

    Raises:
        ConfigurationError: it is no journal, or one of a later version.
    """
    try:
        if version_of(database) > VERSION:
            text = f"{path.name} was written by a later version of leadiq-sdk: update this one"
            raise ConfigurationError(text, sent=False)
        rows = database.execute("select name, value from job")
        values: dict[str, Any] = {name: _value(json.loads(value)) for name, value in rows}
        return Head(**values)
    except (sqlite3.DatabaseError, TypeError, ValueError):
        raise no_journal(path) from None


def no_journal(path: Path) -> ConfigurationError:
    """Say that a file is something else."""
    return ConfigurationError(f"{path.name} is not the journal of a job", sent=False)


def _value(value: Any) -> Any:
    """JSON has lists where a head has tuples."""
    return tuple(sequence(value)) if isinstance(value, list) else value

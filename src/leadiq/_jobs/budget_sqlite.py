"""Shared budgets in a SQLite file, for the processes of one machine."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from .._core.errors import ConfigurationError
from .budget_rules import Answer, Ask, Line, Shown, Terms, Unreachable, Verdict, decide

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

VERSION: Final = 1
_BUSY_S: Final = 5.0
_KEEP_DAYS: Final = "-40 days"
"""How long the budgets of single days are kept, for people to look at."""

_TABLES: Final = """
begin immediate;
create table if not exists budget (
    name text primary key,
    "limit" integer not null,
    day text not null,
    stops integer not null default 0
);
create table if not exists line (
    budget text not null references budget on delete cascade,
    job text not null,
    spent integer not null,
    reserved integer not null,
    told_at real not null,
    primary key (budget, job)
);
pragma user_version = 1;
commit;
"""

_ENTER: Final = """
insert into budget (name, "limit", day) values (?, ?, ?)
on conflict do update set "limit" = excluded."limit" returning stops
"""

_WRITE: Final = """
insert into line (budget, job, spent, reserved, told_at) values (?, ?, ?, ?, ?)
on conflict do update set
    spent = excluded.spent, reserved = excluded.reserved, told_at = excluded.told_at
"""

_SUMS: Final = """
select coalesce(sum(spent), 0), coalesce(sum(reserved), 0) from line where budget = ? and job != ?
"""

_FOUND: Final = """
select stops from budget join line on budget = name where name = ? and job = ?
"""

_ALL: Final = """
select name, "limit", job, spent, reserved, told_at
from budget join line on budget = name order by name, told_at
"""


class SqliteBook:
    """A `Book` in a file, which comes into being when it is first used.

    Every answer is on disk before it is given, so that neither a kill nor a power cut undoes it.

    Args:
        path: the file, readable for its owner alone when it is made. Its directory is there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None

    def enter(self, terms: Terms, job: str, spent: int) -> int:
        """Begin or replace the line of a job; return how many stops there were."""
        with self._transaction() as database:
            if terms.day:
                old = "delete from budget where day != '' and day < date(?, ?)"
                database.execute(old, (terms.day, _KEEP_DAYS))
            (stops,) = database.execute(_ENTER, (terms.name, terms.limit, terms.day)).fetchone()
            database.execute(_WRITE, (terms.name, job, spent, 0, time.time()))
            return int(stops)

    def ask(self, terms: Terms, ask: Ask) -> Answer:
        """Write the line that is wanted if it is granted, else the line that is."""
        with self._transaction() as database:
            found = database.execute(_FOUND, (terms.name, ask.job)).fetchone()
            if found is None:
                return Answer(Verdict.GONE, Line(), 0)
            others = Line(*database.execute(_SUMS, (terms.name, ask.job)).fetchone())
            verdict = decide(terms.limit, others, ask, *found)
            line = ask.wanted if verdict is Verdict.GRANTED else ask.line
            database.execute(_WRITE, (terms.name, ask.job, *line, time.time()))
            both = Line(others.spent + line.spent, others.reserved + line.reserved)
            return Answer(verdict, both, *found)

    def stop(self, name: str) -> None:
        """Count a stop."""
        with self._transaction() as database:
            database.execute("update budget set stops = stops + 1 where name = ?", (name,))

    def budgets(self) -> list[Shown]:
        """Show them all, by name."""
        if not self._path.exists():
            return []
        shown: dict[str, Shown] = {}
        with self._transaction() as database:
            for name, limit, job, spent, reserved, told_at in database.execute(_ALL):
                jobs = shown.setdefault(name, Shown(name, limit, {})).jobs
                jobs[job] = Line(spent, reserved), told_at
        return list(shown.values())

    def release(self, name: str, job: str) -> bool:
        """Free what a job has reserved; tell whether there is such."""
        return self._changes("update line set reserved = 0 where budget = ? and job = ?", name, job)

    def forget(self, name: str) -> bool:
        """Remove a budget; tell whether there was such."""
        return self._changes("delete from budget where name = ?", name)

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _changes(self, sql: str, *values: str) -> bool:
        if not self._path.exists():
            return False
        with self._transaction() as database:
            return database.execute(sql, values).rowcount > 0

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        try:
            database = self._database = self._database or _opened(self._path)
            database.execute("begin immediate")
            try:
                yield database
                database.execute("commit")
            finally:
                if database.in_transaction:
                    database.execute("rollback")
        except sqlite3.Error as error:
            self.close()
            raise Unreachable(str(error)) from None


def _opened(path: Path) -> sqlite3.Connection:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise Unreachable(error.strerror or type(error).__name__) from None
    database = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        (version,) = database.execute("pragma user_version").fetchone()
        if version > VERSION:
            text = f"{path.name} was written by a later version of leadiq-sdk: update this one"
            raise ConfigurationError(text, sent=False)
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = full")
        database.execute("pragma foreign_keys = on")
        if version < VERSION:
            database.executescript(_TABLES)
    except BaseException:
        database.close()
        raise
    return database

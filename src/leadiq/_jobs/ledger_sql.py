"""A ledger in a SQL database: SQLite, for the processes of one machine, or PostgreSQL.

The statements are the same for both; a `Dialect` says what differs. PostgreSQL is reached with
psycopg (extra `[postgres]`). Ages and leases are told by the database's clock alone.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager, suppress
from importlib import import_module
from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .._core.errors import ConfigurationError
from .budget_rules import Unreachable
from .entries import entry_of, words_of
from .ledger_rules import Page, Slip

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from .ledger_rules import Change

FORM: Final = 1
"""Of the tables. A database of a later version is refused."""
PAGE: Final = 500
_TIMEOUT_S: Final = 5

_TABLES: Final = """
create table if not exists leadiq_ledger (
    name text primary key, account text not null, form integer not null
);
create table if not exists leadiq_job (
    ledger text not null, job text not null, holder text not null, until {real} not null,
    primary key (ledger, job)
);
create table if not exists leadiq_lookup (
    ledger text not null, question {bytes} not null, version integer not null,
    job text not null, holder text not null, sent_at {real}, written_at {real} not null,
    state text not null, reserved text not null, request_id text not null, status integer,
    reply {bytes}, charged text, receipt text not null, unlock text not null,
    primary key (ledger, question)
);
create index if not exists leadiq_lookup_job on leadiq_lookup (ledger, job, question);
create index if not exists leadiq_lookup_age on leadiq_lookup (ledger, written_at)
"""

_LEASE: Final = """
insert into leadiq_job (ledger, job, holder, until) values (?, ?, ?, {now} + ?)
on conflict (ledger, job) do update set holder = excluded.holder, until = excluded.until
where leadiq_job.holder = excluded.holder or leadiq_job.until <= {now}
"""

_COLUMNS: Final = (
    "job",
    "holder",
    "sent_at",
    "state",
    "reserved",
    "request_id",
    "status",
    "reply",
    "charged",
    "receipt",
    "unlock",
    "version",
)
_WORDS: Final = {
    "columns": ", ".join(_COLUMNS),
    "marks": ", ".join("?" * len(_COLUMNS)),
    "values": " = ?, ".join(_COLUMNS) + " = ?",
    "real": "double precision",
}
"""What the statements have in braces, beside what a `Dialect` says."""

_INSERT: Final = """
insert into leadiq_lookup (written_at, {columns}, ledger, question)
values ({now}, {marks}, ?, ?) on conflict do nothing
"""

_UPDATE: Final = """
update leadiq_lookup set {values}, written_at = {now}
where ledger = ? and question = ? and version = ?
"""

_FIND: Final = """
select question, {columns}, exists (
    select 1 from leadiq_job held
    where held.ledger = one.ledger and held.job = one.job and held.holder = one.holder
        and held.until > {now}
)
from leadiq_lookup one where ledger = ? and """

_REMOVE_OLD: Final = """
with old as (
    select question from leadiq_lookup where ledger = ? and written_at < {now} - ?
    order by written_at limit {page} {unlocked}
)
delete from leadiq_lookup where ledger = ? and question in (select question from old)
returning 1
"""


class Dialect(NamedTuple):
    """What a database has of its own."""

    connect: Callable[[], Any]
    """Gives a connection of the DB-API in autocommit mode."""
    failures: tuple[type[Exception], ...]
    now: str
    """Unix time in seconds, from its clock."""
    begin: str
    bytes: str
    mark: str = "?"
    """What stands for a value."""
    alone: str = "select 1"
    """Lets nobody else make tables at the same time."""
    unlocked: str = ""
    """Passes over rows that somebody else is writing."""
    scrub: tuple[str, ...] = ()


class SqlStore:
    """A `LedgerStore` in a SQL database, whose tables come into being when it is first used.

    Args:
        name: of the ledger; there may be many in one database.
        dialect: of the database.
    """

    def __init__(self, name: str, dialect: Dialect) -> None:
        self._name = name
        self._dialect = dialect
        self._database: Any = None

    def open(self, account: str, keep_s: float) -> bool:
        """Note whose it is; remove what is old; tell whether it is this account's."""
        with self._transaction() as run:
            text = "insert into leadiq_ledger values (?, ?, ?) on conflict do nothing"
            run(text, self._name, account, FORM)
            text = "select account, form from leadiq_ledger where name = ?"
            whose, form = run(text, self._name).fetchone()
            if form > FORM:
                text = "the ledger was written by a later version of leadiq-sdk: update this one"
                raise ConfigurationError(text, sent=False)
        if whose != account:
            return False
        self._remove_old(keep_s)
        return True

    def lease(self, job: str, holder: str, seconds: float) -> bool:
        """Hold a job, unless another process holds it."""
        with self._transaction() as run:
            return bool(run(_LEASE, self._name, job, holder, seconds).rowcount)

    def find(self, question: bytes) -> Slip | None:
        """Give what is known of a lookup."""
        with self._transaction() as run:
            row = run(_FIND + "question = ?", self._name, question).fetchone()
            return _read(row)[1] if row else None

    def swap(self, changes: Sequence[Change]) -> list[bool]:
        """Write those slips whose version before is there; tell which."""
        # In one order, whoever writes: so no two wait for each other's rows.
        order = sorted(range(len(changes)), key=lambda at: (changes[at].question, at))
        written: dict[int, bool] = {}
        with self._transaction() as run:
            for at in order:
                question, slip = changes[at]
                values = (*_values(slip), self._name, question)
                if slip.version == 1:
                    done = run(_INSERT, *values)
                else:
                    done = run(_UPDATE, *values, slip.version - 1)
                written[at] = bool(done.rowcount)
        return [written[at] for at in range(len(changes))]

    def page(self, job: str | None, mark: bytes) -> Page:
        """Give some of the slips, in the order of their questions."""
        only, values = ("", ()) if job is None else ("job = ? and ", (job,))
        text = f"{_FIND}{only}question > ? order by question limit {PAGE}"
        with self._transaction() as run:
            rows = run(text, self._name, *values, mark).fetchall()
        slips = [_read(row) for row in rows]
        return Page(slips, slips[-1][0] if len(slips) == PAGE else b"")

    def scrub(self) -> None:
        """Write a SQLite file anew; PostgreSQL overwrites in its own time (`vacuum`)."""
        with self._connected() as database:
            for statement in self._dialect.scrub:
                database.execute(statement)

    def remove(self) -> None:
        """Remove the ledger, and no other one of the database."""
        self._remove_old(-inf)
        with self._transaction() as run:
            run("delete from leadiq_lookup where ledger = ?", self._name)
            run("delete from leadiq_job where ledger = ?", self._name)
            run("delete from leadiq_ledger where name = ?", self._name)

    def close(self) -> None:
        """Close the connection."""
        database, self._database = self._database, None
        if database is not None:
            with suppress(*self._dialect.failures):
                database.close()

    def _remove_old(self, keep_s: float) -> None:
        """Remove some at a time: others wait for none of it for long, and no time runs out."""
        with self._transaction() as run:
            run("delete from leadiq_job where ledger = ? and until < {now} - ?", self._name, keep_s)
        removed = PAGE
        while removed == PAGE:
            with self._transaction() as run:
                # SQLite's driver counts no rows of a statement that begins with `with`.
                removed = len(run(_REMOVE_OLD, self._name, keep_s, self._name).fetchall())

    @contextmanager
    def _transaction(self) -> Generator[Callable[..., Any]]:
        with self._connected() as database:

            def run(text: str, *values: Any) -> Any:
                return database.execute(self._text(text), values)

            database.execute(self._dialect.begin)
            yield run
            database.execute("commit")

    @contextmanager
    def _connected(self) -> Generator[Any]:
        """Give the connection; after a failure there is none, and nothing was done."""
        try:
            if self._database is None:
                self._database = self._dialect.connect()
                self._make_tables(self._database)
            yield self._database
        except self._dialect.failures as error:
            self.close()
            raise Unreachable(type(error).__name__) from None
        except BaseException:
            self.close()
            raise

    def _make_tables(self, database: Any) -> None:
        """Make what is not there. Who may use the tables need not be allowed to make any."""
        database.execute(self._dialect.begin)
        database.execute(self._dialect.alone)
        database.execute("savepoint asked")
        try:
            database.execute("select form from leadiq_ledger limit 1")
        except self._dialect.failures:
            database.execute("rollback to savepoint asked")
            for statement in _TABLES.split(";"):
                database.execute(self._text(statement))
        database.execute("commit")

    def _text(self, text: str) -> str:
        dialect = self._dialect
        words = {"now": dialect.now, "bytes": dialect.bytes, "unlocked": dialect.unlocked}
        return text.format(**words, **_WORDS, page=PAGE).replace("?", dialect.mark)


def sqlite_dialect(path: Path) -> Dialect:
    """Give the dialect of a SQLite file, which is readable for its owner alone when it is made."""

    def connect() -> sqlite3.Connection:
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise Unreachable(error.strerror or type(error).__name__) from None
        database = sqlite3.connect(
            path, timeout=_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        for name in ("journal_mode = wal", "synchronous = full", "secure_delete = on"):
            database.execute(f"pragma {name}")
        return database

    return Dialect(
        connect,
        (sqlite3.Error,),
        now="((julianday('now') - 2440587.5) * 86400.0)",
        begin="begin immediate",
        bytes="blob",
        scrub=("vacuum", "pragma wal_checkpoint(truncate)"),
    )


def postgres_dialect(url: str) -> Dialect:
    """Give the dialect of a PostgreSQL.

    Raises:
        ConfigurationError: without psycopg, or for a URL that is none of its.
    """
    psycopg = _psycopg()
    try:
        psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:  # its text is not repeated: the URL may hold a password
        text = "the ledger's store: write postgresql://user@host/database"
        raise ConfigurationError(text, sent=False) from None

    def connect() -> Any:
        database = psycopg.connect(
            url,
            autocommit=True,
            prepare_threshold=None,  # poolers between us and the server lose what is prepared
            connect_timeout=_TIMEOUT_S,
        )
        database.execute(f"set statement_timeout = '{_TIMEOUT_S}s'")
        return database

    return Dialect(
        connect,
        (psycopg.Error, OSError),
        now="cast(extract(epoch from clock_timestamp()) as double precision)",
        begin="begin",
        bytes="bytea",
        mark="%s",
        alone="select pg_advisory_xact_lock(532347)",
        unlocked="for update skip locked",
    )


def _psycopg() -> Any:
    try:
        return import_module("psycopg")
    except ImportError:
        text = "a ledger in PostgreSQL needs psycopg: pip install 'leadiq-sdk[postgres]'"
        raise ConfigurationError(text, sent=False) from None


def _values(slip: Slip) -> tuple[Any, ...]:
    """Give what is written of a slip, in the order of the columns, and its version."""
    entry = slip.entry
    charged = None if entry.charged is None else str(entry.charged)
    told = (entry.request_id, entry.status, entry.reply, charged, json.dumps(entry.receipt))
    head = (slip.job, slip.holder, slip.sent_at, entry.state.value, str(entry.reserved))
    return *head, *told, words_of(entry.unlock), slip.version


def _read(row: Sequence[Any]) -> tuple[bytes, Slip]:
    question, job, holder, sent_at, *entry, version, is_open = row
    return bytes(question), Slip(entry_of(entry), job, holder, sent_at, version, bool(is_open))

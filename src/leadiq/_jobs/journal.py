"""What a job has sent and what came back, on disk before anything else happens to it.

A lookup goes through these states, each on disk before the next step is taken:

    claimed    its greatest price is reserved; nothing was sent
    sent       a request is on its way; whether LeadIQ took it is not known
    answered   the reply is here, as it came, not yet read
    settled    the reply was read and its price is known
    forgotten  nothing is left of it but its key and its price

So a process that is killed leaves behind what it knew. What was claimed was not sent; what was
answered or settled is not sent again; what was sent and not answered is `unknown`, and
`lookups` says what may be done about it.

The file holds people's data, replies above all: it is readable for its owner alone.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from .._core.errors import ConfigurationError
from .commits import Commits
from .lock import Lock

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from .commits import Statement

VERSION: Final = 1
"""Of the tables. A file of a later version is refused, one of an earlier version is migrated."""

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
    receipt text
);
create index lookup_state on lookup (state);
pragma user_version = 1;
commit;
"""

_ENDED: Final = 1
"""As the file's `application_id`, which SQLite leaves to applications."""

_FORGET: Final = """
update lookup set
    state = 'forgotten', request_id = '', sent_at = null, status = null, reply = null,
    charged = case state when 'claimed' then '0' else charged end, receipt = null
where question = ? and state != 'forgotten'
"""

_COLUMNS: Final = "state, reserved, request_id, status, reply, charged, receipt"


class State(StrEnum):
    """How far a lookup has come; see the module."""

    CLAIMED = "claimed"
    SENT = "sent"
    ANSWERED = "answered"
    SETTLED = "settled"
    UNKNOWN = "unknown"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a job is: the same head, the same lookups."""

    operation: str
    unlock: tuple[str, ...]
    source: str
    """The input's name, for people."""
    digest: str
    """SHA-256 of the input's bytes."""
    target: str
    began: float
    """Unix time in seconds."""

    def same_job(self, other: Head) -> bool:
        """Tell whether a run with the other head would go on with this job."""
        return replace(self, source=other.source, began=other.began) == other


class Entry(NamedTuple):
    """What is known of one lookup."""

    state: State
    reserved: Decimal
    request_id: str
    status: int | None
    """HTTP status of the reply."""
    reply: bytes | None
    charged: Decimal | None
    receipt: dict[str, Any]


class Totals(NamedTuple):
    """A job in numbers; credits are `Decimal`."""

    states: dict[State, int]
    charged: Decimal
    """For what is settled, or was when it was forgotten."""
    uncertain: Decimal
    """What the lookups of unknown outcome, or of one that is forgotten, can have cost at most."""


class Glance(NamedTuple):
    """A job as somebody sees it who does not write to it."""

    head: Head
    totals: Totals
    ended: bool


def glance(path: Path) -> Glance:
    """Look at a job, which another process may be at.

    Raises:
        ConfigurationError: it is no journal, or one of a later version.
    """
    with closing(sqlite3.connect(path)) as database:
        head = _head(database, path)
        (ended,) = database.execute("pragma application_id").fetchone()
        return Glance(head, _totals(database), ended == _ENDED)


def lookups_of(path: Path) -> Generator[tuple[bytes, float | None, Entry]]:
    """Give every lookup of a job, which another process may be at, in the order of the claims.

    Each comes as its key, the Unix time at which it was last sent, and what is known of it.

    Raises:
        ConfigurationError: it is no journal, one of a later version, or damaged.
    """
    query = f"select question, sent_at, {_COLUMNS} from lookup order by rowid"  # noqa: S608
    with closing(sqlite3.connect(path)) as database:
        _head(database, path)
        try:
            for question, sent_at, *row in database.execute(query):
                yield question, sent_at, _entry(row)
        except (sqlite3.Error, ValueError, ArithmeticError):
            raise ConfigurationError(f"{path.name} is damaged", sent=False) from None


class Journal:
    """The file of one job. One process writes to it; see `Lock`.

    Methods with `async` return when the change is on disk. Any of them can raise
    `sqlite3.Error`, a full disk for example; then the change is not there.
    """

    def __init__(self, path: Path, *, create: Head | None) -> None:
        self.path = path
        self._lock = Lock(path)
        try:
            self._database = _opened(path, new=create is not None)
            if create is not None:
                self._database.executescript(_TABLES)
                pairs = ((name, json.dumps(value)) for name, value in asdict(create).items())
                self._database.executemany("insert into job values (?, ?)", pairs)
            self.head = _head(self._database, path)
            # A process that ended between sending and answering does not know which it was.
            self._database.execute(
                "update lookup set state = ? where state = ?", (State.UNKNOWN, State.SENT)
            )
        except BaseException:
            self.close()
            raise
        self._commits = Commits(self._database)

    def end(self) -> None:
        """Note that the job has come to its end: nothing of it is left to do.

        A disk that is full keeps it from being noted, and the job is over all the same.
        """
        with suppress(sqlite3.Error):
            self._database.execute(f"pragma application_id = {_ENDED}")

    @classmethod
    def create(cls, path: Path, head: Head) -> Self:
        """Begin a job.

        Raises:
            ConfigurationError: there is such a file already, or it cannot be written.
        """
        return cls(path, create=head)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Go on with a job: what was sent and not answered becomes `unknown`.

        Raises:
            ConfigurationError: there is no such file, it is no journal, it is of a later version,
                or another process writes to it.
        """
        return cls(path, create=None)

    def find(self, question: bytes) -> Entry | None:
        """Give what is known of a lookup."""
        row = self._database.execute(
            f"select {_COLUMNS} from lookup where question = ?",  # noqa: S608 - a constant
            (question,),
        ).fetchone()
        return None if row is None else _entry(row)

    def totals(self) -> Totals:
        """Count the lookups, and what they cost."""
        return _totals(self._database)

    def entries(self, state: State) -> Iterator[tuple[bytes, Entry]]:
        """Give every lookup in a state, in the order of their first claim."""
        rows = self._database.execute(
            f"select question, {_COLUMNS} from lookup where state = ? order by rowid",  # noqa: S608
            (state,),
        )
        for question, *row in rows:
            yield question, _entry(row)

    async def claim(self, question: bytes, reserved: Decimal) -> None:
        """Note that a lookup is about to be made, for at most so many credits.

        What was of unknown outcome before stays so until there is an answer.
        """
        await self._commits.write(
            (
                "insert into lookup (question, state, reserved) values (?, ?, ?)"
                " on conflict do update set reserved = excluded.reserved",
                (question, State.CLAIMED, str(reserved)),
            )
        )

    async def sent(self, question: bytes, request_id: str) -> None:
        """Note that a request for it is about to leave."""
        await self._commits.write(
            (
                "update lookup set state = ?, request_id = ?, sent_at = ?, reply = null"
                " where question = ?",
                (State.SENT, request_id, time.time(), question),
            )
        )

    async def not_taken(self, question: bytes) -> None:
        """Note that LeadIQ is known not to have taken it: it is as before sending."""
        await self._commits.write(_to_state(question, State.CLAIMED))

    async def lost(self, question: bytes) -> None:
        """Note that no answer came, and nobody knows whether LeadIQ took it."""
        await self._commits.write(_to_state(question, State.UNKNOWN))

    async def answered(self, question: bytes, status: int, reply: bytes) -> None:
        """Keep a reply, as it came."""
        await self._commits.write(
            (
                "update lookup set state = ?, status = ?, reply = ? where question = ?",
                (State.ANSWERED, status, reply, question),
            )
        )

    async def settle(self, question: bytes, charged: Decimal, receipt: dict[str, Any]) -> None:
        """Note what it cost, and how it came about."""
        await self._commits.write(
            (
                "update lookup set state = ?, charged = ?, receipt = ? where question = ?",
                (State.SETTLED, str(charged), json.dumps(receipt), question),
            )
        )

    def forget(self, questions: Iterable[bytes]) -> None:
        """Remove all that is known of lookups, except that there were such, and their price.

        What was not known to be charged keeps its reservation, and counts as uncertain. What is
        removed can be read from the file until `scrub`.
        """
        self._database.execute("begin")
        try:
            self._database.executemany(_FORGET, ((question,) for question in questions))
            self._database.execute("commit")
        finally:
            if self._database.in_transaction:
                self._database.execute("rollback")

    def scrub(self) -> None:
        """Write the file anew, so that no byte of what was removed is left in it, nor in its log.

        It needs free space on the disk of about twice the size of the file.

        Raises:
            sqlite3.Error: something can be left, because the disk is full or somebody reads the
                file.
        """
        # Overwriting what is deleted is not enough: a row that grew can have pushed a copy of its
        # neighbour to another page, and what is left between the rows of a page is not overwritten.
        self._database.execute("vacuum")
        (busy, *_) = self._database.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise sqlite3.OperationalError("another process reads it")

    def discard(self) -> None:
        """Close the file and remove it."""
        self._database.close()
        self.path.unlink()
        self._lock.remove()
        self.close()

    def close(self) -> None:
        """Close the file, and let another process write to it."""
        if database := getattr(self, "_database", None):
            database.close()
        self._lock.release()


def _totals(database: sqlite3.Connection) -> Totals:
    counts = database.execute("select state, count(*) from lookup group by state")
    charged = "select charged from lookup where state in (?, ?) and charged is not null"
    uncertain = "select reserved from lookup where state = ? or (state = ? and charged is null)"
    return Totals(
        {State(state): count for state, count in counts},
        _sum(database, charged, State.SETTLED, State.FORGOTTEN),
        _sum(database, uncertain, State.UNKNOWN, State.FORGOTTEN),
    )


def _sum(database: sqlite3.Connection, query: str, *states: State) -> Decimal:
    """Add up decimals, which SQLite would take for binary fractions."""
    return sum((Decimal(amount) for (amount,) in database.execute(query, states)), Decimal(0))


def _to_state(question: bytes, state: State) -> Statement:
    return "update lookup set state = ? where question = ?", (state, question)


def _opened(path: Path, *, new: bool) -> sqlite3.Connection:
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
        raise _no_journal(path) from None
    return database


def _head(database: sqlite3.Connection, path: Path) -> Head:
    try:
        (version,) = database.execute("pragma user_version").fetchone()
        if version > VERSION:
            text = f"{path.name} was written by a later version of leadiq-sdk: update this one"
            raise ConfigurationError(text, sent=False)
        rows = database.execute("select name, value from job")
        values: dict[str, Any] = {name: json.loads(value) for name, value in rows}
        values["unlock"] = tuple(values["unlock"])
        return Head(**values)
    except (sqlite3.DatabaseError, TypeError, KeyError):
        raise _no_journal(path) from None


def _no_journal(path: Path) -> ConfigurationError:
    return ConfigurationError(f"{path.name} is not the journal of a job", sent=False)


def _entry(row: Any) -> Entry:
    state, reserved, request_id, status, reply, charged, receipt = row
    return Entry(
        State(state),
        Decimal(reserved),
        request_id,
        status,
        reply,
        None if charged is None else Decimal(charged),
        json.loads(receipt) if receipt else {},
    )

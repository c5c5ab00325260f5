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

A request may be about many lookups. Its reply is kept whole when it comes, and divided into one
reply for each lookup by whoever reads it: by `Batches`, or here when the file is opened again.

The file holds people's data, replies above all: it is readable for its owner alone.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Self

from .._core.errors import ConfigurationError
from .._core.pricing import Unlock
from .._engine.aliases import shares
from .._generated.operations import SEARCH_PEOPLE
from . import steps
from .commits import Commits
from .entries import Entry, Head, State, Totals, entry_of
from .lock import Lock
from .readings import mark_ended, sum_of, totals_of
from .tables import create, head_of, migrate, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal
    from pathlib import Path

    from .commits import Statement

__all__ = ["Entry", "Head", "Journal", "State", "Totals"]

_FORGET: Final = """
update lookup set
    state = 'forgotten', request_id = '', sent_at = null, status = null, reply = null,
    charged = case state when 'claimed' then '0' else charged end, receipt = null
where question = ? and state != 'forgotten'
"""

_COLUMNS: Final = "state, reserved, request_id, status, reply, charged, receipt, unlock"


class Journal:
    """The file of one job. One process writes to it; see `Lock`.

    Methods with `async` return when the change is on disk. Any of them can raise
    `sqlite3.Error`, a full disk for example; then the change is not there.
    """

    def __init__(self, path: Path, *, new: Head | None) -> None:
        self.path = path
        self._lock = Lock(path)
        try:
            self._database = opened(path, new=new is not None)
            if new is not None:
                create(self._database, new)
            self.head = head_of(self._database, path)
            migrate(self._database, self.head)
            _take_over(self._database)
            # one that reads while the other one waits for the disk
            self._reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        except BaseException:
            self.close()
            raise
        self._commits = Commits(self._database)
        self._batches = count(1)

    @classmethod
    def create(cls, path: Path, head: Head) -> Self:
        """Begin a job. A file that cannot be finished is not left behind.

        Raises:
            ConfigurationError: there is such a file already, or it cannot be written.
        """
        try:
            return cls(path, new=head)
        except sqlite3.Error as error:
            for suffix in ("", "-wal", "-shm", ".lock"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            text = (
                f"cannot create {path} ({error}): make room, or set LEADIQ_STATE to another place"
            )
            raise ConfigurationError(text, sent=False) from None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Go on with a job: what was sent and not answered becomes `unknown`.

        A file of an earlier version is brought up to date.

        Raises:
            ConfigurationError: there is no such file, it is no journal, it is of a later version,
                or another process writes to it.
        """
        return cls(path, new=None)

    def end(self, *, ended: bool = True) -> None:
        """Note that the job has come to its end: nothing of it is left to do; or that there is.

        A disk that is full keeps it from being noted, and the job is over all the same.
        """
        with suppress(sqlite3.Error):
            mark_ended(self._database, ended=ended)

    def find(self, question: bytes) -> Entry | None:
        """Give what is known of a lookup."""
        row = self._reader.execute(
            f"select {_COLUMNS} from lookup where question = ?",  # noqa: S608 - a constant
            (question,),
        ).fetchone()
        return None if row is None else entry_of(row)

    def totals(self) -> Totals:
        """Count the lookups, and what they cost."""
        return totals_of(self._reader)

    def spent(self, since: float = 0.0) -> Decimal:
        """Add up what was charged, or can have been, for what was sent at a Unix time or later.

        What was forgotten counts whenever it was sent.
        """
        query = (
            "select coalesce(charged, reserved) from lookup where state in (?, ?, ?)"
            " and (sent_at is null or sent_at >= ?)"
        )
        states = State.SETTLED, State.UNKNOWN, State.FORGOTTEN
        return sum_of(self._reader, query, *states, since)

    def entries(self, state: State) -> Iterator[tuple[bytes, Entry]]:
        """Give every lookup in a state, in the order of their first claim."""
        rows = self._reader.execute(
            f"select question, {_COLUMNS} from lookup where state = ? order by rowid",  # noqa: S608
            (state,),
        )
        for question, *row in rows:
            yield question, entry_of(row)

    async def write(self, *statements: Statement) -> None:
        """Write any number of `steps`, all or none of them, in one commit."""
        await self._commits.write(*statements)

    async def claim(
        self, question: bytes, reserved: Decimal, unlock: frozenset[Unlock] | None = None
    ) -> None:
        """Note that a lookup is about to be made; see `steps.claimed`.

        Args:
            question: its key.
            reserved: credits that it can cost at most.
            unlock: what it asks for beyond the profile; default: what the job asks for.
        """
        selection = frozenset(map(Unlock, self.head.unlock)) if unlock is None else unlock
        await self.write(steps.claimed(question, reserved, selection))

    async def sent(self, question: bytes, request_id: str) -> None:
        """Note that a request for one lookup is about to leave."""
        await self.write(steps.sent(question, request_id, time.time()))

    async def sent_together(
        self, questions: Sequence[bytes], request_id: str, after: int = 0, *doubts: Statement
    ) -> None:
        """Note that one request for several lookups is about to leave, in this order.

        `after` is the batch whose reply made this sending necessary, and is worth nothing now;
        `doubts` are the `steps.doubted` of those that were sent before.
        """
        now = time.time()
        places = enumerate(questions)
        each = (steps.sent(key, request_id, now, place) for place, key in places)
        await self.write(*each, *([steps.divided(after)] if after else []), *doubts)

    async def answered(self, question: bytes, status: int, reply: bytes) -> None:
        """Keep a reply to one lookup, as it came."""
        await self.write(steps.answered(question, status, reply))

    async def answered_together(self, questions: Sequence[bytes], status: int, reply: bytes) -> int:
        """Keep a reply to several lookups, as it came; give the batch's number.

        Whoever divides it writes `steps.replied` for each of them, and `steps.divided`.
        """
        batch = next(self._batches)
        members = (steps.answered_in(batch, question) for question in questions)
        await self.write(steps.arrived(batch, status, reply), *members)
        return batch

    async def not_taken(self, question: bytes) -> None:
        """Note that LeadIQ is known not to have taken it: it is as before sending."""
        await self.write(steps.not_taken(question))

    async def lost(self, question: bytes) -> None:
        """Note that no answer came, and nobody knows whether LeadIQ took it."""
        await self.write(steps.lost(question))

    async def settle(self, question: bytes, charged: Decimal, receipt: dict[str, Any]) -> None:
        """Note what it cost, and how it came about."""
        await self.write(steps.settled(question, charged, receipt))

    async def note(self, began: float, text: str) -> None:
        """Note something of the run that began at a Unix time; it takes the place of what was."""
        await self.write(("insert or replace into run values (?, ?)", (began, text)))

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
        self._close()
        self.path.unlink()
        self._lock.remove()
        self.close()

    def close(self) -> None:
        """Close the file, and let another process write to it."""
        self._close()
        self._lock.release()

    def _close(self) -> None:
        for name in ("_reader", "_database"):
            if database := getattr(self, name, None):
                database.close()


def _take_over(database: sqlite3.Connection) -> None:
    """Bring into order what a process left behind that ended at any point."""
    database.execute("begin")
    try:
        # who ended between sending and answering does not know which it was
        database.execute("update lookup set state = ? where state = ?", _LOST)
        for batch, status, reply in database.execute("select * from batch").fetchall():
            for statement in _divided(database, batch, status, reply):
                database.execute(*statement)
        database.execute("commit")
    finally:
        if database.in_transaction:
            database.execute("rollback")


_LOST: Final = (State.UNKNOWN, State.SENT)


def _divided(
    database: sqlite3.Connection, batch: int, status: int, reply: bytes
) -> Iterator[Statement]:
    """Give each lookup of a batch its own reply."""
    query = "select question, place from lookup where batch = ?"
    members = database.execute(query, (batch,)).fetchall()
    parts = shares(reply, [place for _, place in members], SEARCH_PEOPLE.root)
    for (question, _), part in zip(members, parts, strict=True):
        yield steps.replied(question, status, part.reply)
    yield steps.divided(batch)

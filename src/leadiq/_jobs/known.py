"""What earlier jobs have looked up: what is free again, and what need not be asked again.

Nothing is written to their journals, and those that cannot be read are passed over.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Any, Final, Self

from .._core.errors import ConfigurationError
from .._core.pricing import DataPoint, Unlock
from .._generated.operations import SEARCH_PEOPLE
from .entries import Earlier, State
from .lookups import question
from .notes import notes_from
from .readings import glance, notes_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from .._engine.identity import Lead
    from ..types import SearchPeopleInput
    from .store import Store

FREE_S: Final = 365 * 24 * 3600
"""How long what a team unlocked is free to look up again [guide]."""

_TABLES: Final = """
create table known (
    question blob, job integer, charged text, receipt text, sent_at real,
    primary key (question, job)
) without rowid
"""


class Known:
    """What the journals of a store know. Of each question, the newest job's word counts.

    Args:
        store: where the journals are.
        account: whose; jobs of another account do not count, nor those of which it is not known;
            where it is empty, none does.
            What is free for one account is not for another, and a sandbox knows nobody's.
        now: Unix time in seconds. What was sent more than a year before does not count.
        reuse_s: how old an answer may be that is taken over, in seconds; 0: none is.
        but: a journal to leave out: that of the job which asks. So a run that goes on with a job
            knows what the run before it knew.

    Use it as a context manager. What it knows is in a temporary file, so that memory grows neither
    with the jobs nor with their lookups.
    """

    def __init__(
        self,
        store: Store,
        account: str,
        now: float,
        *,
        reuse_s: float = 0.0,
        but: Path | None = None,
    ) -> None:
        paths = store.paths() if account else []  # the oldest first
        self._paths = [path for path in paths if path != but]
        self._reused_since = now - reuse_s if reuse_s else inf
        self._selections: set[frozenset[Unlock]] = set()
        self._account = account
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(_TABLES)
        for number, path in enumerate(self._paths):
            with suppress(ConfigurationError, sqlite3.Error, ValueError):
                self._learn(number, path, now - FREE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def charged(self, lead: Lead, unlock: Collection[Unlock]) -> Decimal | None:
        """Give what a lookup of this selection was charged the last time; None if there is none."""
        if not self._selections:
            return None
        rows = self._find("charged", lead.to_input(), frozenset(unlock) - {Unlock.PROFILE})
        return next((Decimal(charged) for (charged,) in rows), None)

    def unlocked(
        self, asked: SearchPeopleInput, unlock: Collection[Unlock]
    ) -> frozenset[DataPoint]:
        """Tell what of this lookup is free again, as an earlier job unlocked it within a year.

        A data point counts where that job had asked for all kinds of it that are asked for now, a
        personal address besides that of work for example. Companies are never free [guide].
        """
        wanted = frozenset(unlock) - {Unlock.PROFILE}
        points: set[DataPoint] = set()
        for selection in self._selections:
            for (receipt,) in self._find("receipt", asked, selection):
                points |= _paid(receipt) & _covered(wanted, selection)
        return frozenset(points)

    def answer(self, asked: SearchPeopleInput, unlock: Collection[Unlock]) -> Earlier | None:
        """Give another job's answer to the same question, if it is new enough to be taken over."""
        selection = frozenset(unlock) - {Unlock.PROFILE}
        job: int
        for job, sent_at, receipt in self._find("job, sent_at, receipt", asked, selection)[:1]:
            if sent_at >= self._reused_since:
                return _answer(self._paths[job], question(asked, selection), _points(receipt))
        return None

    def _find(
        self, columns: str, asked: SearchPeopleInput, selection: frozenset[Unlock]
    ) -> list[tuple[Any, ...]]:
        """What is known of one question, the newest job's word first."""
        if selection not in self._selections:
            return []
        query = f"select {columns} from known where question = ? order by job desc"  # noqa: S608
        return self._database.execute(query, (question(asked, selection),)).fetchall()

    def _learn(self, number: int, path: Path, since: float) -> None:
        head = glance(path).head
        accounts = {note.account for note in notes_from(notes_of(path))}
        if head.operation != SEARCH_PEOPLE.name or accounts != {self._account}:
            return
        query = (
            "select question, ?, charged, receipt, sent_at from lookup"
            " where state = ? and sent_at >= ?"
        )
        with closing(sqlite3.connect(path)) as journal, self._database:  # all of it, or nothing
            self._database.execute("begin")
            rows = journal.execute(query, (number, State.SETTLED, since))
            self._database.executemany("insert into known values (?, ?, ?, ?, ?)", rows)
            selections = _selections(journal)
        self._selections |= selections


def _answer(path: Path, key: bytes, unlocked: frozenset[DataPoint]) -> Earlier | None:
    """Read an answer from a journal; it, or the whole journal, may be gone by now."""
    query = "select status, reply from lookup where question = ? and state = ?"
    address = f"{path.absolute().as_uri()}?mode=rw"  # so that no file comes into being
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as journal:
        status, reply = journal.execute(query, (key, State.SETTLED)).fetchone() or (0, None)
        return None if reply is None else Earlier(status, reply, unlocked)
    return None


def _selections(journal: sqlite3.Connection) -> set[frozenset[Unlock]]:
    """What the lookups of a job asked for: the stages of one job ask for different things."""
    words: list[tuple[str]] = journal.execute("select distinct unlock from lookup").fetchall()
    return {frozenset(map(Unlock, filter(None, word.split(",")))) for (word,) in words}


def _points(receipt: str | None, member: str = "unlocked") -> frozenset[DataPoint]:
    """Give the data points that a receipt lists; by default what came back."""
    return frozenset(map(DataPoint, json.loads(receipt or "{}").get(member, ())))


def _paid(receipt: str | None) -> frozenset[DataPoint]:
    """What was unlocked by this lookup; a repeat is not known to be free for another year."""
    repeated = _points(receipt, "repeated")
    paid = _points(receipt) - repeated
    return frozenset() if repeated and not paid - {DataPoint.PROFILE} else paid


def _covered(wanted: frozenset[Unlock], selection: frozenset[Unlock]) -> frozenset[DataPoint]:
    """The data points of which the earlier selection had all kinds that are wanted now."""
    missing = {unlock.data_point for unlock in wanted - selection}
    return frozenset(DataPoint) - missing - {DataPoint.COMPANY}

"""What was asked in this run: for rows that mean the same, and for a second walk through them.

In a temporary file, so that memory does not grow with the rows. An answer that the searcher gives
again for nothing is not kept a second time, only its receipt.
"""

from __future__ import annotations

import pickle
import sqlite3
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Self

from .._core.errors import JournalError
from .answers import Answer

if TYPE_CHECKING:
    from ..types import SearchPeopleInput


class Noted(NamedTuple):
    """A question of this run."""

    asked: SearchPeopleInput
    answer: Answer
    """Without a result, unless nobody else keeps it."""
    told: bool
    """Whether a row has had it."""

    @property
    def is_kept(self) -> bool:
        """Whether the searcher has the result."""
        return self.answer.result is None and self.answer.error is None


class Asked:
    """The questions of a run, by the key of the lead and what was asked for.

    Use it as a context manager; the file goes at the end.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("pragma journal_mode = off")
        self._database.execute(
            "create table asked (key blob primary key, note blob, told integer) without rowid"
        )
        self._database.execute("begin")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def note(self, key: str, asked: SearchPeopleInput, answer: Answer) -> None:
        """Note what came of a question, and that a row has had it."""
        given = answer
        if answer.result is not None and not isinstance(answer.error, JournalError):
            given = Answer(None, None, answer.receipt)
        row = (_hash(key), pickle.dumps((asked, given)))
        self._database.execute("insert or replace into asked values (?, ?, true)", row)

    def tell(self, key: str) -> Noted | None:
        """Give what is noted of a question, and note that a row has had it."""
        query = "select note, told from asked where key = ?"
        row = self._database.execute(query, (_hash(key),)).fetchone()
        if row is None:
            return None
        if not row[1]:
            self._database.execute("update asked set told = true where key = ?", (_hash(key),))
        asked, answer = pickle.loads(row[0])  # noqa: S301 - our own
        return Noted(asked, answer, bool(row[1]))

    def begin_again(self) -> None:
        """Take it that no row has had anything."""
        self._database.execute("update asked set told = false")


def _hash(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=16).digest()

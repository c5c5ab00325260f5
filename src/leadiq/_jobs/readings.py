"""Reading the journal of a job to which another process may write. Nothing is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .._core.errors import ConfigurationError
from .._engine.aliases import shares
from .._generated.operations import SEARCH_PEOPLE
from .entries import Entry, Head, State, Totals, entry_of
from .tables import head_of, version_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_ENDED: Final = 1
"""As the file's `application_id`, which SQLite leaves to applications."""

_ENTRY: Final = "state, reserved, request_id, status, reply, charged, receipt"


class Glance(NamedTuple):
    """A job as somebody sees it who does not write to it."""

    head: Head
    totals: Totals
    ended: bool


def glance(path: Path) -> Glance:
    """Look at a job.

    Raises:
        ConfigurationError: it is no journal, or one of a later version.
    """
    with closing(sqlite3.connect(path)) as database:
        head = head_of(database, path)
        (ended,) = database.execute("pragma application_id").fetchone()
        return Glance(head, totals_of(database), ended == _ENDED)


def lookups_of(path: Path, *, replies: bool = True) -> Generator[tuple[bytes, float | None, Entry]]:
    """Give every lookup of a job in the order of the claims.

    Each comes as its key, the Unix time at which it was last sent, and what is known of it.

    Args:
        path: the journal.
        replies: whether to read the replies too, which are most of it.

    Raises:
        ConfigurationError: it is no journal, one of a later version, or damaged.
    """
    with closing(sqlite3.connect(path)) as database:
        query = _query(head_of(database, path), version_of(database), replies=replies)
        database.execute("begin")  # one state of the file, whoever writes meanwhile
        try:
            for question, sent_at, batch, place, *row in database.execute(*query):
                if batch is not None and replies:
                    row[3:5] = _share(database, batch, place)
                yield question, sent_at, entry_of(row)
        except (sqlite3.Error, ValueError, ArithmeticError):
            raise ConfigurationError(f"{path.name} is damaged", sent=False) from None


def notes_of(path: Path) -> list[str]:
    """Give what was noted of each run of a job, the first run first; see `Journal.note`.

    Raises:
        ConfigurationError: it is no journal, or one of a later version.
    """
    with closing(sqlite3.connect(path)) as database:
        head_of(database, path)
        if version_of(database) < 2:
            return []
        return [note for (note,) in database.execute("select note from run order by began")]


def totals_of(database: sqlite3.Connection) -> Totals:
    """Count the lookups, and what they cost."""
    counts = database.execute("select state, count(*) from lookup group by state")
    charged = "select charged from lookup where state in (?, ?) and charged is not null"
    uncertain = "select reserved from lookup where state = ? or (state = ? and charged is null)"
    return Totals(
        {State(state): count for state, count in counts},
        sum_of(database, charged, State.SETTLED, State.FORGOTTEN),
        sum_of(database, uncertain, State.UNKNOWN, State.FORGOTTEN),
    )


def sum_of(database: sqlite3.Connection, query: str, *values: object) -> Decimal:
    """Add up decimals, which SQLite would take for binary fractions."""
    return sum((Decimal(amount) for (amount,) in database.execute(query, values)), Decimal(0))


def mark_ended(database: sqlite3.Connection, *, ended: bool) -> None:
    """Note in the file whether the job has come to its end."""
    database.execute(f"pragma application_id = {_ENDED if ended else 0}")


def _query(head: Head, version: int, *, replies: bool) -> tuple[str, tuple[str, ...]]:
    columns = _ENTRY if replies else _ENTRY.replace(" reply,", " null,")
    each = "select question, sent_at, {} from lookup order by rowid"
    if version < 2:  # every lookup asked for the same
        return each.format(f"null, 0, {columns}, ?"), (",".join(head.unlock),)
    return each.format(f"batch, place, {columns}, unlock"), ()


def _share(database: sqlite3.Connection, batch: int, place: int) -> tuple[Any, ...]:
    """Give the status, and a lookup's share, of a reply to many that a kill left undivided."""
    query = "select status, reply from batch where id = ?"
    status, reply = database.execute(query, (batch,)).fetchone()
    return status, shares(reply, [place], SEARCH_PEOPLE.root)[0].reply

"""Which lookups earlier jobs have paid for, and what."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self

from .._core.errors import ConfigurationError
from .._core.pricing import Unlock
from .._generated.operations import SEARCH_PEOPLE
from .journal import State, glance
from .lookups import question

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from .._engine.identity import Lead
    from .store import Store

FREE_S: Final = 365 * 24 * 3600
"""How long what a team unlocked is free to look up again [guide]."""


class Known:
    """What the journals of a store know of a selection. Nothing is written to them.

    Args:
        store: where the journals are; one that cannot be read is passed over.
        unlock: the selection; jobs with another one do not count.
        now: Unix time in seconds. What was sent more than a year before does not count.

    Use it as a context manager. What it knows is in a temporary file, so that memory grows neither
    with the jobs nor with their lookups.
    """

    def __init__(self, store: Store, unlock: Collection[Unlock], now: float) -> None:
        self._unlock = frozenset(unlock) - {Unlock.PROFILE}
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("create table known (question blob primary key, charged text)")
        for path in store.paths():  # the oldest first
            with suppress(ConfigurationError, sqlite3.Error):
                self._learn(path, now - FREE_S)
        self._is_any = bool(self._database.execute("select 1 from known").fetchone())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def charged(self, lead: Lead) -> Decimal | None:
        """Give what a lookup was charged for the last time, by what came back; None if unknown."""
        if not self._is_any:
            return None
        asked = question(lead.to_input(), self._unlock)
        query = "select charged from known where question = ?"
        row = self._database.execute(query, (asked,)).fetchone()
        return None if row is None else Decimal(row[0])

    def _learn(self, path: Path, since: float) -> None:
        head = glance(path).head
        if head.operation != SEARCH_PEOPLE.name or set(head.unlock) != {*map(str, self._unlock)}:
            return
        query = "select question, charged from lookup where state = ? and sent_at >= ?"
        with closing(sqlite3.connect(path)) as journal, self._database:  # all of it, or nothing
            rows = journal.execute(query, (State.SETTLED, since))
            self._database.execute("begin")
            self._database.executemany("insert or replace into known values (?, ?)", rows)

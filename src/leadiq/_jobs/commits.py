"""Group commit: many tasks write to one SQLite file, and one commit to disk serves all that wait.

A commit costs a few milliseconds of disk; sixteen lookups that end together should pay that once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio

from .together import Together

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Statement = tuple[str, "Sequence[Any]"]
"""SQL with placeholders, and what stands in them."""


class Commits:
    """Writes statements to a database, each on disk when `write` returns.

    Args:
        database: in autocommit mode (`isolation_level=None`), usable from any thread
            (`check_same_thread=False`); nobody else writes through it.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._together = Together(self._commit, anyio.Lock())

    async def write(self, *statements: Statement) -> None:
        """Carry out the statements, all or none of them, and wait until they are on disk.

        It cannot be cancelled: what was begun is on disk when it ends.

        Raises:
            sqlite3.Error: what is in the file is as before, for all whose statements went with
                these.
        """
        await self._together.do(*statements)

    def _commit(self, statements: list[Statement]) -> None:
        try:
            self._database.execute("begin")
            for sql, values in statements:
                self._database.execute(sql, values)
            self._database.execute("commit")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("rollback")
            raise

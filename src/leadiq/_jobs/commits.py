"""Group commit: many tasks write to one SQLite file, and one commit to disk serves all that wait.

A commit costs a few milliseconds of disk; sixteen lookups that end together should pay that once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
from anyio import to_thread

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Statement = tuple[str, "Sequence[Any]"]
"""SQL with placeholders, and what stands in them."""


class _Batch:
    """Statements that go to disk together."""

    __slots__ = ("done", "failure", "statements")

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.done = False
        self.failure: Exception | None = None


class Commits:
    """Writes statements to a database, each on disk when `write` returns.

    Args:
        database: in autocommit mode (`isolation_level=None`), usable from any thread
            (`check_same_thread=False`); nobody else writes through it.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._turn = anyio.Lock()
        self._collecting = _Batch()

    async def write(self, *statements: Statement) -> None:
        """Carry out the statements, all or none of them, and wait until they are on disk.

        It cannot be cancelled: what was begun is on disk when it ends.

        Raises:
            sqlite3.Error: what is in the file is as before, for all whose statements went with
                these.
        """
        batch = self._collecting
        batch.statements += statements
        with anyio.CancelScope(shield=True):
            async with self._turn:
                if not batch.done:  # otherwise one who waited before us has taken ours along
                    self._collecting = _Batch()
                    await to_thread.run_sync(self._commit, batch)
        if batch.failure is not None:
            raise batch.failure

    def _commit(self, batch: _Batch) -> None:
        try:
            self._database.execute("begin")
            for sql, values in batch.statements:
                self._database.execute(sql, values)
            self._database.execute("commit")
        except Exception as error:  # whatever it was: nobody may take what is not there for written
            batch.failure = error
            if self._database.in_transaction:
                self._database.execute("rollback")
        finally:
            batch.done = True

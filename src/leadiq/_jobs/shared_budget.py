"""A budget that many processes draw on, each job with a line of its own.

    day = SharedBudget.sqlite("team", 500, per_day=True)
    async with leadiq.enrich(rows, unlock=..., budget=Budget(100, within=day)) as results:
        ...

- **A job is killed.** What it had reserved stays counted until the job goes on, and tells what its
  journal knows, or until somebody frees it (`leadiq budgets release`).
- **The store is away.** Nothing is sent, and the job ends so that it can be gone on with. What was
  answered is kept all the same, and is told later.
- **The store has lost its memory.** A job under way notices that its line is gone, and ends so.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from anyio import to_thread

from .budget import credits_of
from .budget_rules import MOST, Terms, checked_name, day_of, units
from .share import Share

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from .budget_rules import Book

FILE: Final = "budgets.db"
"""Where shared budgets are kept on one machine: beside the journals."""


class SharedBudget:
    """A limit that processes share by its name. Make it with `sqlite` or `redis`.

    Who shares a budget may name different limits: each keeps to its own, and all count. It can be
    pickled and sent to workers, with the URL of its store, which may hold a password.

    Args:
        name: 1 to 80 printable characters.
        limit: credits.
        book: opens the store, in each process.
        per_day: begin anew each day, at midnight UTC.

    Raises:
        ConfigurationError: for a name or a limit that cannot be.
    """

    def __init__(
        self,
        name: str,
        limit: Decimal | int,
        book: Callable[[], Book],
        *,
        per_day: bool = False,
    ) -> None:
        self.name = checked_name(name)
        self.limit = credits_of(limit)
        self.per_day = per_day
        self._book = book
        self._units = min(units(self.limit), MOST - 1)

    @classmethod
    def sqlite(
        cls,
        name: str,
        limit: Decimal | int,
        *,
        path: Path | str | None = None,
        per_day: bool = False,
    ) -> SharedBudget:
        """Share it with the processes of this machine, in a file.

        Args:
            name: the budget's.
            limit: credits.
            path: the file; default: `budgets.db` beside the journals.
            per_day: begin anew each day, at midnight UTC.

        Raises:
            ConfigurationError: for a name or a limit that cannot be.
        """

        return cls(name, limit, partial(_in_file, path), per_day=per_day)

    @classmethod
    def redis(
        cls,
        name: str,
        limit: Decimal | int,
        url: str,
        *,
        prefix: str = "leadiq",
        per_day: bool = False,
    ) -> SharedBudget:
        """Share it with everybody who uses the same Redis (extra `[redis]`).

        Redis should write to disk and evict nothing: what it forgets was not spent, to those who
        begin later.

        Args:
            name: the budget's.
            limit: credits.
            url: of the server: redis://, rediss:// or unix://.
            prefix: what the names of the keys in Redis begin with.
            per_day: begin anew each day, at midnight UTC.

        Raises:
            ConfigurationError: for a name or a limit that cannot be, or without redis-py.
        """
        from .budget_redis import RedisBook

        RedisBook(url, prefix)  # refuses here what can never be reached
        return cls(name, limit, partial(RedisBook, url, prefix), per_day=per_day)

    async def enter(self, job: str, spent: Callable[[float], Decimal]) -> Share:
        """Begin or replace the line of a job.

        Args:
            job: its id; one process at a time has it.
            spent: tells what it has spent since a Unix time.

        Raises:
            BudgetStoreError: the store cannot be reached.
        """
        share = Share(self, job, await to_thread.run_sync(self._book))
        try:
            await share.enter(spent)
        except BaseException:
            await share.close()
            raise
        return share

    def terms(self, now: float) -> Terms:
        """Say which budget it is at a Unix time."""
        if not self.per_day:
            return Terms(self.name, self._units)
        day = day_of(now)
        return Terms(f"{self.name} {day}", self._units, day)

    def __str__(self) -> str:
        return f"the shared budget '{self.name}' of {self.limit:f} credits{self._a_day}"

    @property
    def _a_day(self) -> str:
        return " a day" if self.per_day else ""


def _in_file(path: Path | str | None) -> Book:
    from .budget_sqlite import SqliteBook

    return SqliteBook(Path(path)) if path is not None else stored(None)


def stored(url: str | None) -> Book:
    """Open the store of shared budgets: Redis, or without a URL the file beside the journals.

    Raises:
        ConfigurationError: for a URL of something else, without redis-py, or when the directory of
            the journals cannot be made.
    """
    if url is not None:
        from .budget_redis import RedisBook

        return RedisBook(url)
    from .budget_sqlite import SqliteBook
    from .store import Store

    store = Store.default()
    store.prepare()
    return SqliteBook(store.directory / FILE)

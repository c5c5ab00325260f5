"""What may be spent: the words of a job for it, and `leadiq budgets`."""

from __future__ import annotations

import json as json_
import os
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Final

from cyclopts import App, Parameter

from .._core.credentials import authorization
from .._core.pricing import Unlock
from .._jobs.budget import UNLIMITED, Budget
from .._jobs.budget_rules import Unreachable, credits_
from .._jobs.shared_budget import SharedBudget, stored
from ._problems import ALL_SETTLED, Problem, Trouble, say

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

    from .._jobs.budget_rules import Book, Line, Shown
    from ._server import Server

budgets = App(name="budgets")

_Flag = Annotated[bool, Parameter(negative="")]
_NONE: Final = "there is none of that name: see `leadiq budgets list`"
_KEY_CHARS: Final = 12
"""Of the hash that names a key: too many to be two keys' by accident."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Budgets:
    """What a job may spend.

    Attributes:
        budget: Credits that the job may spend at most, earlier runs of it included, or the word
            unlimited. Needed for anything beyond the profile, unless --plan brings one.
        budget_per_day: Credits that all jobs with this key may spend from one midnight UTC to the
            next [default: LEADIQ_BUDGET_PER_DAY, else no limit].
        budget_store: Redis in which the jobs of all machines are counted, redis://...; without it
            they are those of this machine [default: LEADIQ_BUDGET_STORE].
    """

    budget: str | None = None
    budget_per_day: str | None = None
    budget_store: str | None = None

    def taken(
        self, needed_for: Collection[object], server: Server, *, planned: Decimal | None = None
    ) -> Budget:
        """Return the budget of a job, which has to enter it.

        Args:
            needed_for: what is unlocked; without anything beyond the profile none is needed.
            server: whose key it is.
            planned: the budget that --plan brings.

        Raises `Problem`.
        """
        limit = credits_of(self.budget, needed_for) if planned is None else planned
        day = self.budget_per_day or os.environ.get("LEADIQ_BUDGET_PER_DAY")
        if not day:
            return Budget(limit)
        url = _store(self.budget_store)
        name, per_day = _account(server), amount_of("--budget-per-day", day)
        if url:
            return Budget(limit, within=SharedBudget.redis(name, per_day, url, per_day=True))
        return Budget(limit, within=SharedBudget.sqlite(name, per_day, per_day=True))


@budgets.command(name="list")
def list_(*, budget_store: str | None = None, json: _Flag = False) -> int:
    """Show what jobs have spent of the budgets that they share. Nothing is sent.

    Example: leadiq budgets list

    Args:
        budget_store: Redis to look into [default: LEADIQ_BUDGET_STORE, else this machine].
        json: Print JSON.
    """
    with _opened(budget_store) as book:
        found = book.budgets()
    if json:
        print(json_.dumps([_told(shown) for shown in found], indent=2))
        return ALL_SETTLED
    for shown in found:
        print(_line(shown))
        for job, (line, told_at) in shown.jobs.items():
            print(f"  {job}: {_words(line)}, told {_time(told_at)}")
    return ALL_SETTLED if found else say("there are no shared budgets")


@budgets.command
def release(name: str, job: str, /, *, budget_store: str | None = None) -> int:
    """Free what a job has reserved that was killed and will never go on.

    Those lookups may have been charged all the same. What the job had spent stays counted. While
    a job is under way leave it alone: it needs what it has reserved.

    Example: leadiq budgets release spring enrich-1

    Args:
        name: The budget, as `leadiq budgets list` writes it.
        job: The job, as well.
        budget_store: Redis to look into [default: LEADIQ_BUDGET_STORE, else this machine].
    """
    with _opened(budget_store) as book:
        if not book.release(name, job):
            raise Problem(_NONE)
    return say(f"what {job} had reserved is free")


@budgets.command
def forget(name: str, /, *, budget_store: str | None = None) -> int:
    """Remove a shared budget: what was spent of it counts no more.

    Jobs that are under way within it end then, and can be gone on with.

    Example: leadiq budgets forget spring

    Args:
        name: The budget, as `leadiq budgets list` writes it.
        budget_store: Redis to look into [default: LEADIQ_BUDGET_STORE, else this machine].
    """
    with _opened(budget_store) as book:
        if not book.forget(name):
            raise Problem(_NONE)
    return say(f"{name} removed")


def credits_of(budget: str | None, needed_for: Collection[object]) -> Decimal | None:
    """Return the limit that `--budget` sets, None for unlimited.

    Raises `Problem` when it is no number, or missing where it is needed.
    """
    if budget == UNLIMITED:
        return None
    if budget is not None:
        return amount_of("--budget", budget, f", or {UNLIMITED}")
    if not {*needed_for} - {Unlock.PROFILE}:
        return None
    text = f"--budget is missing: how many credits may be spent at most, or {UNLIMITED}?"
    raise Problem(text)


def amount_of(word: str, text: str, otherwise: str = "") -> Decimal:
    """Return a number of credits. Raises `Problem`."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and amount >= 0):
        raise Problem(f"{word} takes a number of credits{otherwise}")
    return amount


def _account(server: Server) -> str:
    """Name the key that pays, without telling it."""
    if server.sandbox:
        return "sandbox"
    header = authorization(os.environ.get("LEADIQ_API_KEY", ""))
    return f"key-{sha256(header.encode()).hexdigest()[:_KEY_CHARS]}"


def _store(given: str | None) -> str | None:
    return given or os.environ.get("LEADIQ_BUDGET_STORE")


@contextmanager
def _opened(given: str | None) -> Generator[Book]:
    try:
        with closing(stored(_store(given))) as book:
            yield book
    except Unreachable as away:
        raise Trouble(f"the store of shared budgets cannot be reached: {away}") from None


def _told(shown: Shown) -> dict[str, Any]:
    jobs = {
        job: {**_numbers(line), "told_at": _time(told_at)}
        for job, (line, told_at) in shown.jobs.items()
    }
    limit = f"{credits_(shown.limit):f}"
    return {"name": shown.name, "limit": limit, **_numbers(shown.all), "jobs": jobs}


def _numbers(line: Line) -> dict[str, str]:
    return {
        "credits_spent": f"{credits_(line.spent):f}",
        "credits_reserved": f"{credits_(line.reserved):f}",
    }


def _line(shown: Shown) -> str:
    return f"{shown.name}: {_words(shown.all)}, of {credits_(shown.limit):,f} credits"


def _words(line: Line) -> str:
    reserved = f" and {credits_(line.reserved):,f} reserved" if line.reserved else ""
    return f"{credits_(line.spent):,f} spent{reserved}"


def _time(unix_s: float) -> str:
    return datetime.fromtimestamp(unix_s, UTC).isoformat(timespec="seconds")

"""The job behind a command: its journal and its budget."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .._core.errors import ConfigurationError
from .._core.pricing import Unlock
from .._generated.operations import SEARCH_PEOPLE
from .._jobs.catalog import KEEP_DAYS, retire
from .._jobs.journal import Head, Journal
from .._jobs.plan import read_plan
from .._jobs.store import Store
from ._output import STANDARD_OUTPUT
from ._problems import Problem, say

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

    from .._jobs.plan import Plan
    from ._tables import Table

UNLIMITED: Final = "unlimited"


def credits_of(budget: str | None, unlock: Collection[Unlock]) -> Decimal | None:
    """Return the limit that `--budget` sets, None for unlimited.

    Raises `Problem` when it is no number, or missing where it is needed.
    """
    if budget == UNLIMITED:
        return None
    if budget is None:
        if set(unlock) <= {Unlock.PROFILE}:
            return None
        raise Problem(
            f"--budget is missing: how many credits may be spent at most, or {UNLIMITED}?"
        )
    try:
        limit = Decimal(budget)
    except InvalidOperation:
        limit = Decimal("NaN")
    if not (limit.is_finite() and limit >= 0):
        raise Problem(f"--budget takes a number of credits, or {UNLIMITED}")
    return limit


def keep_days_of(given: str | None) -> float | None:
    """Return how many days an ended job is kept, None for ever. Raises `Problem`."""
    if given == UNLIMITED:
        return None
    if not given:
        return KEEP_DAYS
    if not (given.isascii() and given.isdigit()):
        raise Problem(f"LEADIQ_KEEP_DAYS takes a number of days, or {UNLIMITED}")
    return float(given)


def plan_of(path: str | None, budget: str | None) -> Plan | None:
    """Return the plan that `--plan` names. Raises `Problem`."""
    if path is None:
        return None
    if budget is not None:
        raise Problem("--plan brings its budget: leave --budget out")
    return read_plan(Path(path))


def head_of(table: Table, target: str, unlock: Collection[Unlock]) -> Head:
    """Return what the job is: its input by content, its output by place."""
    return Head(
        operation=SEARCH_PEOPLE.name,
        unlock=tuple(sorted({*unlock} - {Unlock.PROFILE})),
        source=table.name,
        digest=table.digest(),
        target=target if target == STANDARD_OUTPUT else os.path.abspath(target),
        began=time.time(),
    )


@contextmanager
def opened_journal(head: Head, *, resume: bool, force: bool) -> Generator[Journal]:
    """Begin a job, or go on with one; one that sent nothing leaves nothing. Raises `Problem`."""
    try:
        journal = _journal(Store.default(), head, resume=resume, force=force)
    except ConfigurationError as error:
        raise Problem(str(error)) from None
    try:
        yield journal
    finally:
        if journal.totals().states:
            journal.close()
        else:
            journal.discard()


def _journal(store: Store, head: Head, *, resume: bool, force: bool) -> Journal:
    path = store.unfinished(head)
    if path is None:
        if resume:
            raise Problem("there is no job to resume with this IN, OUT and --unlock")
        return _begun(store, head)
    if not (resume or force):
        raise Problem(
            "an earlier run of this job did not end: go on with --resume, or begin anew, and "
            "pay again for what is not free to look up again, with --force"
        )
    return Journal.open(path) if resume else _begun(store, head)


def _begun(store: Store, head: Head) -> Journal:
    """Begin a job; what was kept of earlier ones for long enough goes."""
    keep_days = keep_days_of(os.environ.get("LEADIQ_KEEP_DAYS"))
    removed = 0 if keep_days is None else len(retire(store, time.time(), keep_days))
    if removed:
        many = f"{removed} job{'' if removed == 1 else 's'}"
        say(f"removed {many} that ended more than {keep_days:g} days ago (LEADIQ_KEEP_DAYS)")
    return store.create(head)

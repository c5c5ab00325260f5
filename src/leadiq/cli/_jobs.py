"""The job behind a command: its journal and its budget."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .._core.errors import ConfigurationError, InputError
from .._core.pricing import Unlock
from .._files.formats import STANDARD
from .._generated.operations import SEARCH_PEOPLE
from .._jobs.journal import Head, Journal
from .._jobs.opening import clear_out, kept
from .._jobs.plan import read_plan
from .._jobs.store import Store
from .._jobs.terms import checked_batch
from ._problems import Problem, say

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Sequence

    from .._engine.stages import Stage
    from .._files.sources import Source
    from .._jobs.plan import Plan


def plan_of(path: str | None, budget: str | None) -> Plan | None:
    """Return the plan that `--plan` names. Raises `Problem`."""
    if path is None:
        return None
    if budget is not None:
        raise Problem("--plan brings its budget: leave --budget out")
    return read_plan(Path(path))


def batch_of(given: str) -> int | Literal["auto"]:
    """Return how many lookups a request takes. Raises `Problem`."""
    try:
        return checked_batch(int(given) if given.isdecimal() else given)
    except InputError as error:
        raise Problem(f"--{error}") from None


def head_of(
    table: Source,
    target: str,
    unlock: Collection[Unlock],
    columns: Sequence[str] = (),
    stages: Iterable[Stage] = (),
) -> Head:
    """Return what the job is: its input by content, its output by place, and what it asks for."""
    return Head(
        operation=SEARCH_PEOPLE.name,
        unlock=tuple(sorted({*unlock} - {Unlock.PROFILE})),
        source=table.name,
        digest=table.digest(),
        target=target if target == STANDARD else os.path.abspath(target),
        began=time.time(),
        terms="; ".join((*columns, *map(str, stages))),
    )


@contextmanager
def opened_journal(head: Head, *, resume: bool, force: bool) -> Generator[Journal]:
    """Begin a job, or go on with one; one that sent nothing leaves nothing. Raises `Problem`."""
    try:
        journal = _journal(Store.default(), head, resume=resume, force=force)
    except ConfigurationError as error:
        raise Problem(str(error)) from None
    with kept(journal):
        yield journal


def _journal(store: Store, head: Head, *, resume: bool, force: bool) -> Journal:
    path = store.unfinished(head)
    if path is None:
        if resume:
            raise Problem("there is no job to resume with this IN, OUT, --unlock, --then and --map")
        return _begun(store, head)
    if not (resume or force):
        raise Problem(
            "an earlier run of this job did not end: go on with --resume, or begin anew, and "
            "pay again for what is not free to look up again, with --force"
        )
    return Journal.open(path) if resume else _begun(store, head)


def _begun(store: Store, head: Head) -> Journal:
    """Begin a job, and say what was removed."""
    removed, keep_days = clear_out(store)
    if removed:
        many = f"{removed} job{'' if removed == 1 else 's'}"
        say(f"removed {many} that ended more than {keep_days:g} days ago (LEADIQ_KEEP_DAYS)")
    return store.create(head)

"""The jobs that there are: what each is, how far it has come, and how it is removed.

Files that cannot be read are listed as such: they stop nothing, and nothing is done to them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from .._core.errors import ConfigurationError
from .journal import Journal
from .lock import is_held
from .readings import Glance, glance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .store import Store

DAY_S: Final = 86_400.0
KEEP_DAYS: Final = 90.0
"""How long the journal of an ended job is kept, in days after it was last written: long enough to
ask about a bill, and people's data should not be kept for longer than it is needed."""


class Condition(StrEnum):
    """What can be done with a job."""

    ENDED = "ended"
    RESUMABLE = "resumable"
    UNDER_WAY = "under way"
    UNREADABLE = "unreadable"


class Job(NamedTuple):
    """A file among the journals."""

    path: Path
    condition: Condition
    seen: Glance | None
    """None if it is unreadable."""
    written: float
    """Unix time in seconds at which the file was last written."""
    problem: str = ""
    """Why it is unreadable."""

    @property
    def id(self) -> str:
        """How people name it."""
        return self.path.stem


def look(path: Path, *, written_before: float = inf) -> Job | None:
    """Look at one file; None if it is gone, or was written since."""
    try:
        written = path.stat().st_mtime
    except OSError:
        return None
    if written >= written_before:
        return None
    try:
        seen = glance(path)
    except ConfigurationError as error:
        return Job(path, Condition.UNREADABLE, None, written, str(error))
    except (sqlite3.Error, ValueError, ArithmeticError):
        return Job(path, Condition.UNREADABLE, None, written, f"{path.name} is damaged")
    return Job(path, _condition(path, seen), seen, written)


def catalog(store: Store) -> Iterator[Job]:
    """Look at every job, the oldest first."""
    return (job for path in store.paths() if (job := look(path)))


def find(store: Store, id: str) -> Job:  # noqa: A002 - what people call it
    """Give the one job whose id begins like this; a whole id is always enough.

    Raises:
        ConfigurationError: there is none, or more than one.
    """
    paths = [path for path in store.paths() if id and path.stem.startswith(id)]
    jobs = [job for path in paths if (job := look(path))]
    for job in jobs:
        if job.id == id or len(jobs) == 1:
            return job
    many = f"{len(jobs)} jobs begin" if jobs else "no job begins"
    raise ConfigurationError(f"{many} with this id: see `leadiq jobs list`", sent=False)


def retire(store: Store, now: float, keep_days: float = KEEP_DAYS) -> list[str]:
    """Remove the ended jobs that were not written for so many days; tell their ids.

    Jobs that did not end, and files that cannot be read, stay. So does what cannot be removed.
    """
    long_ago = now - keep_days * DAY_S
    removed: list[str] = []
    for path in store.paths():
        job = look(path, written_before=long_ago)
        if job and job.condition is Condition.ENDED:
            with suppress(ConfigurationError):
                remove(job)
                removed.append(job.id)
    return removed


def remove(job: Job) -> None:
    """Remove a job: its journal and what belongs to that, and no other file.

    Raises:
        ConfigurationError: another process is at it, it is no journal, or the system refuses.
    """
    try:
        with closing(Journal.open(job.path)) as journal:
            journal.discard()
    except (sqlite3.Error, OSError) as error:
        raise ConfigurationError(f"cannot remove {job.path}: {error}", sent=False) from None


def _condition(path: Path, seen: Glance) -> Condition:
    if is_held(path):
        return Condition.UNDER_WAY
    return Condition.ENDED if seen.ended else Condition.RESUMABLE

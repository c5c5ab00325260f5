"""Removes a person from every job: what was answered, and what else is known of the lookups.

What stays of a lookup is its key, so that it is not sent and paid for again, and its price. The key
is a hash of the question: who knows a person's identifier can tell that the job asked for it. Only
removing the job removes that.

What the jobs wrote elsewhere, output files above all, is the caller's.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from hashlib import pbkdf2_hmac
from secrets import token_bytes
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .._core.errors import ConfigurationError, JournalError
from .catalog import Condition, catalog
from .journal import Journal, State
from .people import Person, identifier, learned, people
from .readings import lookups_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .._core.pricing import Unlock
    from .catalog import Job
    from .entries import Entry
    from .store import Store

AUDIT_FILE: Final = "forgotten.jsonl"
"""Beside the journals: one line for each time that somebody was to be forgotten."""

_ROUNDS: Final = 600_000
"""Of PBKDF2: trying out addresses costs what OWASP recommends for passwords."""


class Forgotten(NamedTuple):
    """What was done."""

    lookups: dict[str, int]
    """How many were forgotten, by job; jobs without any are left out."""
    unreadable: dict[str, str]
    """Jobs that could not be searched, and why."""


class _Task(NamedTuple):
    """What is to be forgotten in one job."""

    job: Job
    questions: frozenset[bytes]
    direct: bool
    """Whether what was given leads there, without what other jobs know."""


def forget_person(store: Store, text: str, now: float) -> Forgotten:
    """Remove a person from every job, and note that in the audit file.

    It can be repeated: what was interrupted is then done to the end.

    Args:
        store: where the jobs are.
        text: the person's e-mail, LinkedIn profile or LeadIQ id.
        now: Unix time in seconds.

    Raises:
        InputError: the text is none of these; nothing was done.
        ConfigurationError: another process is at one of the jobs. Before anything was done, unless
            that process began meanwhile.
        JournalError: a file cannot be written.
    """
    name = identifier(text)
    given = Person(frozenset({name}))
    search = _Search(catalog(store))
    search.require_rest()
    store.prepare()
    done, complete = Forgotten({}, search.unreadable), False
    try:
        for task in search.tasks(given):
            _carry_out(task, done)
        complete = True
    except sqlite3.Error as error:
        text = f"a journal failed ({error}): see that the disk has room, and do it again"
        raise JournalError(text, sent=False) from None
    finally:
        note(store.directory / AUDIT_FILE, audit_line(name, done, now, complete=complete))
    return done


def audit_line(name: str, done: Forgotten, now: float, *, complete: bool) -> dict[str, Any]:
    """Say what was done, and prove for whom without telling it.

    The proof is a slow hash with a salt of its own: two lines about one person do not look alike,
    and nobody finds the person but by trying identifiers, one by one.
    """
    salt = token_bytes(16)
    return {
        "when": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        "lookups": sum(done.lookups.values()),
        "jobs": done.lookups,
        "not_searched": len(done.unreadable),
        "complete": complete,
        "salt": salt.hex(),
        "proof": _proof(name, salt),
    }


def proves(line: dict[str, Any], text: str) -> bool:
    """Tell whether a line of the audit file is about this person, by the identifier given then."""
    return bool(line["proof"] == _proof(identifier(text), bytes.fromhex(line["salt"])))


def _proof(name: str, salt: bytes) -> str:
    return pbkdf2_hmac("sha256", name.encode(), salt, _ROUNDS).hex()


def note(path: Path, line: dict[str, Any]) -> None:
    """Add a line to the audit file; it is on disk then."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with open(file, "a", encoding="utf-8") as audit:
        audit.write(json.dumps(line) + "\n")
        audit.flush()
        os.fsync(file)


class _Search:
    """Looks for a person in all jobs; files that cannot be read are noted."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._jobs = {job.id: job for job in jobs}
        self.unreadable = {job.id: job.problem for job in self._jobs.values() if job.problem}

    def require_rest(self) -> None:
        """Raise `ConfigurationError` if another process is at a job."""
        jobs = self._jobs.values()
        busy = [job.id for job in jobs if job.condition is Condition.UNDER_WAY]
        if busy:
            text = f"another process is at {', '.join(busy)}: wait for it; nobody was forgotten"
            raise ConfigurationError(text, sent=False)

    def tasks(self, given: Person) -> list[_Task]:
        """Find all that is to be forgotten, and put last what was given leads to.

        So an interruption leaves what leads to the rest, and the next time everything is found.
        """
        person = self._known(given)
        tasks = [self._task(job, given, person) for job in self._jobs.values()]
        readable = (task for task in tasks if task.job.id not in self.unreadable)
        return sorted(readable, key=lambda task: task.direct)

    def _known(self, given: Person) -> Person:
        jobs = self._jobs.values()
        return learned(given, lambda: (told for job in jobs for _, _, told in self._lookups(job)))

    def _task(self, job: Job, given: Person, person: Person) -> _Task:
        @cache
        def asked(unlock: frozenset[Unlock]) -> frozenset[bytes]:
            return frozenset(person.questions(unlock))

        found = {
            question: any(map(given.is_in, records))
            for question, entry, records in self._lookups(job)
            if entry.state is not State.FORGOTTEN
            and (question in asked(entry.unlock) or any(map(person.is_in, records)))
        }
        return _Task(job, frozenset(found), any(found.values()))

    def _lookups(self, job: Job) -> Iterator[tuple[bytes, Entry, list[frozenset[str]]]]:
        """Give each lookup's key, its entry, and the identifiers in each record of its reply."""
        if job.id not in self.unreadable:
            try:
                for question, _, entry in lookups_of(job.path):
                    yield question, entry, people(entry.reply or b"")
            except ConfigurationError as error:
                self.unreadable[job.id] = str(error)


def _carry_out(task: _Task, done: Forgotten) -> None:
    """Forget, and add it to what was done.

    A job that forgot something before is scrubbed too: that may have failed then.
    """
    seen = task.job.seen
    if task.questions or (seen and State.FORGOTTEN in seen.totals.states):
        with closing(Journal.open(task.job.path)) as journal:
            journal.forget(task.questions)
            if task.questions:
                done.lookups[task.job.id] = len(task.questions)
            journal.scrub()

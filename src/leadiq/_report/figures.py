"""The figures of a job, as its journal has them. Nobody's data is among them."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from .._core.pricing import DataPoint, Unlock
from .._jobs.books import Books, prices_of
from .._jobs.entries import State
from .._jobs.notes import notes_from
from .._jobs.readings import glance, lookups_of, notes_of
from .timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .._jobs.entries import Entry
    from .._jobs.reconciliation import Reconciliation
    from .timeline import Moment

WAITS: Final = (
    (1.0, "Waited under a second"),
    (10.0, "Waited 1 to 10 seconds"),
    (60.0, "Waited 10 seconds to a minute"),
    (300.0, "Waited 1 to 5 minutes"),
    (inf, "Waited over 5 minutes"),
)
"""Below so many seconds."""
TIMES: Final = ("Sent once", "Sent twice", "Sent 3 times", "Sent 4 times or more")


class Share(NamedTuple):
    """How many lookups are of some kind."""

    name: str
    lookups: int


class Figures(NamedTuple):
    """What a report shows. Names of files are their last parts."""

    job: str
    source: str
    target: str
    unlock: tuple[Unlock, ...]
    began: float
    """Unix time in seconds."""
    ended: float | None
    """When its last run ended; None if nobody noted it."""
    over: bool
    """Whether nothing of it is left to do."""
    stopped_by: str
    sandbox: bool
    rows: int | None
    """Rows of the file, if a run came to their end."""
    invalid: int
    """Rows that name nobody."""
    people: int
    """Different people who were asked for, or were going to be."""
    answered: int
    found: int
    """People whom LeadIQ knew."""
    unlocked: int
    """Those of whom more than the profile came back."""
    books: Reconciliation
    moments: tuple[Moment, ...]
    waits: tuple[Share, ...]
    """Lookups by how long they waited."""
    repeats: tuple[Share, ...]
    """Lookups by how often they were sent."""
    waited_s: float
    """All waits together."""
    worked_s: float
    """From the first lookup that was sent to the last, pauses left out."""
    requests: int
    limited: int
    retries: int
    runs: int


def figures_of(path: Path) -> Figures:
    """Read the figures of a job, which another process may be at.

    Raises:
        ConfigurationError: it is no journal, one of a later version, or damaged.
    """
    notes = notes_from(notes_of(path))
    seen = glance(path)
    reader = _Reader(Books(prices_of(notes)))
    for _, sent_at, entry in lookups_of(path, replies=False):
        reader.add(sent_at, entry)
    last = notes[-1] if notes else None
    moments = tuple(reader.timeline.moments())
    return Figures(
        job=path.stem,
        source=_last_part(seen.head.source),
        target=_last_part(seen.head.target),
        unlock=tuple(sorted({*map(Unlock, seen.head.unlock)} - {Unlock.PROFILE})),
        began=seen.head.began,
        ended=last.ended if last else None,
        over=seen.ended,
        stopped_by=last.stopped_by if last else "",
        sandbox=any(note.sandbox for note in notes),
        rows=last.rows if last else None,
        invalid=last.statuses.get("invalid", 0) if last else 0,
        people=max(reader.people, (last.lookups if last else 0) or 0),
        answered=reader.answered,
        found=reader.found,
        unlocked=reader.unlocked,
        books=reader.books.close(seen.totals, notes),
        moments=moments,
        waits=_shares(reader.waits, [name for _, name in WAITS]),
        repeats=_shares(reader.repeats, TIMES),
        waited_s=reader.waited_s,
        worked_s=moments[-1].worked_s if moments else 0.0,
        requests=max(reader.attempts, sum(note.requests for note in notes)),
        limited=sum(note.limited for note in notes),
        retries=max(reader.retries, sum(note.retries for note in notes)),
        runs=max(len(notes), 1),
    )


class _Reader:
    """Walks through the lookups of a job once."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.timeline = Timeline()
        self.waits: Counter[str] = Counter()
        self.repeats: Counter[str] = Counter()
        self.waited_s = 0.0
        self.attempts = self.retries = 0
        self.people = self.answered = self.found = self.unlocked = 0
        self._first: frozenset[Unlock] | None = None

    def add(self, sent_at: float | None, entry: Entry) -> None:
        """Take one more lookup into account."""
        self.books.add(entry)
        self._count(entry)
        self._time(entry)
        if sent_at is not None and entry.state is State.SETTLED:
            self.timeline.add(sent_at, entry.charged or Decimal(0))

    def _count(self, entry: Entry) -> None:
        """A later stage asks for the same people again, so only the first counts people."""
        asked = frozenset(entry.unlock) - {Unlock.PROFILE}
        self._first = asked if self._first is None else self._first
        if asked != self._first:
            return
        points: Sequence[str] = entry.receipt.get("unlocked", ())
        self.people += 1
        self.answered += entry.state in (State.SETTLED, State.FORGOTTEN)
        self.found += bool(points)
        self.unlocked += any(point != DataPoint.PROFILE for point in points)

    def _time(self, entry: Entry) -> None:
        attempts: int = entry.receipt.get("attempts", 0)
        if attempts:
            waited_s: float = entry.receipt.get("waited_s", 0.0)
            self.attempts += attempts
            self.retries += attempts - 1
            self.waited_s += waited_s
            self.waits[next(name for most, name in WAITS if waited_s < most)] += 1
            self.repeats[TIMES[min(attempts, len(TIMES)) - 1]] += 1


def _shares(counts: Counter[str], names: Sequence[str]) -> tuple[Share, ...]:
    return tuple(Share(name, counts[name]) for name in names)


def _last_part(name: str) -> str:
    """Give a file's name without the directories, which can name somebody."""
    return re.split(r"[\\/]", name.rstrip("\\/"))[-1] or "-"

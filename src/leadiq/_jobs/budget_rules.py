"""The rules of a budget that processes share. Pure.

It is a limit with one line for each job: what the job has spent, and what it has reserved. Only the
job itself writes its line, and always the whole of it, so nothing is counted twice, and telling it
again changes nothing. The line of a job that was killed stays as it is until the job goes on, and
replaces it, or somebody releases it: nothing that may have been spent is forgotten.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal
from enum import IntEnum
from typing import Final, NamedTuple, Protocol

from .._core.errors import ConfigurationError

UNITS: Final = 1_000_000
"""Stores count in millionths of a credit, rounded up, because they have no decimals."""
MOST: Final = 1_000_000_000 * UNITS
"""More than any limit. The sums of some such amounts are exact in a double, as Redis needs it."""
LONGEST_NAME: Final = 80


class Verdict(IntEnum):
    """What comes of asking. The numbers are those of the script in Redis."""

    GRANTED = 0
    WAIT = 1
    """It will fit if reservations that are out come back."""
    REFUSED = 2
    GONE = 3
    """The budget has no line of this job."""
    STOPPED = 4
    """Since the job entered, LeadIQ has refused a lookup because credits are used up."""


class Line(NamedTuple):
    """What a job, or several of them, have of a budget, in units."""

    spent: int = 0
    reserved: int = 0


class Terms(NamedTuple):
    """Which budget it is, and what its limit is to who asks."""

    name: str
    limit: int
    """In units."""
    day: str = ""
    """The date for which it is, in ISO form; empty if it is not for a day."""


class Ask(NamedTuple):
    """What a job says: the line that it has, and the one that it would like to have."""

    job: str
    line: Line
    wanted: Line
    stops: int
    """How many stops there were when the job entered."""


class Answer(NamedTuple):
    """What the budget says. The sums are those of all jobs, as they are now."""

    verdict: Verdict
    all: Line
    stops: int


class Shown(NamedTuple):
    """A budget as people see it."""

    name: str
    limit: int
    """As it was said last."""
    jobs: dict[str, tuple[Line, float]]
    """The line of each job, and the Unix time at which it was told."""

    @property
    def all(self) -> Line:
        """What they add up to."""
        lines = [line for line, _ in self.jobs.values()]
        return Line(sum(line.spent for line in lines), sum(line.reserved for line in lines))


class Unreachable(Exception):
    """The store did not do it, or its answer was lost. The text has no value of anybody's."""


class Book(Protocol):
    """Where shared budgets are kept. It blocks, and one thread at a time uses it.

    Each method raises `Unreachable`.
    """

    def enter(self, terms: Terms, job: str, spent: int) -> int:
        """Begin or replace the line of a job; return how many stops there were."""
        ...

    def ask(self, terms: Terms, ask: Ask) -> Answer:
        """Write the line that is wanted if it is granted, else the line that is."""
        ...

    def stop(self, name: str) -> None:
        """Count a stop."""
        ...

    def budgets(self) -> list[Shown]:
        """Show them all, by name."""
        ...

    def release(self, name: str, job: str) -> bool:
        """Free what a job has reserved; tell whether there is such."""
        ...

    def forget(self, name: str) -> bool:
        """Remove a budget; tell whether there was such."""
        ...

    def close(self) -> None:
        """Close connections and files."""
        ...


def decide(limit: int, others: Line, ask: Ask, stops: int) -> Verdict:
    """Tell what a job gets, when the other jobs have this. A script in Redis does the same."""
    line, wanted = ask.line, ask.wanted
    if line == wanted:
        return Verdict.GRANTED
    if stops > ask.stops:
        return Verdict.STOPPED
    if sum(others) + sum(wanted) <= limit:
        return Verdict.GRANTED
    hope = others.spent + wanted.spent + wanted.reserved - line.reserved <= limit
    return Verdict.WAIT if hope else Verdict.REFUSED


def units(amount: Decimal) -> int:
    """Give credits in units. What is beyond all limits is `MOST`."""
    bounded = min(amount, Decimal(MOST // UNITS))
    return int((bounded * UNITS).to_integral_value(ROUND_CEILING))


def credits_(units_: int) -> Decimal:
    """Give units in credits, without zeros behind the point."""
    whole, rest = divmod(units_, UNITS)
    return Decimal(whole) if not rest else (Decimal(units_) / UNITS).normalize()


def checked_name(name: str) -> str:
    """Give back the name of a budget.

    Raises:
        ConfigurationError: it has characters that cannot be in one, or too many or none.
    """
    if not (0 < len(name) <= LONGEST_NAME and name.strip() == name and name.isprintable()):
        text = f"a shared budget has a name of 1 to {LONGEST_NAME} printable characters"
        raise ConfigurationError(text, sent=False)
    return name


def day_of(now: float) -> str:
    """Give the UTC date of a Unix time, in ISO form."""
    return datetime.fromtimestamp(now, UTC).date().isoformat()


def beginning_of(day: str) -> float:
    """Give the Unix time at which a UTC date begins."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()

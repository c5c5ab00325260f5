"""Adding up the lookups of a job, to its books."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from .._core.pricing import DataPoint, Prices, Unlock
from .entries import State
from .notes import notes_from
from .readings import glance, lookups_of, notes_of
from .reconciliation import Line, Reconciliation, counted_in, gaps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .entries import Entry, Totals
    from .notes import Note

_NOTHING: Final = Decimal(0)


class Books:
    """Adds up the lookups of a job.

    Args:
        prices: the account's price list; for the lookups of earlier versions, which kept the sum.
    """

    def __init__(self, prices: Prices) -> None:
        self.reused = 0
        self._prices = prices
        self._asked: Counter[DataPoint] = Counter()
        self._found: Counter[DataPoint] = Counter()
        self._repeated: Counter[DataPoint] = Counter()
        self._credits: defaultdict[DataPoint, Decimal] = defaultdict(Decimal)
        self._saved: defaultdict[DataPoint, Decimal] = defaultdict(Decimal)

    def add(self, entry: Entry) -> None:
        """Count one lookup; what was not answered, or was forgotten, is passed over."""
        if entry.state is not State.SETTLED:
            return
        found = {DataPoint(point) for point in entry.receipt.get("unlocked", ())}
        repeated = {DataPoint(point) for point in entry.receipt.get("repeated", ())}
        self._asked.update({DataPoint.PROFILE, *(Unlock(u).data_point for u in entry.unlock)})
        self._found.update(found)
        self._repeated.update(repeated)
        self.reused += entry.receipt.get("source") == "ledger"
        for point, credits_ in _amounts(entry, found, self._prices).items():
            self._credits[point] += credits_
            self._saved[point] += credits_ * (point in repeated)

    def lines(self) -> tuple[Line, ...]:
        """Give a line for each data point that was asked for."""
        return tuple(self._line(point) for point in DataPoint if self._asked[point])

    def close(self, totals: Totals, notes: Sequence[Note]) -> Reconciliation:
        """Give the whole, with what the runs noted and the journal's own sums."""
        lines = self.lines()
        counted = counted_in(notes)
        saved = sum((line.saved for line in lines), _NOTHING)
        last = notes[-1] if notes else None
        known = sum((line.credits for line in lines), -saved)
        return Reconciliation(
            lines=lines,
            charged=totals.charged,
            forgotten=totals.charged - known,
            uncertain=totals.uncertain,
            reused=self.reused,
            before=notes[0].used_before if notes else None,
            after=last.used_after if last else None,
            counted=counted,
            gaps=gaps(counted, totals.charged, totals.uncertain, saved, len(notes)),
            forecast=last.forecast if last else None,
            limit=last.limit if last else None,
        )

    def _line(self, point: DataPoint) -> Line:
        return Line(
            point,
            asked=self._asked[point],
            found=self._found[point],
            price=getattr(self._prices, point),
            credits=self._credits[point],
            repeated=self._repeated[point],
            saved=self._saved[point],
        )


def reconciliation_of(path: Path) -> Reconciliation:
    """Give the books of a job, which another process may be at.

    Raises:
        ConfigurationError: it is no journal, one of a later version, or damaged.
    """
    notes = notes_from(notes_of(path))
    books = Books(prices_of(notes))
    for _, _, entry in lookups_of(path, replies=False):
        books.add(entry)
    return books.close(glance(path).totals, notes)


def prices_of(notes: Sequence[Note]) -> Prices:
    """Give the price list of the last run; the published one if none is noted."""
    return notes[-1].prices if notes else Prices()


def _amounts(entry: Entry, found: set[DataPoint], prices: Prices) -> Mapping[DataPoint, Decimal]:
    """Give the credits of each data point of an answer.

    A receipt of an earlier version has their sum alone; the price list says what each must have
    been, and what came last has the rest, as nobody kept how many companies there were.
    """
    if (kept := entry.receipt.get("amounts")) is not None:
        return {DataPoint(point): Decimal(credits_) for point, credits_ in kept.items()}
    if not found:
        return {}
    larger = [point for point in DataPoint if point in found - {DataPoint.PROFILE}]
    *others, last = larger or [DataPoint.PROFILE]
    parts: dict[DataPoint, Decimal] = {point: getattr(prices, point) for point in others}
    return {**parts, last: (entry.charged or _NOTHING) - sum(parts.values(), _NOTHING)}

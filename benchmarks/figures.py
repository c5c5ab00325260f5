"""What a benchmark comes to: figures with their goals, tables and bars beside them. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

NO_GOAL: Final = "–"


@dataclass(frozen=True)
class Goal:
    """What a figure is, and has to be; one without a bound is only told.

    Args:
        what: what is measured, and against whom.
        part: the part of the run that measures it.
        unit: of the figure: "x" is a ratio, of which more is better.
        least: what it has to be at least.
        most: what it may be at most.
    """

    what: str
    part: str
    unit: str
    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def __str__(self) -> str:
        if self.least is not None:
            return f"at least {number(self.least)} {self.unit}"
        return NO_GOAL if self.most is None else f"at most {number(self.most)} {self.unit}"


@dataclass(frozen=True)
class Figure:
    """What was measured for a goal, once in each round; or the kind of error that prevented it."""

    goal: Goal
    values: tuple[float, ...] = ()
    failed: str = ""
    remark: str = ""
    """What has to be known to read it right."""

    @property
    def median(self) -> float:
        return statistics.median(self.values) if self.values else math.nan

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the greatest."""
        return (min(self.values), max(self.values)) if self.values else (math.nan, math.nan)

    @property
    def reached(self) -> bool:
        return not self.failed and bool(self.values) and self.goal.holds(self.median)


@dataclass(frozen=True)
class Sheet:
    """A table beside the figures, in words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        return markdown(self.columns, self.rows)


@dataclass(frozen=True)
class Bars:
    """What the chart shows: one bar for each name, with its least and its greatest."""

    title: str
    lengths: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    """Median, least, greatest."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Written behind a bar; for those that failed, in place of it."""


Result = Figure | Sheet | Bars


def number(value: float) -> str:
    """Write a number with three digits or a little more, and commas."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) < 1:
        return f"{value:.3g}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def of(values: Sequence[float]) -> tuple[float, float, float]:
    """Give median, least and greatest."""
    return statistics.median(values), min(values), max(values)


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def exponent(costs: Mapping[int, float]) -> float:
    """Tell how a cost grows with a count: by least squares, as a power of it.

    0.0: not at all; 1.0: it doubles when the count does.
    """
    points = [(math.log2(count), math.log2(cost)) for count, cost in costs.items()]
    middle = statistics.fmean(x for x, _ in points), statistics.fmean(y for _, y in points)
    over = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return over / sum((x - middle[0]) ** 2 for x, _ in points)

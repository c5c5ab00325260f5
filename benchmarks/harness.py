"""Interleaved rounds: rivals run in turns, and ratios are taken within a round.

The machine may be busy. What slows one rival down then slows the others of its round down too, so
the median of the rounds' ratios says more than any number of seconds.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Measure = Callable[[], float]
"""Runs something once and gives its cost; less is better."""


@dataclass(frozen=True)
class Comparison:
    """How one contender did against its rival."""

    name: str
    unit: str
    contender: str
    rival: str
    costs: Mapping[str, float]
    """Median cost of each."""
    ratio: float
    """Median over the rounds of rival's cost / contender's cost; more is better."""
    spread: tuple[float, float]
    """The least and the greatest ratio of a round."""
    goal: float | None = None

    @property
    def reached(self) -> bool:
        return self.goal is None or self.ratio >= self.goal

    def row(self) -> str:
        """The comparison as a row of a Markdown table, in bold where the goal is missed."""
        ratio = f"{self.ratio:.2f} ({self.spread[0]:.2f} to {self.spread[1]:.2f})"
        goal = "" if self.goal is None else f"{self.goal:g}"
        costs = [f"{self.costs[side]:.3g} {self.unit}" for side in (self.contender, self.rival)]
        cells = [self.name, f"{self.contender}: {costs[0]}", f"{self.rival}: {costs[1]}"]
        return f"| {' | '.join(cells)} | {ratio if self.reached else f'**{ratio}**'} | {goal} |"


HEAD = "| what | contender | rival | ratio (least to greatest) | goal |\n|---|---|---|---|---|"


def compare(
    name: str,
    unit: str,
    contender: tuple[str, Measure],
    rival: tuple[str, Measure],
    *,
    rounds: int,
    goal: float | None = None,
) -> Comparison:
    """Measure two rivals in interleaved rounds, in changing order, after one round to warm up."""
    sides = dict([contender, rival])
    costs: dict[str, list[float]] = {side: [] for side in sides}
    order = list(sides)
    source = random.Random(0)
    for side in order:
        sides[side]()
    for _ in range(rounds):
        source.shuffle(order)
        for side in order:
            costs[side].append(sides[side]())
    ratios = [b / a for a, b in zip(costs[contender[0]], costs[rival[0]], strict=True)]
    medians = {side: statistics.median(found) for side, found in costs.items()}
    ratio, spread = statistics.median(ratios), (min(ratios), max(ratios))
    return Comparison(name, unit, contender[0], rival[0], medians, ratio, spread, goal)

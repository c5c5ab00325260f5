"""Interleaved rounds: rivals run in turns, and ratios are taken within a round.

The machine may be busy. What slows one rival down then slows the others of its round down too, so
the median of the rounds' ratios says more than any number of seconds.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .figures import Figure, number, of
from .goals import figure

Measure = Callable[[], float]
"""Runs something once and gives its cost; less is better."""


@dataclass(frozen=True)
class Effort:
    """How long to measure.

    Args:
        rounds: how often everybody has a turn.
        turn_s: seconds that a turn lasts, where it has no end of its own.
        quick: whether to take shortcuts that the figures then tell of.
    """

    rounds: int = 5
    turn_s: float = 0.4
    quick: bool = False


FULL = Effort()
QUICK = Effort(rounds=1, turn_s=0.25, quick=True)


@dataclass(frozen=True)
class Costs:
    """What each side cost in each round, and the kinds of error of those that failed."""

    of: Mapping[str, tuple[float, ...]]
    failed: Mapping[str, str]

    def told(self, side: str, unit: str) -> str:
        """Say what one side cost: the median, least and greatest; or how it failed."""
        if side in self.failed:
            return f"failed: {self.failed[side]}"
        median, least, greatest = map(number, of(self.of[side]))
        return f"{median} {unit} ({least} to {greatest})"

    def figure(self, key: str, side: str, remark: str = "") -> Figure:
        """Give one side's cost."""
        return figure(key, self.of.get(side, ()), failed=self.failed.get(side, ""), remark=remark)

    def ratio(self, key: str, side: str, rival: str, remark: str = "") -> Figure:
        """Give how many times a rival's cost is one side's, within each round."""
        pairs, failed = self._pairs(side, rival)
        return figure(key, [b / a for a, b in pairs], failed=failed, remark=remark)

    def difference(self, key: str, side: str, base: str) -> Figure:
        """Give what one side costs more than another, within each round."""
        pairs, failed = self._pairs(side, base)
        return figure(key, [a - b for a, b in pairs], failed=failed)

    def _pairs(self, side: str, other: str) -> tuple[list[tuple[float, float]], str]:
        failed = [f"{who}: {self.failed[who]}" for who in (side, other) if who in self.failed]
        both = self.of.get(side, ()), self.of.get(other, ())
        return ([], failed[0]) if failed else (list(zip(*both, strict=True)), "")


def in_rounds(sides: Mapping[str, Measure], rounds: int) -> Costs:
    """Measure everybody in interleaved rounds, in changing order, after one round to warm up.

    Whoever fails is left out from then on, with what it cost before.
    """
    costs: dict[str, list[float]] = {side: [] for side in sides}
    failed: dict[str, str] = {}
    source = random.Random(0)
    order = list(sides)
    for turn in range(rounds + 1):
        source.shuffle(order)
        for side in order:
            if side in failed:
                continue
            gc.collect()
            gc.freeze()  # what others hold is no burden to who is measured
            try:
                cost = sides[side]()
            except Exception as error:
                failed[side] = type(error).__name__
            else:
                costs[side] += [cost] if turn else []
    kept = {side: tuple(found) for side, found in costs.items() if side not in failed}
    return Costs(kept, failed)

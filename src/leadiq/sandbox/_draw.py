"""Everything random in a world: keyed hashes and reversible shuffles, no state.

Only blake2b and integer arithmetic, so a seed gives the same world on every Python and machine.
"""

from __future__ import annotations

from hashlib import blake2b
from math import gcd
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def _digest(seed: int, kind: str, index: int) -> int:
    data = f"{seed}:{kind}:{index}".encode()
    return int.from_bytes(blake2b(data).digest(), "big")


class Draw:
    """A run of draws for one (seed, kind, index): 512 bits, spent by mixed radix."""

    __slots__ = ("_bits",)

    def __init__(self, seed: int, kind: str, index: int) -> None:
        self._bits = _digest(seed, kind, index)

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1."""
        self._bits, drawn = divmod(self._bits, bound)
        return drawn

    def between(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, permille: int) -> bool:
        """Return True in `permille` of 1000 cases."""
        return self.below(1000) < permille

    def pick(self, table: Sequence[T]) -> T:
        """Return one entry of `table`."""
        return table[self.below(len(table))]

    def weighted(self, table: Sequence[tuple[T, int]]) -> T:
        """Return one entry of (entry, permille) rows, whose permilles add up to 1000."""
        drawn = self.below(1000)
        for entry, permille in table[:-1]:
            drawn -= permille
            if drawn < 0:
                return entry
        return table[-1][0]


class Shuffle:
    """A reversible shuffle of the numbers below `size`: x -> a x + b (mod size), a coprime."""

    __slots__ = ("_add", "_inverse", "_multiply", "size")

    def __init__(self, seed: int, kind: str, size: int) -> None:
        draw = Draw(seed, kind, size)
        self.size = size
        self._multiply = coprime(draw.below(size), size)
        self._add = draw.below(size)
        self._inverse = pow(self._multiply, -1, size) if size > 1 else 0

    def forth(self, number: int) -> int:
        """Return the place of `number`."""
        return (self._multiply * number + self._add) % self.size

    def back(self, place: int) -> int:
        """Return the number at `place`."""
        return ((place - self._add) * self._inverse) % self.size


def coprime(start: int, size: int) -> int:
    """Return the first number from `start` on (at least 1) without a common factor with `size`."""
    number = max(1, start)
    while gcd(number, size) != 1:
        number += 1
    return number


class Cipher:
    """A reversible scramble of numbers of 2 x `half` bits: a four-round Feistel network.

    It makes identifiers that look like LeadIQ's and give back the index they were made from.
    """

    __slots__ = ("_half", "_kinds", "_mask", "_seed")

    def __init__(self, seed: int, kind: str, half: int) -> None:
        self._seed = seed
        self._half = half
        self._mask = (1 << half) - 1
        self._kinds = tuple(f"{kind}/{turn}" for turn in range(4))

    def _mix(self, kind: str, number: int) -> int:
        return _digest(self._seed, kind, number) & self._mask

    def forth(self, number: int) -> int:
        """Return the scrambled form of `number`."""
        left, right = number >> self._half, number & self._mask
        for kind in self._kinds:
            left, right = right, left ^ self._mix(kind, right)
        return left << self._half | right

    def back(self, scrambled: int) -> int:
        """Return the number whose scrambled form this is."""
        left, right = scrambled >> self._half, scrambled & self._mask
        for kind in reversed(self._kinds):
            left, right = right ^ self._mix(kind, left), left
        return left << self._half | right

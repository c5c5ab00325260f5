"""Who works where, by arithmetic: blocks of people per company, and moves between companies.

A hundred people and five companies make a group. A group's people are dealt to its companies by one
of a few partitions, so companies are of different sizes but a company's people are still a
contiguous block that costs one hash to find. Earlier and second jobs are moves of a fixed distance
for each seat of a group, so that "who has worked there" is answered by undoing 300 moves.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from leadiq.sandbox._draw import Draw

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = 100
FIRMS = 5
# How many people each of a group's five companies has; each row adds up to a hundred.
_PARTITIONS = (
    (4, 8, 18, 30, 40),
    (10, 15, 20, 25, 30),
    (20, 20, 20, 20, 20),
    (55, 20, 12, 8, 5),
    (33, 9, 25, 15, 18),
    (17, 27, 7, 37, 12),
)
MOVES = 3
"""How many moves each seat has: to the latest earlier job, the one before, and a second job."""


class Layout:
    """The arithmetic of a world of `people` people."""

    def __init__(self, seed: int, people: int) -> None:
        self.people = people
        self.groups = -(-people // GROUP)
        self._seed = seed
        self._starts = lru_cache(maxsize=4096)(self._deal)
        self._moves = [_moves(seed, seat) for seat in range(GROUP)]
        last = self._starts(self.groups - 1)
        left = people - (self.groups - 1) * GROUP
        self.companies = (self.groups - 1) * FIRMS + sum(start < left for start in last)

    def _deal(self, group: int) -> tuple[int, ...]:
        partition = Draw(self._seed, "deal", group).pick(_PARTITIONS)
        return (0, *accumulate(partition[:-1]))

    def company_of(self, person: int) -> int:
        """Return the company in whose block a person is."""
        return self.seat_of(person)[0]

    def seat_of(self, person: int) -> tuple[int, int]:
        """Return a person's company and place within its block."""
        group, seat = divmod(person, GROUP)
        starts = self._starts(group)
        firm = bisect_right(starts, seat) - 1
        return group * FIRMS + firm, seat - starts[firm]

    def people_of(self, company: int) -> range:
        """Return the block of a company's people."""
        group, firm = divmod(company, FIRMS)
        starts = (*self._starts(group), GROUP)
        base = group * GROUP
        return range(base + starts[firm], min(base + starts[firm + 1], self.people))

    def moved_from(self, person: int, move: int) -> int | None:
        """Return the company that a move of a person leads to, or None where there is none."""
        group, seat = divmod(person, GROUP)
        distance, firm = self._moves[seat][move]
        company = (group + distance) % self.groups * FIRMS + firm
        return company if company < self.companies else None

    def moved_to(self, company: int, move: int) -> Iterator[int]:
        """Yield every person whose `move` leads to a company, in no order; the rest is theirs."""
        group, firm = divmod(company, FIRMS)
        for seat, moves in enumerate(self._moves):
            distance, goal = moves[move]
            person = (group - distance) % self.groups * GROUP + seat
            if goal == firm and person < self.people:
                yield person


def _moves(seed: int, seat: int) -> tuple[tuple[int, int], ...]:
    draw = Draw(seed, "moves", seat)
    return tuple((draw.below(2**40), draw.below(FIRMS)) for _ in range(MOVES))

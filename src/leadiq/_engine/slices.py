"""Goes through a search that is larger than offsets can reach, slice by slice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from .._core.errors import TooManyResultsError
from .._core.pricing import PriceRange
from .dialects import CEILING
from .partition import Gap, Split, pages_needed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from ..types import FlatSearchInput, Person
    from .pages import Pages
    from .partition import Axis


class Estimate(NamedTuple):
    """What a partition is about to cost."""

    total: int | None
    """How many people there are, as LeadIQ says."""
    pages: tuple[int, int]
    """How many pages are read, at least and at most, that of the total included."""
    credits: PriceRange
    """What they cost, in universal credits at published prices."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One search of a partition that is paged through. `pages` gives its people, once."""

    where: tuple[str, ...]
    query: FlatSearchInput
    """Its own search: a token of `pages` resumes with this input."""
    total: int | None
    pages: Pages[Person]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the whole a partition has given so far."""

    total: int | None
    """How many people there are, as LeadIQ said first."""
    given: int
    """How many people were given; those that `slices` are asked for are not counted."""
    doubles: int
    """How many came again in another slice, or on a page that had moved, and were left out."""
    searches: int
    """How many searches were asked for their total; a page each."""
    gaps: tuple[Gap, ...]
    """Who is not reached, as far as it is known."""
    finished: bool

    @property
    def complete(self) -> bool:
        """Whether everybody was given, by LeadIQ's totals."""
        return self.finished and not self.gaps and self.given >= (self.total or 0)


class _Node(NamedTuple):
    where: tuple[str, ...]
    query: FlatSearchInput
    axes: Sequence[Axis]
    """Those that may still split it."""
    parent: Split | None


class Partition:
    """The people of a search, whatever their number; made by `LeadIQ.partition`.

        people = leadiq.partition(wanted)
        async for person in people:
            ...
        people.coverage.gaps  # who is not reached, and why

    A search is split only if the server gives no more than the first 10,000 of it. It runs once; a
    `break` is a pause. Doubles are left out by id, for which some 200 bytes a person are kept.

    Args:
        query: the search.
        axes: what to split it by, in this order.
        open_: makes the pages of a search.
        bounded: whether the server is known to end at 10,000.
        page: what a page costs.
        reach: how many results of a search can be read by offset.
    """

    def __init__(
        self,
        query: FlatSearchInput,
        axes: Sequence[Axis],
        open_: Callable[[FlatSearchInput], Pages[Person]],
        bounded: Callable[[], bool],
        page: PriceRange,
        reach: int = CEILING,
    ) -> None:
        self._root = _Node((), query, axes, None)
        self._open = open_
        self._bounded = bounded
        self._page = page
        self._reach = reach
        self._stack = [self._root]
        self._under_way: Pages[Person] | None = None  # of the node on top, which was measured
        self._splits: list[Split] = []
        self._cut: list[Gap] = []
        self._seen: set[str] = set()
        self._slice: Slice | None = None
        self._total: int | None = None
        self._doubles = self._searches = 0

    @property
    def coverage(self) -> Coverage:
        """How much of the whole was given so far, and who is not reached."""
        gaps = (*filter(None, (split.gap() for split in self._splits)), *self._cut)
        finished = not self._stack and self._slice is None
        return Coverage(self._total, len(self._seen), self._doubles, self._searches, gaps, finished)

    async def estimate(self) -> Estimate:
        """Read the first page, which costs one, and tell what all of them will cost.

        The page is not read again. Behind the first page nothing is read for it.
        """
        if not self._searches:
            await self._measured()
        total = self._total
        widths = [len(axis.narrow(self._root.query)) for axis in self._root.axes]
        least, most = pages_needed(total or 0, widths, bounded=self._bounded())
        cost = PriceRange(least * self._page.minimum, most * self._page.maximum)
        return Estimate(total, (least, most), cost)

    def slices(self) -> AsyncIterator[Slice]:
        """Give an iterator over the slices, each with its own pages, tokens and doubles."""
        return _Slices(self)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Person:
        """Give the next person; raises as `Pages` does, and can be called again after an error."""
        while True:
            self._slice = self._slice or await self.next_slice()
            if self._slice is None:
                raise StopAsyncIteration
            person = await self._next_of(self._slice)
            if person is None:
                self._slice = None
            elif person.id in self._seen:
                self._doubles += 1
            else:
                self._seen.add(person.id)
                return person

    async def _next_of(self, part: Slice) -> Person | None:
        try:
            return await anext(part.pages, None)
        except TooManyResultsError:
            left = None if part.total is None else part.total - self._reach
            reason = "no axis is left to split it, and LeadIQ gives the first 10,000 only"
            self._cut.append(Gap(part.where, left, reason))
            return None

    async def next_slice(self) -> Slice | None:
        """Give the next slice that needs no splitting; None at the end."""
        while self._stack:
            pages = await self._measured()
            node = self._stack.pop()
            self._under_way = None
            if not self._split(node, pages.total):
                return Slice(node.where, node.query, pages.total, pages)
        return None

    async def _measured(self) -> Pages[Person]:
        """Give the pages of the search on top, the first one read; an error leaves it there."""
        if self._under_way is None:
            node = self._stack[-1]
            pages = self._open(node.query)
            total = await pages.measure()
            self._under_way = pages
            self._searches += 1
            if node.parent:
                node.parent.pending -= 1
                node.parent.covered += total or 0
            else:
                self._total = total
        return self._under_way

    def _split(self, node: _Node, total: int | None) -> bool:
        """Put the slices of a search that is too large on the stack; False if it stays whole."""
        if total is None or total <= self._reach or not self._bounded():
            return False
        for number, axis in enumerate(node.axes, 1):
            parts = axis.narrow(node.query)
            if len(parts) > 1:
                split = Split(node.where, axis.name, total, len(parts))
                self._splits.append(split)
                rest = node.axes[number:]
                self._stack += [
                    _Node((*node.where, part.label), part.query, rest, split)
                    for part in reversed(parts)
                ]
                return True
        return False


class _Slices:
    def __init__(self, partition: Partition) -> None:
        self._partition = partition

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Slice:
        found = await self._partition.next_slice()
        if found is None:
            raise StopAsyncIteration
        return found

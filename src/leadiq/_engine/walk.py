"""The one loop over pages, without requests: what is asked next, and what counts of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from .._core.errors import LeadIQError, TooManyResultsError
from .defaults import MOST_ON_PAGE
from .dialects import CEILING, Dialect, Following, Place, Seen, stuck

if TYPE_CHECKING:
    from .dialects import Cursor

Item = TypeVar("Item")


class Position(NamedTuple):
    """Between two items of a listing."""

    place: Place = Place()
    passed: int = 0
    """How many items of the page at `place` were passed."""
    done: bool = False
    """True behind the last item of all."""


class Ask(NamedTuple):
    """A page to ask for."""

    place: Place
    size: int
    total: bool
    """Whether to ask for the total, too."""


@dataclass(frozen=True, slots=True, repr=False)
class Found(Generic[Item]):
    """What a page holds. `total`, `more` and `cursor` as in `Seen`."""

    dialect: Dialect
    items: list[Item]
    total: int | None = None
    more: bool | None = None
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Leaf(Generic[Item]):
    """A page in the hand of who reads it: the items that count, and where each of them stands."""

    items: list[Item]
    place: Place
    first: int
    """Which item of the page `items` begins with."""
    by_offset: bool
    following: Following
    cut: bool
    """Whether items were left off its end, because no more were wanted."""

    def position(self, taken: int) -> Position:
        """Give where the reader is after so many of the items."""
        if taken == len(self.items) and not self.cut:
            if self.following is None:
                return Position(done=True)
            if isinstance(self.following, Place):
                return Position(self.following)
        passed = self.first + taken
        if self.by_offset:  # it can name any item, so that none is paid for again
            return Position(Place(self.place.skip + passed))
        return Position(self.place, passed)


class Walk(Generic[Item]):
    """Goes through a listing: ask, be told, ask again.

    Args:
        start: where to begin.
        page_size: items to a page, 1 to 25.
        max_items: how many items are wanted at most; None for all.
        total: whether the first page is asked for the total.
    """

    def __init__(
        self,
        start: Position = Position(),  # noqa: B008 - an immutable tuple
        *,
        page_size: int = MOST_ON_PAGE,
        max_items: int | None = None,
        total: bool = False,
    ) -> None:
        self.total: int | None = None
        self._next: Following = None if start.done else start.place
        self._passed = start.passed
        self._page_size = page_size
        self._left = max_items
        self._ask_total = total
        # Brent's way of finding a circle: an old cursor to compare with, which is replaced by the
        # newest one after 1, 2, 4, 8, ... pages. It needs no memory of all of them.
        self._old: Cursor | None = start.place.cursor
        self._steps = 0
        self._patience: int = 1

    def ask(self) -> Ask | None:
        """Give the next page to ask for; None at the end.

        Raises:
            TooManyResultsError: the rest lies where offsets cannot reach.
            StuckCursorError: the server's pages would never end.
        """
        if self._next is None or self._left == 0:
            return None
        if isinstance(self._next, LeadIQError):
            raise self._next
        reach = CEILING - self._next.skip
        if reach <= 0:
            raise _too_many()
        wanted = self._page_size if self._left is None else min(self._page_size, self._left)
        size = min(self._passed + wanted, MOST_ON_PAGE, reach)
        return Ask(self._next, size, self._ask_total)

    def take(self, ask: Ask, found: Found[Item]) -> Leaf[Item]:
        """Be told what was found for an `Ask`, and give what counts of it."""
        self._ask_total = False
        if found.total is not None:
            self.total = found.total
        self._next = self._follow(ask, found)
        first = min(self._passed, len(found.items))
        items = found.items[first:] if first else found.items
        self._passed = 0
        cut = self._left is not None and len(items) > self._left
        if self._left is not None:
            items = items[: self._left]
            self._left -= len(items)
        by_offset = found.dialect.by_offset
        return Leaf(items, ask.place, first, by_offset, self._next, cut)

    def _follow(self, ask: Ask, found: Found[Item]) -> Following:
        seen = Seen(len(found.items), ask.size, self.total, found.more, found.cursor)
        following = found.dialect.follow(ask.place, seen)
        if not isinstance(following, Place) or following.cursor is None:
            return following
        if following.cursor in (ask.place.cursor, self._old):
            return stuck("gives the cursor of a page that was read")
        self._steps += 1
        if self._steps == self._patience:
            self._old, self._steps = following.cursor, 0
            self._patience *= 2
        return following


def _too_many() -> TooManyResultsError:
    text = (
        f"LeadIQ gives the first {CEILING:,} results of a search by offset and no more: narrow the"
        " filter, or split it with `LeadIQ.partition`"
    )
    return TooManyResultsError(text, sent=False)

"""The advanced searches: filter, sort, cut a page, and a cursor that goes on from it.

Records are looked at in the order of their index, about 15,000 people or 30,000 companies a second,
and only as far as a page needs: without sorting a page costs what it looks at, whatever the size of
the world, and without filters its length. Sorting looks at everything once; its order is kept for
the latest searches, four bytes a record. Nothing that a cursor needs is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._hunts import Hunts
from leadiq.sandbox._kept import Kept

if TYPE_CHECKING:
    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._hunts import Hunt
    from leadiq.sandbox._world import World

Input = Mapping[str, Any]
Cursor = list[dict[str, str]]

MOST_ON_PAGE = 25
CEILING = 10_000
_KEPT_SEARCHES = 32


@dataclass(frozen=True, slots=True)
class Page:
    """A page of indexes of a search, in order, and where to go on."""

    indexes: tuple[int, ...]
    after: Cursor | None
    count: Callable[[], int] = field(compare=False)

    @property
    def total(self) -> int:
        """Return the size of the whole: slow, and an estimate beyond the scan limit [guide]."""
        return self.count()


class Search:
    """Runs the advanced searches of a world. Thread-safe."""

    def __init__(
        self, world: World, calendar: Calendar, *, scan_limit: int, empty_page_ends: bool
    ) -> None:
        self.hunts = Hunts(world, calendar)
        self._scan_limit = scan_limit
        self._empty_page_ends = empty_page_ends
        self._orders: Kept[array[int]] = Kept(_KEPT_SEARCHES)
        self._starts: Kept[_Start] = Kept(_KEPT_SEARCHES)
        self._totals: Kept[int] = Kept(_KEPT_SEARCHES)

    def flat(self, query: Input) -> Page:
        """Return a page of people for a `FlatSearchInput`.

        Raises:
            InputRefused: a page number out of range, a cursor of another search, or more to look
                at than the scan limit.
        """
        return self._page(query, self.hunts.people(query))

    def grouped(self, query: Input) -> Page:
        """Return a page of companies for a `GroupedSearchInput`; raises as `flat` does."""
        limit_of(query, "limitPerCompany")
        return self._page(query, self.hunts.companies(query))

    def _page(self, query: Input, hunt: Hunt) -> Page:
        limit, skip = limit_of(query, "limit"), _skip_of(query)
        after = query.get("after")
        if after is None and skip + limit > CEILING:
            raise InputRefused(f"skip + limit must not exceed {CEILING}; use `after` to go on.")
        if after is not None and query.get("skip"):
            raise InputRefused("Give `after` or `skip`, not both.")
        # One more than the page tells whether there is more.
        found: Sequence[int]
        arrange = hunt.order
        if arrange is not None:
            order = self._orders.get(hunt.name, lambda: self._sorted(hunt, arrange))
            start = skip if after is None else _place_after(after, hunt.name, order)
            found = order[start : start + limit + 1]
        elif after is not None:
            start, found = 0, self._found_after(after, hunt, limit + 1)
        else:
            start, found = 0, self._first(hunt, skip + limit + 1)[skip:]
        shown = tuple(found[:limit])
        more = bool(shown) if self._empty_page_ends else len(found) > limit
        cursor = _cursor(hunt, shown[-1], start + len(shown) - 1) if shown and more else None
        return Page(shown, cursor, lambda: self._total(hunt))

    def _sorted(self, hunt: Hunt, arrange: Callable[[Sequence[int]], list[int]]) -> array[int]:
        return array("I", arrange(array("I", self._fitting(hunt, 0))))

    def _found_after(self, after: Cursor, hunt: Hunt, count: int) -> list[int]:
        last, _ = _read_cursor(after, hunt.name)
        if last >= hunt.size or next(hunt.scan(last)) != (last, True):
            raise InputRefused("This cursor does not belong to this search.")
        return list(islice(self._fitting(hunt, last + 1), count))

    def _first(self, hunt: Hunt, count: int) -> Sequence[int]:
        if hunt.everything:
            return range(min(hunt.size, count))
        start = self._starts.get(hunt.name, lambda: _Start(self._fitting(hunt, 0)))
        return start.upto(count)

    def _fitting(self, hunt: Hunt, start: int) -> Iterator[int]:
        """Yield what fits from `start` on, within the scan limit."""
        free = hunt.everything and hunt.order is None
        for looked, (place, fits) in enumerate(hunt.scan(start)):
            if looked >= self._scan_limit and not free:
                raise _TooFar(self._scan_limit)
            if fits:
                yield place

    def _total(self, hunt: Hunt) -> int:
        if hunt.everything:
            return hunt.size
        return self._totals.get(hunt.name, lambda: self._count(hunt))

    def _count(self, hunt: Hunt) -> int:
        found = seen = 0
        for place, fits in islice(hunt.scan(0), self._scan_limit):
            seen = place + 1
            found += fits
        return found * hunt.size // seen


class _Start:
    """The first records of a search that is paged by `skip`, found once. Thread-safe."""

    def __init__(self, rest: Iterator[int]) -> None:
        self._rest = rest
        self._found: array[int] = array("I")
        self._too_far: _TooFar | None = None
        self._lock = Lock()

    def upto(self, count: int) -> array[int]:
        """Return the first `count` records, or all there are.

        Raises:
            _TooFar: the scan limit comes before them, now and at every later call.
        """
        with self._lock:
            try:
                self._found.extend(islice(self._rest, max(0, count - len(self._found))))
            except _TooFar as error:
                self._too_far = error
            if self._too_far is not None and len(self._found) < count:
                raise _TooFar(self._too_far.limit)
            return self._found[:count]


class _TooFar(InputRefused):
    """A search that would look at more records than the sandbox is set to."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"This search looks at more than {limit} records, the most for this sandbox "
            "(setting scan_limit). Narrow the company filter."
        )
        self.limit = limit


def limit_of(query: Input, name: str) -> int:
    """Return a page size: 25 unless given, 1 to 25 [samples].

    Raises:
        InputRefused: it is out of range.
    """
    limit = query.get(name)
    limit = MOST_ON_PAGE if limit is None else limit
    if not 1 <= limit <= MOST_ON_PAGE:
        raise InputRefused(f"{name} must be from 1 to {MOST_ON_PAGE}.")
    return int(limit)


def _skip_of(query: Input) -> int:
    skip = query.get("skip") or 0
    if skip < 0:
        raise InputRefused("skip must be 0 or more.")
    return int(skip)


def _cursor(hunt: Hunt, last: int, place: int) -> Cursor:
    """Return a cursor: the search, the last record seen and, in a sorted search, its place."""
    entries = [("search", hunt.name), ("last", f"{last:x}")]
    entries += [("place", f"{place:x}")] if hunt.order is not None else []
    return [{"key": key, "value": value} for key, value in entries]


def _read_cursor(after: Cursor, name: str) -> tuple[int, int]:
    """Return the last record that a cursor has seen and its place, 0 where none is told."""
    entries = {entry["key"]: entry["value"] for entry in after}
    try:
        last, place = int(entries["last"], 16), int(entries.get("place", "0"), 16)
    except (KeyError, ValueError):
        raise InputRefused("This is no cursor of this sandbox.") from None
    if entries.get("search") != name or last < 0 or place < 0:
        raise InputRefused("This cursor does not belong to this search.")
    return last, place


def _place_after(after: Cursor, name: str, order: array[int]) -> int:
    last, place = _read_cursor(after, name)
    if place >= len(order) or order[place] != last:
        raise InputRefused("This cursor does not belong to this search.")
    return place + 1

"""How each paged field says where its next page begins: one small rule for each dialect. Pure.

| dialect | asks with | the end | fields |
|---|---|---|---|
| `HAS_MORE` | `skip`, `limit` | `hasMore: false` | searchPeople |
| `TOTAL` | `skip`, `limit` | a short or empty page, or the total | advanced searches |
| `AFTER` | `after`, `limit` | an empty page, or `after: null` [guide] | advanced searches |
| `PAGE_INFO` | `first`, `after`; `limit`, `cursor` | `hasNextPage: false` | what is tracked |
| `NEXT_CURSOR` | `limit`, `cursor` | `nextCursor: null` | lists, prospects |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from .._core.errors import LeadIQError, StuckCursorError

if TYPE_CHECKING:
    from collections.abc import Callable

#: `skip + limit` beyond this is refused [guide].
CEILING: Final = 10_000
#: Totals are approximate "on large results" [guide], without a number. One up to this is believed,
#: which saves the page behind a last page that is full.
EXACT_TOTAL: Final = 1_000

Cursor: TypeAlias = str | tuple[tuple[str, str], ...]
"""Opaque: it is sent back as it came."""


class Place(NamedTuple):
    """Where a page begins: behind so many results, or at a cursor. Without either: at the first."""

    skip: int = 0
    cursor: Cursor | None = None


class Seen(NamedTuple):
    """What a page showed that decides about the next one."""

    got: int
    """How many items it holds."""
    asked: int
    """How many it was asked for."""
    total: int | None = None
    """How many there are in all, if this page or an earlier one said so."""
    more: bool | None = None
    """What the server says of more pages, where it does."""
    cursor: Cursor | None = None


Following: TypeAlias = Place | LeadIQError | None
"""Where the next page begins; None at the end; or why none can be asked for."""


class Dialect(NamedTuple):
    """One way of paging."""

    by_offset: bool
    """Whether a place in the middle of a page is a place too."""
    follow: Callable[[Place, Seen], Following]


def stuck(what: str) -> LeadIQError:
    """Give the error for a listing that would go on for ever."""
    text = f"LeadIQ says that there is more, and {what}: paging would never end"
    return StuckCursorError(text + "; what was given so far is complete up to here")


def _has_more(place: Place, seen: Seen) -> Following:
    if not seen.more:
        return None
    # By what came, not by what was asked for: a server that gives less loses nobody.
    return Place(place.skip + seen.got) if seen.got else stuck("gives an empty page")


def _total(place: Place, seen: Seen) -> Following:
    if not seen.got:
        return None
    reached = place.skip + seen.got
    short = seen.got < seen.asked
    if seen.total is None:
        return None if short else Place(reached)
    believed = short or seen.total <= EXACT_TOTAL or reached >= CEILING
    return None if believed and reached >= seen.total else Place(reached)


def _after(_place: Place, seen: Seen) -> Following:
    return Place(cursor=seen.cursor) if seen.got and seen.cursor else None


def _page_info(_place: Place, seen: Seen) -> Following:
    if not seen.more:
        return None
    return Place(cursor=seen.cursor) if seen.cursor else stuck("gives no cursor")


def _next_cursor(_place: Place, seen: Seen) -> Following:
    return Place(cursor=seen.cursor) if seen.cursor else None


HAS_MORE: Final = Dialect(True, _has_more)
TOTAL: Final = Dialect(True, _total)
AFTER: Final = Dialect(False, _after)
PAGE_INFO: Final = Dialect(False, _page_info)
NEXT_CURSOR: Final = Dialect(False, _next_cursor)

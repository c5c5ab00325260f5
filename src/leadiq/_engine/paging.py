"""What the words of a listing mean, and which of them are refused before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar

from .._core.errors import InputError
from .._ground.base import to_wire
from .._ground.json import mapping
from .defaults import MOST_ON_PAGE
from .pages import Pages
from .walk import Position, Walk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pydantic import BaseModel

    from .resume import Listing
    from .walk import Ask, Found

Item = TypeVar("Item")
Query = TypeVar("Query", bound="BaseModel")

#: More pages than these would only fill memory: the rate limit lets one go a second.
MOST_LOOK_AHEAD: Final = 5

_PAGING: Final = ("skip", "limit", "after")


class Window(TypedDict):
    """Which part of a listing is wanted."""

    resume: str | None
    page_size: int
    max_items: int | None


def pages(
    listing: Listing,
    read: Callable[[Ask], Awaitable[Found[Item]]],
    window: Window,
    *,
    look_ahead: int = 0,
    total: bool = False,
) -> Pages[Item]:
    """Give the pages of a listing.

    Raises:
        InputError: for a size that cannot be or a token of something else; nothing was sent.
    """
    resume, page_size, max_items = window["resume"], window["page_size"], window["max_items"]
    _within("page_size", page_size, 1, MOST_ON_PAGE)
    _within("look_ahead", look_ahead, 0, MOST_LOOK_AHEAD)
    if max_items is not None:
        _within("max_items", max_items, 0, None)
    start = Position() if resume is None else listing.position(resume)
    walk: Walk[Item] = Walk(start, page_size=page_size, max_items=max_items, total=total)
    return Pages(walk, read, listing.token, start, look_ahead)


def filter_of(asked: Query, *, limit_is_ours: bool = False) -> tuple[Query, dict[str, Any]]:
    """Give a copy of a search's input, which the caller cannot change on the way, and its filter.

    Args:
        asked: what to find.
        limit_is_ours: that its limit was not given by the caller, and means nothing.

    Returns:
        The copy, and what of it decides what is listed, JSON-ready.

    Raises:
        InputError: it says which page, too; nothing was sent.
    """
    query = asked.model_copy(update={"limit": None} if limit_is_ours else {}, deep=True)
    wanted = mapping(to_wire(query))
    for name in _PAGING:
        if wanted.get(name) is not None:
            text = f"input.{name}: leave it out; use page_size=, max_items= and resume="
            raise InputError(text, sent=False)
    return query, wanted


def _within(name: str, value: int, low: int, high: int | None) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < low or (high is not None and value > high):
        span = f"from {low} to {high}" if high is not None else f"of {low} or more"
        raise InputError(f"{name} has to be a whole number {span}", sent=False)

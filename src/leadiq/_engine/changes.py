"""Who moved since: what to ask for, what of it is news, and what to remember. Pure.

`jobChangeFilter` would be the filter for it, but LeadIQ ignores it unless it was enabled for the
organization [live], and then the search is of everybody. `newHireFrom` and `newPromotionFrom` have
no such note. They go by the day of the move, of which LeadIQ may learn weeks later; so the
search also goes by `updatedAt`, the time when LeadIQ touched the record, and that is the watermark.

Pages are asked for by time and not by number: the next one begins at the time of the last record.
A record that is touched while pages are read moves behind them all, and nothing slips through.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from .._core.errors import ServerError
from .._ground.json import mapping
from . import filters
from .forms import of_kind, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..types import FlatSearchInput, Person

Kind = Literal["hire", "promotion"]

#: Largest page; smaller ones cost the same [samples].
PAGE: Final = 25
#: Search indexes lag behind records, each record by a time of its own: what was touched an hour
#: before the watermark is looked at again. A guess, too.
OVERLAP_MS: Final = 3_600_000
_DAY_MS: Final = 86_400_000
_FILTER: Final[dict[str, str]] = {"hire": "new_hire_from", "promotion": "new_promotion_from"}


class Mark(NamedTuple):
    """Where a feed is: LeadIQ's time of the last record, and the moves that were told."""

    updated_ms: int
    told: dict[str, int]
    """Hashes of moves, each with the time of the move: what is told once is not told again."""


class Look(NamedTuple):
    """One page to ask for."""

    start_ms: int
    moved_from_ms: int
    skip: int = 0


def first_look(mark: Mark, moved_within_days: int) -> Look:
    """Give the first page of a look."""
    moved_from_ms = mark.updated_ms - moved_within_days * _DAY_MS
    return Look(max(0, mark.updated_ms - OVERLAP_MS), max(0, moved_from_ms))


def next_look(look: Look, people: Sequence[Person]) -> Look | None:
    """Give the page after this one; None at the end.

    Raises:
        ServerError: the page is not in the order that was asked for.
    """
    times = [milliseconds(person.updated_at) for person in people if person.updated_at]
    if times != sorted(times):
        raise ServerError("LeadIQ's page is not in the order that was asked for; nothing is lost")
    if len(people) < PAGE:
        return None
    # Whether a span holds its ends is not published. One earlier is right in both cases.
    last_ms = times[-1] - 1 if times else 0
    if last_ms > look.start_ms:
        return look._replace(start_ms=last_ms, skip=0)
    return look._replace(skip=look.skip + len(people))  # more than a page of one millisecond


def request(search: FlatSearchInput, kind: Kind, look: Look) -> FlatSearchInput:
    """Give the search for a page, oldest record first."""
    from ..types import ContactFilter, ContactSortingOption, DateRangeFilter

    contact = search.contact_filter or ContactFilter()
    dates = {
        "updated_at": DateRangeFilter(start=look.start_ms),
        _FILTER[kind]: look.moved_from_ms,
    }
    page = {
        "contact_filter": contact.model_copy(update=dates),
        "sort_contacts_by": [ContactSortingOption.UpdatedAtAsc, ContactSortingOption.IdAsc],
        "skip": look.skip,
        "limit": PAGE,
    }
    return search.model_copy(update=page)


def take(mark: Mark, look: Look, kind: Kind, person: Person) -> tuple[Mark, bool]:
    """Give the mark behind a person, and whether the person is news.

    `told` grows in place: it can hold many thousands.
    """
    updated_ms = milliseconds(person.updated_at) if person.updated_at else mark.updated_ms
    moved = person.current_position_start_date
    moved_ms = milliseconds(moved) if moved else 0
    mark = Mark(max(mark.updated_ms, updated_ms), mark.told)
    move = _move(person, kind)
    # A server that ignores the filter gives everybody: a move is one only with its date. The filter
    # may go by whole days.
    if moved_ms < look.moved_from_ms - _DAY_MS or move in mark.told:
        return mark, False
    mark.told[move] = moved_ms
    return mark, True


def pruned(mark: Mark, look: Look) -> Mark:
    """Forget moves that are too old for the filter, and then some."""
    oldest_ms = look.moved_from_ms - 2 * _DAY_MS
    return mark._replace(told={move: at for move, at in mark.told.items() if at >= oldest_ms})


def _move(person: Person, kind: Kind) -> str:
    """Name a move without its date, which LeadIQ may correct."""
    where = person.company_id if kind == "hire" else f"{person.company_id} {person.title}"
    return _hash(f"{kind} {person.id} {where}")


def milliseconds(time: datetime) -> int:
    """Give a time in Unix milliseconds."""
    return round(time.timestamp() * 1000)


def check_search(search: FlatSearchInput, *, everyone: bool) -> None:
    """Refuse a search that cannot be watched.

    Raises:
        InputError: naming the field; nothing was sent.
    """
    of_kind(search, "FlatSearchInput", "search")
    given = {name for name in search.model_fields_set if getattr(search, name) is not None}
    for name in ("skip", "limit", "after", "sort_contacts_by"):
        if name in given:
            raise refuse(f"search.{name}", "leave it out: the feed pages and sorts by itself")
    contact = search.contact_filter
    for name in ("updated_at", "new_hire_from", "new_promotion_from"):
        if contact is not None and getattr(contact, name) is not None:
            raise refuse(f"search.contact_filter.{name}", "leave it out: the feed sets it")
    filters.check_search(search, everyone=everyone)


def fingerprint(search: FlatSearchInput, kind: Kind) -> str:
    """Name a search, so that no watermark is used with another one."""
    wire = search.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return _hash(json.dumps([kind, wire], sort_keys=True))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def to_text(mark: Mark, of: str) -> str:
    """Write a watermark as JSON. It holds no personal data: moves are hashes."""
    return json.dumps({"leadiq-changes": 1, "of": of, "ms": mark.updated_ms, "told": mark.told})


def begin(since: datetime | str, of: str) -> Mark:
    """Give the mark to begin at.

    Args:
        since: a time with a zone, or a watermark of `to_text`.
        of: the fingerprint of the search.

    Raises:
        InputError: neither of them, or a watermark of another search; nothing was sent.
    """
    if isinstance(since, str):
        return _from_text(since, of)
    if not isinstance(since, datetime) or since.utcoffset() is None:
        raise refuse("since", "has to be a datetime with a zone, or a watermark")
    if since < datetime(1970, 1, 1, tzinfo=UTC):
        raise refuse("since", "has to be 1970 or later")
    return Mark(milliseconds(since), {})


def _from_text(text: str, of: str) -> Mark:
    try:
        said = mapping(json.loads(text))
    except ValueError:
        said = {}
    updated_ms: Any = said.get("ms")
    told = mapping(said.get("told"))
    if said.get("leadiq-changes") != 1 or not _is_time(updated_ms):
        raise refuse("since", "not a watermark of this version: give a datetime, or start anew")
    if said.get("of") != of:
        raise refuse("since", "the watermark is of another search or kind: give that one")
    return Mark(updated_ms, {move: at for move, at in told.items() if _is_time(at)})


def _is_time(value: Any) -> bool:
    return type(value) is int and value >= 0

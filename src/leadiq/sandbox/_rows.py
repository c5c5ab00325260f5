"""Rows of a team in the order they came, and pages of them that go on behind a cursor.

A cursor is opaque and names a place, not a row: it goes on rightly after the row was removed. It
belongs to the kind of row that it came from.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left, bisect_right
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from leadiq.sandbox._errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
Record = dict[str, Any]


class Slice(NamedTuple, Generic[T]):
    """A page of rows, each with its cursor; `total` counts every row there is."""

    rows: Sequence[tuple[str, T]]
    total: int
    has_previous: bool
    has_next: bool

    def connection(self, node: Callable[[T], Record]) -> Record:
        """Return the page as a Relay connection."""
        return {
            "edges": [{"cursor": cursor, "node": node(row)} for cursor, row in self.rows],
            "pageInfo": {
                "total": self.total,
                "startCursor": self.rows[0][0] if self.rows else None,
                "endCursor": self.rows[-1][0] if self.rows else None,
                "hasPreviousPage": self.has_previous,
                "hasNextPage": self.has_next,
            },
        }

    def items(self, node: Callable[[T], Record]) -> Record:
        """Return the page as `items` and `nextCursor`, which is null at the end."""
        return {
            "items": [node(row) for _, row in self.rows],
            "nextCursor": self.rows[-1][0] if self.rows and self.has_next else None,
        }


class Rows(Generic[T]):
    """Rows by id, oldest first. Thread-safe."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._lock = Lock()
        self._places: dict[str, int] = {}
        self._order: list[int] = []
        self._rows: dict[int, T] = {}
        self._added = 0

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    @property
    def added(self) -> int:
        """Return how many rows were ever added: a number for the next one's id."""
        return self._added

    def add(self, name: str, row: T) -> None:
        """Add a row under an id that is not in use."""
        with self._lock:
            self._places[name] = self._added
            self._order.append(self._added)
            self._rows[self._added] = row
            self._added += 1

    def get(self, name: str) -> T | None:
        """Return the row of an id."""
        place = self._places.get(name)
        return None if place is None else self._rows.get(place)

    def remove(self, name: str) -> T | None:
        """Remove a row and return it, or None where there is none."""
        with self._lock:
            place = self._places.pop(name, None)
            if place is None:
                return None
            del self._order[bisect_left(self._order, place)]
            return self._rows.pop(place)

    def clear(self) -> None:
        """Remove every row; cursors of them stay valid."""
        with self._lock:
            self._places.clear()
            self._order.clear()
            self._rows.clear()

    def all(self) -> list[T]:
        """Return every row, oldest first."""
        with self._lock:
            return [self._rows[place] for place in self._order]

    def page(self, limit: int, cursor: str | None) -> Slice[T]:
        """Return up to `limit` rows behind `cursor`.

        Raises:
            InputRefused: the cursor is none of this kind.
        """
        with self._lock:
            start = 0
            if cursor is not None:
                start = bisect_right(self._order, read_cursor(self._kind, cursor))
            places = self._order[start : start + limit]
            rows = [(write_cursor(self._kind, place), self._rows[place]) for place in places]
            return Slice(rows, len(self._order), start > 0, start + limit < len(self._order))


def page_of(kind: str, values: Sequence[T], limit: int, cursor: str | None) -> Slice[T]:
    """Return a page of a sequence that never changes; see `Rows.page`."""
    start = 0 if cursor is None else read_cursor(kind, cursor) + 1
    shown = values[start : start + limit]
    rows = [(write_cursor(kind, start + offset), value) for offset, value in enumerate(shown)]
    return Slice(rows, len(values), start > 0, start + limit < len(values))


def write_cursor(kind: str, place: int) -> str:
    """Return the cursor of a place."""
    return urlsafe_b64encode(f"{kind}:{place}".encode()).decode().rstrip("=")


def read_cursor(kind: str, cursor: str) -> int:
    """Return the place of a cursor.

    Raises:
        InputRefused: it is none of this kind.
    """
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:
        text = ""
    name, _, place = text.partition(":")
    if name != kind or not place.isdecimal() or len(place) > 12:
        raise InputRefused("This is no cursor of this sandbox, or of another field.")
    return int(place)


def limit_in(value: int | None, default: int, most: int, name: str) -> int:
    """Return a page size: `default` unless given.

    Raises:
        InputRefused: it is not from 1 to `most`.
    """
    limit = default if value is None else value
    if not 1 <= limit <= most:
        raise InputRefused(f"{name} must be from 1 to {most}.")
    return limit

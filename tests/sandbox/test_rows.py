"""Rules of rows and pages: order, cursors that outlive their row, connections."""

from __future__ import annotations

import pytest

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._rows import Rows, Slice, limit_in, page_of, read_cursor, write_cursor


def rows_of(count: int, kind: str = "rows") -> Rows[int]:
    rows: Rows[int] = Rows(kind)
    for number in range(count):
        rows.add(f"id-{number}", number)
    return rows


def walk(rows: Rows[int], limit: int) -> list[list[int]]:
    pages: list[list[int]] = []
    cursor: str | None = None
    while True:
        page = rows.page(limit, cursor)
        pages.append([row for _, row in page.rows])
        if not page.has_next:
            return pages
        cursor = page.rows[-1][0]


@pytest.mark.parametrize("limit", [1, 3, 7, 10])
def test_a_walk_sees_every_row_once(limit: int) -> None:
    """Pages behind the last cursor go on without a gap, oldest first."""
    pages = walk(rows_of(7), limit)
    assert [row for page in pages for row in page] == list(range(7))
    assert all(len(page) == limit for page in pages[:-1])


def test_a_page_tells_where_it_stands() -> None:
    """The total counts every row; has_previous and has_next tell of the rest."""
    rows = rows_of(3)
    first = rows.page(2, None)
    second = rows.page(2, first.rows[-1][0])
    assert (first.total, first.has_previous, first.has_next) == (3, False, True)
    assert (second.total, second.has_previous, second.has_next) == (3, True, False)
    assert rows_of(0).page(2, None) == Slice([], 0, has_previous=False, has_next=False)


def test_a_cursor_outlives_its_row() -> None:
    """After the row of a cursor was removed the walk goes on behind its place."""
    rows = rows_of(5)
    cursor = rows.page(2, None).rows[-1][0]
    assert rows.remove("id-1") == 1
    assert [row for _, row in rows.page(9, cursor).rows] == [2, 3, 4]
    rows.clear()
    rows.add("new", 9)
    assert [row for _, row in rows.page(9, cursor).rows] == [9]


def test_rows_are_found_and_removed_by_id() -> None:
    """A removed or unknown id finds nothing; the number of rows ever added never shrinks."""
    rows = rows_of(3)
    assert rows.get("id-2") == 2
    assert rows.remove("id-2") == 2
    assert (rows.get("id-2"), rows.remove("id-2"), rows.get("x")) == (None, None, None)
    assert (len(rows), rows.added, rows.all()) == (2, 3, [0, 1])


def test_a_sequence_pages_like_rows() -> None:
    """page_of gives the same pages as rows of the same kind."""
    rows = rows_of(5)
    cursor = rows.page(2, None).rows[-1][0]
    assert page_of("rows", range(5), 2, cursor) == rows.page(2, cursor)
    assert page_of("rows", range(5), 2, None) == rows.page(2, None)


def test_connections_and_items() -> None:
    """A page is written as a Relay connection, or as items and a cursor that ends with null."""
    page = page_of("rows", range(3), 2, None)
    first, second = write_cursor("rows", 0), write_cursor("rows", 1)
    assert page.connection(lambda n: {"n": n}) == {
        "edges": [{"cursor": first, "node": {"n": 0}}, {"cursor": second, "node": {"n": 1}}],
        "pageInfo": {
            "total": 3,
            "startCursor": first,
            "endCursor": second,
            "hasPreviousPage": False,
            "hasNextPage": True,
        },
    }
    assert page.items(lambda n: {"n": n}) == {"items": [{"n": 0}, {"n": 1}], "nextCursor": second}
    last = page_of("rows", range(3), 2, second)
    assert last.items(lambda n: {"n": n}) == {"items": [{"n": 2}], "nextCursor": None}
    empty = page_of("rows", range(0), 2, None).connection(lambda n: {"n": n})
    assert empty["pageInfo"]["startCursor"] is empty["pageInfo"]["endCursor"] is None


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "====", write_cursor("other", 1), write_cursor("rows", 10**13)]
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    """A cursor of another kind, or no cursor at all, is a client error."""
    with pytest.raises(InputRefused, match="no cursor"):
        read_cursor("rows", cursor)


def test_page_sizes() -> None:
    """Without a size the default holds; out of range is a client error that names the argument."""
    assert limit_in(None, 25, 100, "limit") == 25
    assert limit_in(100, 25, 100, "limit") == 100
    for wrong in (0, -1, 101):
        with pytest.raises(InputRefused, match="first must be from 1 to 100"):
            limit_in(wrong, 25, 100, "first")

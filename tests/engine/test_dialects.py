"""Each dialect: where the next page begins, given the last one."""

from __future__ import annotations

import pytest

from leadiq._core.errors import StuckCursorError
from leadiq._engine.dialects import (
    AFTER,
    CEILING,
    EXACT_TOTAL,
    HAS_MORE,
    NEXT_CURSOR,
    PAGE_INFO,
    TOTAL,
    Dialect,
    Place,
    Seen,
)

AT_50 = Place(50)


@pytest.mark.parametrize(
    ("seen", "following"),
    [
        (Seen(25, 25, more=True), Place(75)),
        (Seen(25, 25, more=False), None),
        (Seen(0, 25, more=False), None),
        (Seen(3, 25, more=True), Place(53)),
    ],
)
def test_has_more_is_believed_and_goes_on_behind_what_came(
    seen: Seen, following: Place | None
) -> None:
    """`hasMore` decides; a page that is shorter than asked for moves by its own length."""
    assert HAS_MORE.follow(AT_50, seen) == following


@pytest.mark.parametrize(
    ("seen", "following"),
    [
        (Seen(25, 25), Place(75)),
        (Seen(24, 25), None),
        (Seen(0, 25), None),
        (Seen(0, 25, total=500), None),
        (Seen(25, 25, total=75), None),
        (Seen(25, 25, total=76), Place(75)),
        (Seen(10, 25, total=60), None),
        (Seen(10, 25, total=61), Place(60)),
        (Seen(10, 25, total=55), None),
    ],
)
def test_by_total_a_page_ends_it_when_short_or_when_the_total_is_reached(
    seen: Seen, following: Place | None
) -> None:
    """Without a total a short page is the last; with one, a page at the total is."""
    assert TOTAL.follow(AT_50, seen) == following


@pytest.mark.parametrize(
    ("skip", "total", "following"),
    [
        (EXACT_TOTAL - 25, EXACT_TOTAL, None),
        (EXACT_TOTAL, EXACT_TOTAL + 25, Place(EXACT_TOTAL + 25)),
        (CEILING - 25, CEILING, None),
        (CEILING - 25, CEILING + 1, Place(CEILING)),
    ],
    ids=["believed", "not-believed", "at-the-ceiling", "behind-the-ceiling"],
)
def test_a_large_total_is_no_reason_to_stop_at_a_full_page(
    skip: int, total: int, following: Place | None
) -> None:
    """Large totals are approximate: nobody is lost to one; at the ceiling there is no choice."""
    assert TOTAL.follow(Place(skip), Seen(25, 25, total=total)) == following


def test_a_short_page_at_a_large_total_ends_it() -> None:
    """Two signs of the end are enough, whatever the size."""
    assert TOTAL.follow(Place(5_000), Seen(10, 25, total=5_010)) is None
    assert TOTAL.follow(Place(5_000), Seen(10, 25, total=5_011)) == Place(5_010)


def test_only_offsets_name_a_place_within_a_page() -> None:
    """And a place without words is the beginning."""
    by_offset = [d for d in (HAS_MORE, TOTAL, AFTER, PAGE_INFO, NEXT_CURSOR) if d.by_offset]
    assert by_offset == [HAS_MORE, TOTAL]
    assert Place() == (0, None)
    assert (CEILING, EXACT_TOTAL) == (10_000, 1_000)


@pytest.mark.parametrize(
    ("seen", "following"),
    [
        (Seen(25, 25, cursor=(("a", "1"),)), Place(cursor=(("a", "1"),))),
        (Seen(25, 25), None),
        (Seen(0, 25, cursor=(("a", "1"),)), None),
        (Seen(3, 25, cursor=(("a", "1"),)), Place(cursor=(("a", "1"),))),
    ],
)
def test_after_ends_with_an_empty_page_or_a_null(seen: Seen, following: Place | None) -> None:
    """Both ends that the guide names are one; a short page is none."""
    assert AFTER.follow(Place(), seen) == following


@pytest.mark.parametrize(
    ("seen", "following"),
    [
        (Seen(25, 25, more=True, cursor="c"), Place(cursor="c")),
        (Seen(0, 25, more=True, cursor="c"), Place(cursor="c")),
        (Seen(25, 25, more=False, cursor="c"), None),
    ],
)
def test_page_info_says_whether_there_is_more(seen: Seen, following: Place | None) -> None:
    """`hasNextPage` decides, whatever the page holds."""
    assert PAGE_INFO.follow(Place(), seen) == following


@pytest.mark.parametrize(
    ("cursor", "following"), [("c", Place(cursor="c")), (None, None), ("", None)]
)
def test_next_cursor_ends_with_a_null(cursor: str | None, following: Place | None) -> None:
    """A page may be empty and have a next one; without a cursor there is none."""
    assert NEXT_CURSOR.follow(Place(), Seen(0, 25, cursor=cursor)) == following


@pytest.mark.parametrize(
    ("dialect", "text"), [(HAS_MORE, "gives an empty page"), (PAGE_INFO, "gives no cursor")]
)
def test_more_that_leads_nowhere_is_an_error(dialect: Dialect, text: str) -> None:
    """A server that promises more and gives no way to it would be asked for ever."""
    error = dialect.follow(Place(), Seen(0, 25, more=True))
    assert isinstance(error, StuckCursorError)
    assert str(error) == (
        f"LeadIQ says that there is more, and {text}: paging would never end; "
        "what was given so far is complete up to here"
    )

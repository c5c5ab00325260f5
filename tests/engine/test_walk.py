"""The loop over pages: nothing lost, doubled or asked for in vain, and always an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.errors import StuckCursorError, TooManyResultsError
from leadiq._engine.dialects import AFTER, CEILING, HAS_MORE, NEXT_CURSOR, Place
from leadiq._engine.resume import Listing
from leadiq._engine.walk import Ask, Found, Position, Walk
from served import DIALECTS, Served

LISTING = Listing("searchPeople", {})


def run(
    served: Served, walk: Walk[int], stop_after: int | None = None
) -> tuple[list[int], Position]:
    """What a reader gets until it has enough or it ends, and where it is then."""
    got: list[int] = []
    position = Position()
    while (stop_after is None or len(got) < stop_after) and (ask := walk.ask()):
        leaf = walk.take(ask, served.answer(ask))
        taken = len(leaf.items)
        if stop_after is not None:
            taken = min(taken, stop_after - len(got))
        got += leaf.items[:taken]
        position = leaf.position(taken)
    return got, position


@pytest.mark.parametrize("dialect", DIALECTS)
@given(
    length=st.integers(0, 90),
    page_size=st.integers(1, 25),
    again=st.integers(1, 25),
    stop_after=st.integers(0, 95),
    most=st.integers(1, 25),
    totals=st.booleans(),
    after_ends_empty=st.booleans(),
)
def test_a_run_that_stops_anywhere_and_goes_on_gives_everything_once(
    dialect: str,
    length: int,
    page_size: int,
    again: int,
    stop_after: int,
    most: int,
    totals: bool,
    after_ends_empty: bool,
) -> None:
    """Whatever the sizes, before and behind: the two runs together are the listing, in order."""
    if not totals:  # a short page is then the only sign of the end
        most = 25
    served = Served(
        dialect, range(length), most=most, totals=totals, after_ends_empty=after_ends_empty
    )
    first, position = run(served, Walk(page_size=page_size, total=True), stop_after)
    assert first == list(range(min(length, stop_after)))
    position = LISTING.position(LISTING.token(position))
    rest, end = run(served, Walk(position, page_size=again, total=True))
    assert first + rest == list(range(length))
    if rest:
        assert end.done
        assert run(served, Walk(end)) == ([], Position())


@pytest.mark.parametrize("dialect", DIALECTS)
@given(
    length=st.integers(0, 90),
    page_size=st.integers(1, 25),
    max_items=st.integers(0, 95),
)
def test_no_more_is_asked_for_than_is_wanted(
    dialect: str, length: int, page_size: int, max_items: int
) -> None:
    """`max_items` bounds what comes and what is asked for, and the next run goes on behind it."""
    served = Served(dialect, range(length))
    got, position = run(served, Walk(page_size=page_size, max_items=max_items, total=True))
    assert got == list(range(min(length, max_items)))
    assert sum(ask.size for ask in served.asks) <= max(max_items, 0)
    rest, _ = run(served, Walk(position))
    assert got + rest == list(range(length))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("length", "pages"), [(0, 1), (1, 1), (25, 1), (26, 2), (60, 3)])
def test_no_page_is_asked_for_in_vain(dialect: str, length: int, pages: int) -> None:
    """With totals, every dialect reads as many pages as there are, and one of nothing."""
    served = Served(dialect, range(length))
    assert run(served, Walk(total=True))[0] == list(range(length))
    assert len(served.asks) == pages
    assert [ask.total for ask in served.asks] == [True, False, False][:pages]


@given(passed=st.integers(0, 30), length=st.integers(0, 60))
def test_a_page_that_was_begun_is_read_again_from_its_beginning(passed: int, length: int) -> None:
    """By cursor the items that were given are passed over; a page that shrank costs nobody else."""
    served = Served("nextCursor", range(length))
    got, _ = run(served, Walk(Position(Place(), passed), page_size=3))
    first_page = min(passed + 3, 25)
    assert got == list(range(min(passed, first_page), length))


def test_a_page_that_is_larger_than_wanted_is_cut_and_gone_on_with() -> None:
    """A server that gives more than asked for: the rest of its page comes with the next run."""

    class Generous(Served):
        def answer(self, ask: Ask) -> Found[int]:
            return super().answer(ask._replace(size=25))

    for dialect in DIALECTS:
        served = Generous(dialect, range(40))
        got, position = run(served, Walk(max_items=4))
        assert got == [0, 1, 2, 3]
        assert run(served, Walk(position))[0] == list(range(4, 40))


@pytest.mark.parametrize("dialect", ["hasMore", "total"])
def test_offsets_end_at_the_ceiling(dialect: str) -> None:
    """The first 10,000 come, whatever the page size; then an error says what to do."""
    served = Served(dialect, range(CEILING + 1))
    walk: Walk[int] = Walk(page_size=23, total=True)
    for _ in range(CEILING // 23 + 1):
        ask = walk.ask()
        assert ask
        assert ask.place.skip + ask.size <= CEILING
        leaf = walk.take(ask, served.answer(ask))
    assert leaf.items[-1] == CEILING - 1
    with pytest.raises(TooManyResultsError, match=r"first 10,000 .* `LeadIQ.partition`") as end:
        walk.ask()
    assert not end.value.sent
    with pytest.raises(TooManyResultsError):
        Walk[int](leaf.position(len(leaf.items))).ask()


@pytest.mark.parametrize("dialect", ["hasMore", "total"])
def test_exactly_as_many_as_the_ceiling_are_no_error(dialect: str) -> None:
    """10,000 results are all there are: the listing ends."""
    assert len(run(Served(dialect, range(CEILING)), Walk(total=True))[0]) == CEILING


@pytest.mark.parametrize("circle", [1, 2, 3, 7])
def test_cursors_that_go_round_are_an_error(circle: int) -> None:
    """A cursor that repeats, at once or after others, ends the loop within a few rounds."""
    walk: Walk[int] = Walk()

    def go_round() -> None:
        for number in range(5 + 4 * 8):
            ask = walk.ask()
            assert ask
            cursor = str(number if number < 5 else 5 + (number - 5) % circle)
            walk.take(ask, Found(NEXT_CURSOR, [number], cursor=cursor))

    with pytest.raises(StuckCursorError, match="would never end"):
        go_round()


def test_a_cursor_that_leads_to_its_own_page_is_an_error_after_the_page() -> None:
    """What came is given; asking on raises every time, and the position stays behind that."""
    place = Place(cursor=(("id", "7"),))
    walk: Walk[int] = Walk(Position(place))
    ask = walk.ask()
    assert ask
    leaf = walk.take(ask, Found(AFTER, [1, 2], cursor=(("id", "7"),)))
    assert leaf.items == [1, 2]
    assert leaf.position(2) == Position(place, 2)
    for _ in range(2):
        with pytest.raises(StuckCursorError):
            walk.ask()


def test_a_promise_of_more_with_an_empty_page_is_an_error() -> None:
    """An offset that does not move would be asked for again and again."""
    walk: Walk[int] = Walk()
    ask = walk.ask()
    assert ask
    walk.take(ask, Found(HAS_MORE, [], more=True))
    with pytest.raises(StuckCursorError, match="gives an empty page"):
        walk.ask()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("change", [-15, 40])
def test_a_listing_that_shrinks_or_grows_ends(dialect: str, change: int) -> None:
    """Changes at the end double nobody; who came too late for a believed total is not met."""
    served = Served(dialect, range(60))
    walk: Walk[int] = Walk(total=True)
    got: list[int] = []
    while ask := walk.ask():
        got += walk.take(ask, served.answer(ask)).items
        served.items = list(range(60 + change))
    assert got == list(range(75 if dialect == "total" and change > 0 else 60 + change))


def test_the_total_is_remembered_from_the_first_page() -> None:
    """Later pages are not asked for it and do not lose it."""
    served = Served("total", range(60))
    walk: Walk[int] = Walk(total=True)
    run(served, walk)
    assert walk.total == 60


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_item_is_paid_for_twice_where_a_place_can_name_it(dialect: str) -> None:
    """Within a page an offset names the item itself; behind a page every dialect names the next."""
    by_offset = DIALECTS[dialect].by_offset
    within = run(Served(dialect, range(60)), Walk(total=True), stop_after=30)[1]
    assert within == (Position(Place(30)) if by_offset else Position(Place(cursor="24"), 5))
    next_page = Position(Place(25) if by_offset else Place(cursor="24"))
    assert run(Served(dialect, range(60)), Walk(), stop_after=25)[1] == next_page
    assert run(Served(dialect, range(60)), Walk(max_items=25))[1] == next_page


def test_a_cursor_that_stands_still_is_noticed_at_once() -> None:
    """However many pages came before, the first that leads to itself is the last one read."""
    walk: Walk[int] = Walk()
    for cursor in "abcdee":
        ask = walk.ask()
        assert ask
        assert not ask.total
        walk.take(ask, Found(NEXT_CURSOR, [1], cursor=cursor))
    with pytest.raises(StuckCursorError, match="gives the cursor of a page that was read"):
        walk.ask()


def test_the_last_place_within_reach_is_asked_for() -> None:
    """At 9,999 there is one more."""
    assert Walk[int](Position(Place(CEILING - 1))).ask() == Ask(Place(CEILING - 1), 1, total=False)

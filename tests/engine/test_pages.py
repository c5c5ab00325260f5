"""Pages: every item once, from any place, with nothing sent that is not wanted and nothing left."""

from __future__ import annotations

import gc
from typing import Any

import anyio
import pytest
from anyio import BusyResourceError

from leadiq._core.errors import ServerError, TransportError
from leadiq._engine.pages import Page, Pages
from leadiq._engine.paging import Window, pages
from leadiq._engine.resume import Listing
from served import DIALECTS, Served
from virtual_time import anyio_backend  # noqa: F401

LISTING = Listing("lists", {})


def open_(served: Served, look_ahead: int = 0, **window: Any) -> Pages[int]:
    defaults: Window = {"resume": None, "page_size": 25, "max_items": None}
    chosen: Any = {**defaults, **window}
    return pages(LISTING, served.read, chosen, look_ahead=look_ahead, total=True)


async def rest(listing: Pages[int]) -> list[int]:
    return [item async for item in listing]


async def into(got: list[int], listing: Pages[int]) -> None:
    async for item in listing:
        got.append(item)  # noqa: PERF401 - what came before an error is wanted


@pytest.mark.anyio
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("length", [0, 1, 5, 6, 13])
async def test_every_dialect_gives_every_item(dialect: str, length: int) -> None:
    """0, 1, exactly one page, one more, many: in order, and with the total."""
    listing = open_(Served(dialect, range(length)), page_size=5)
    assert listing.total is None
    assert await rest(listing) == list(range(length))
    assert listing.total == length
    assert await rest(listing) == []


@pytest.mark.anyio
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("ahead", [0, 1, 3])
async def test_breaking_at_any_item_and_resuming_loses_and_doubles_nothing(
    dialect: str, ahead: int
) -> None:
    """From each item's token the rest comes, whatever was read ahead, in a run of other pages."""
    for at in range(14):
        served = Served(dialect, range(13))
        listing = open_(served, ahead, page_size=4)
        got: list[int] = []
        async with listing:
            async for item in listing:
                got.append(item)
                if len(got) > at:
                    break
        again = open_(Served(dialect, range(13)), resume=listing.token, page_size=3)
        assert got + await rest(again) == list(range(13))


@pytest.mark.anyio
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_breaking_sends_nothing_more(dialect: str) -> None:
    """Without look-ahead a page is asked for when its first item is wanted, and never again."""
    served = Served(dialect, range(100))
    listing = open_(served, page_size=10)
    await anyio.sleep(10)
    assert served.asks == []
    async for item in listing:
        if item == 9:
            break
    await anyio.sleep(10)
    assert len(served.asks) == 1
    del listing
    gc.collect()  # an unclosed generator would complain here


@pytest.mark.anyio
async def test_iterating_again_goes_on_behind_the_last_item() -> None:
    """A `break` is a pause."""
    listing = open_(Served("total", range(12)), page_size=5)
    async for item in listing:
        if item == 6:
            break
    assert await rest(listing) == [7, 8, 9, 10, 11]


@pytest.mark.anyio
@pytest.mark.parametrize("ahead", [0, 2])
async def test_an_error_in_the_middle_loses_nothing(ahead: int) -> None:
    """The items before it came; asking again sends that page again; the token goes on as well."""
    broken = TransportError("cut", sent=False)
    served = Served("pageInfo", range(12), failures={1: broken})
    got: list[int] = []
    async with open_(served, ahead, page_size=5) as listing:
        with pytest.raises(TransportError) as raised:
            await into(got, listing)
        assert raised.value is broken
        assert got == [0, 1, 2, 3, 4]
        token = listing.token
        assert got + await rest(listing) == list(range(12))
    resumed = open_(Served("pageInfo", range(12)), resume=token)
    assert got + await rest(resumed) == list(range(12))


@pytest.mark.anyio
async def test_cancelling_a_wait_loses_nothing() -> None:
    """A page that was given up is asked for again."""
    for ahead in (0, 1):
        async with open_(Served("nextCursor", range(12)), ahead, page_size=5) as listing:
            got = [await anext(listing) for _ in range(5)]
            for _ in range(3):
                with anyio.move_on_after(0.3):
                    got.append(await anext(listing))
            assert got + await rest(listing) == list(range(12))


@pytest.mark.anyio
@pytest.mark.parametrize(("ahead", "asked"), [(0, 1), (1, 2), (3, 4)])
async def test_look_ahead_is_bounded(ahead: int, asked: int) -> None:
    """While the first page is worked on no more than so many further ones are read."""
    served = Served("nextCursor", range(1000))
    async with open_(served, ahead) as listing:
        assert await anext(listing) == 0
        await anyio.sleep(100)
        assert len(served.asks) == asked
    await anyio.sleep(100)
    assert len(served.asks) == asked


@pytest.mark.anyio
async def test_look_ahead_saves_the_wait() -> None:
    """Pages that were read while the consumer worked are there at once."""
    async with open_(Served("nextCursor", range(100)), 1) as listing:
        began = anyio.current_time()
        async for item in listing:
            if item % 25 == 24:
                await anyio.sleep(1)
        assert anyio.current_time() - began == pytest.approx(5)


@pytest.mark.anyio
async def test_there_is_no_look_ahead_outside_async_with() -> None:
    """Nothing runs in the background of a loop that nothing closes."""
    served = Served("nextCursor", range(100))
    listing = open_(served, 3)
    await anext(listing)
    await anyio.sleep(100)
    assert len(served.asks) == 1


@pytest.mark.anyio
async def test_entering_sends_nothing() -> None:
    """What nobody iterates asks for nothing."""
    served = Served("nextCursor", range(100))
    async with open_(served, 3):
        await anyio.sleep(10)
    assert served.asks == []


@pytest.mark.anyio
@pytest.mark.parametrize("ahead", [0, 2])
async def test_what_the_block_raises_comes_out_as_it_is(ahead: int) -> None:
    """No group around the consumer's own error, and the page under way is given up."""
    served = Served("nextCursor", range(100))

    async def use() -> None:
        async with open_(served, ahead) as listing:
            await anext(listing)
            raise KeyError

    with pytest.raises(KeyError):
        await use()
    assert len(served.asks) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("ahead", [0, 2])
async def test_a_closed_listing_has_ended(ahead: int) -> None:
    """`aclose` ends it, sends nothing more, may be called again, and leaves the token good."""
    served = Served("nextCursor", range(60))
    async with open_(served, ahead) as listing:
        assert await anext(listing) == 0
        await listing.aclose()
        await listing.aclose()
        assert await rest(listing) == []
        await anyio.sleep(10)
    assert len(served.asks) == 1
    resumed = open_(Served("nextCursor", range(60)), resume=listing.token)
    assert await rest(resumed) == list(range(1, 60))


@pytest.mark.anyio
async def test_pages_come_whole_with_tokens_of_their_ends() -> None:
    """Pages after items begin with the rest of the page under way."""
    listing = open_(Served("total", range(12)), page_size=5)
    assert await anext(listing) == 0
    got: list[Page[int]] = [page async for page in listing.pages()]
    assert [page.items for page in got] == [[1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11]]
    assert {page.total for page in got} == {12}
    resumed = open_(Served("total", range(12)), resume=got[1].token)
    assert await rest(resumed) == [10, 11]
    assert repr(got[0]) == "<Page of 4>"


@pytest.mark.anyio
async def test_measuring_reads_one_page_and_takes_nothing() -> None:
    """The total is known before the first item, and the page is not read twice."""
    served = Served("total", range(12))
    listing = open_(served)
    token = listing.token
    assert await listing.measure() == 12
    assert await listing.measure() == 12
    assert LISTING.position(listing.token) == LISTING.position(token)
    assert await rest(listing) == list(range(12))
    assert len(served.asks) == 1


@pytest.mark.anyio
async def test_one_consumer_at_a_time() -> None:
    """Two tasks that ask for the next page at once would both be charged."""
    listing = open_(Served("total", range(12)))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(anext, listing)
        await anyio.wait_all_tasks_blocked()
        with pytest.raises(BusyResourceError, match="next page of this resource"):
            await anext(listing)


@pytest.mark.anyio
async def test_a_token_before_the_first_item_is_where_it_began() -> None:
    """Nothing was given: the token begins where this run did."""
    listing = open_(Served("total", range(12)))
    assert LISTING.position(listing.token) == LISTING.position(open_(Served("total", [])).token)
    await anext(listing)
    again = open_(Served("total", range(12)), resume=listing.token)
    assert again.token == listing.token


@pytest.mark.anyio
async def test_a_finished_listing_resumes_to_nothing() -> None:
    """The token at the end sends nothing."""
    listing = open_(Served("nextCursor", range(12)))
    await rest(listing)
    served = Served("nextCursor", range(12))
    assert await rest(open_(served, resume=listing.token)) == []
    assert served.asks == []


@pytest.mark.anyio
async def test_max_items_of_nothing_sends_nothing() -> None:
    """0 is a number of items like any other."""
    served = Served("total", range(12))
    assert await rest(open_(served, max_items=0)) == []
    assert served.asks == []


def test_the_repr_shows_no_item() -> None:
    """Items are people."""
    assert repr(open_(Served("total", [5]))) == "<Pages, 0 of 0 items of a page given>"


@pytest.mark.anyio
async def test_a_defect_while_reading_ahead_reaches_the_consumer() -> None:
    """No error is lost in the background, of whatever kind."""
    served = Served("nextCursor", range(12), failures={1: ServerError("no")})
    async with open_(served, 1, page_size=5) as listing:
        await anext(listing)
        await anyio.sleep(10)
        with pytest.raises(ServerError):
            await rest(listing)

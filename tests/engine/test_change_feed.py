"""The feed of changes: against a server whose records change while they are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import pytest

from leadiq import InputError, ServerError
from leadiq._engine.change_feed import ChangeFeed
from leadiq.types import CompanyFilter, FlatSearchInput, Person, PersonSearchResponse
from virtual_time import anyio_backend  # noqa: F401

SINCE = datetime(2026, 6, 1, tzinfo=UTC)
SEARCH = FlatSearchInput(company_filter=CompanyFilter(domains=["a.example.com"]))
DAY_S = 86_400.0


class Records:
    """People by id, each with the seconds after `SINCE` at which the record was touched.

    Args:
        moved: whether each person moved, `moved_after` (ten days before) `SINCE`.
    """

    def __init__(self, touched: dict[int, float], *, moved: bool = True) -> None:
        self.touched = touched
        self.moved = moved
        self.searches: list[FlatSearchInput] = []
        self.at: list[float] = []
        self.before_page: Any = None
        self.fails = 0
        self.moved_after = timedelta(days=-10)

    async def __call__(self, search: FlatSearchInput, **words: Any) -> PersonSearchResponse:
        self.searches.append(search)
        self.at.append(anyio.current_time())
        assert words == {"unlock": (), "total": False}
        await anyio.sleep(1)
        if self.before_page:
            self.before_page(len(self.searches))
        if self.fails:
            self.fails -= 1
            raise ServerError("down")
        return PersonSearchResponse(people=self._page(search))

    def _page(self, search: FlatSearchInput) -> list[Person]:
        assert search.contact_filter
        assert search.contact_filter.updated_at
        start = search.contact_filter.updated_at.start
        assert isinstance(start, int)
        people = [self._person(id_) for id_ in self.touched]
        later = [p for p in people if p.updated_at and p.updated_at.timestamp() * 1000 > start]
        later.sort(key=lambda p: (p.updated_at, p.id))
        assert search.limit
        return later[search.skip or 0 :][: search.limit]

    def _person(self, id_: int) -> Person:
        updated = SINCE + timedelta(seconds=self.touched[id_])
        moved = SINCE + self.moved_after if self.moved else None
        return Person(
            id=f"{id_:04}", company_id="c", updated_at=updated, current_position_start_date=moved
        )


def feed(page: Records, since: datetime | str = SINCE, **words: Any) -> ChangeFeed:
    given = {"kind": "hire", "every_s": None, "moved_within_days": 90, "unlock": ()} | words
    return ChangeFeed(page, SEARCH, since=since, everyone=False, **given)


async def ids(changes: ChangeFeed) -> list[int]:
    return [int(person.id) async for person in changes]


@pytest.mark.anyio
@pytest.mark.parametrize("count", [0, 1, 24, 25, 26, 49, 120])
@pytest.mark.parametrize("apart_s", [60.0, 0.0], ids=["apart", "at once"])
async def test_everybody_who_moved_is_told_once(count: int, apart_s: float) -> None:
    """No, one, a page, and many; touched one by one or in one millisecond."""
    page = Records({i: 1 + i * apart_s for i in range(count)})
    assert await ids(feed(page)) == list(range(count))
    assert len(page.searches) <= count // 24 + 1 + (apart_s == 0)


@pytest.mark.anyio
async def test_records_that_are_touched_while_they_are_read_are_not_lost() -> None:
    """Somebody touched moves behind the others, who would slip a page by number."""
    page = Records({i: float(i + 1) for i in range(60)})

    def touch(request: int) -> None:
        for id_ in range(request * 5):
            page.touched[id_] = 1000.0 + request + id_ / 100

    page.before_page = touch
    assert sorted(await ids(feed(page))) == list(range(60))


@pytest.mark.anyio
@pytest.mark.parametrize("stop", [0, 1, 24, 25, 26, 59])
async def test_a_feed_goes_on_behind_its_watermark(stop: int) -> None:
    """Kept behind any person, the watermark gives the rest: nobody lost, nobody told twice."""
    page = Records({i: float(i // 3 + 1) for i in range(60)})
    first = feed(page)
    told = [int((await anext(first)).id) for _ in range(stop)]
    told += await ids(feed(page, first.watermark))
    assert told == list(range(60))


@pytest.mark.anyio
async def test_the_next_look_tells_what_is_new_and_is_late_enough() -> None:
    """Looks are a day apart; who was told is told again by none, even when touched again."""
    page = Records({1: 1.0, 2: 2.0})
    changes = feed(page, every_s=DAY_S)
    assert [int((await anext(changes)).id) for _ in range(2)] == [1, 2]
    page.touched |= {1: 50_000.0, 3: 50_001.0}
    assert int((await anext(changes)).id) == 3
    assert page.at[-1] - page.at[0] == pytest.approx(DAY_S + 1)


@pytest.mark.anyio
async def test_a_record_that_the_index_shows_late_is_told() -> None:
    """Touched before the watermark, and found after it: the look goes back an hour."""
    page = Records({1: 7200.0})
    first = feed(page)
    assert await ids(first) == [1]
    page.touched[2] = 7200.0 - 1800
    assert await ids(feed(page, first.watermark)) == [2]


@pytest.mark.anyio
async def test_the_watermark_forgets_what_is_too_old_to_come_back() -> None:
    """It grows with the moves of the span, not with the life of the feed."""
    page = Records({1: 1.0})
    first = feed(page)
    assert await ids(first) == [1]
    page.touched = {2: 200 * DAY_S}
    page.moved_after = timedelta(days=195)
    second = feed(page, first.watermark)
    assert await ids(second) == [2]
    third = feed(page, second.watermark)
    assert await ids(third) == []
    assert len(third.watermark) < len(second.watermark)


@pytest.mark.anyio
async def test_who_did_not_move_is_passed_over() -> None:
    """A server that ignores the filter makes no news, and the feed still gets ahead."""
    page = Records({i: float(i + 1) for i in range(60)}, moved=False)
    first = feed(page)
    assert await ids(first) == []
    looks = len(page.searches)
    page.touched[99] = 9999.0
    assert await ids(feed(page, first.watermark)) == []
    assert looks == 3


@pytest.mark.anyio
async def test_an_error_loses_nothing() -> None:
    """The page is asked for again, and the feed goes on."""
    page = Records({i: float(i + 1) for i in range(30)})
    changes = feed(page)
    told = [int((await anext(changes)).id) for _ in range(25)]
    page.fails = 2
    for _ in range(2):
        with pytest.raises(ServerError):
            await anext(changes)
    assert told + await ids(changes) == list(range(30))


@pytest.mark.anyio
@pytest.mark.parametrize("after_s", [0.5, 100.0], ids=["in the request", "between looks"])
async def test_cancelling_loses_nothing(after_s: float) -> None:
    """Given up in a request or in the wait for the next look, the feed goes on."""
    page = Records({} if after_s > 1 else {1: 1.0})
    changes = feed(page, every_s=DAY_S)
    with anyio.move_on_after(after_s) as scope:
        await anext(changes)
    assert scope.cancelled_caught
    page.touched[1] = 1.0
    assert int((await anext(changes)).id) == 1
    assert page.at[-1] - page.at[0] == pytest.approx(0.5 if after_s < 1 else DAY_S + 1)


@pytest.mark.anyio
async def test_a_closed_feed_ends() -> None:
    """Whatever is left of the page, and whatever is to come."""
    page = Records({1: 1.0, 2: 2.0})
    changes = feed(page, every_s=DAY_S)
    await anext(changes)
    await changes.aclose()
    assert await ids(changes) == []
    assert len(page.searches) == 1
    assert repr(changes) == "<ChangeFeed of hires>"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"kind": "birthday"}, "kind"),
        ({"every_s": 0}, "every_s"),
        ({"every_s": "daily"}, "every_s"),
        ({"moved_within_days": 0}, "moved_within_days"),
        ({"moved_within_days": 1.5}, "moved_within_days"),
        ({"since": "nonsense"}, "since"),
    ],
)
def test_bad_arguments_are_refused(words: dict[str, Any], field: str) -> None:
    """Before anything is sent, and by name."""
    page = Records({})
    with pytest.raises(InputError) as refused:
        feed(page, **words)
    assert str(refused.value).startswith(f"{field}: ")
    assert page.searches == []

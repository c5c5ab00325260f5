"""Who moved since: which page is asked for, what of it is news, and what is remembered."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadiq import InputError, ServerError
from leadiq._engine import changes
from leadiq._engine.changes import OVERLAP_MS, PAGE, Look, Mark
from leadiq.types import (
    CompanyFilter,
    ContactFilter,
    ContactSortingOption,
    DateRangeFilter,
    FlatSearchInput,
    Person,
)

DAY_MS = 86_400_000
SINCE = datetime(2026, 6, 1, tzinfo=UTC)
SINCE_MS = int(SINCE.timestamp()) * 1000
SEARCH = FlatSearchInput(company_filter=CompanyFilter(domains=["a.example.com"]))
LOOK = Look(SINCE_MS, SINCE_MS - 90 * DAY_MS)


def person(
    number: int, *, updated_ms: int | None = 0, moved_days: float | None = 10, **changed: Any
) -> Person:
    """Someone who moved so many days before `SINCE`, and was touched so long after it."""
    updated = None if updated_ms is None else SINCE + timedelta(milliseconds=updated_ms)
    moved = None if moved_days is None else SINCE - timedelta(days=moved_days)
    fields = {"id": f"PersonID-{number}", "company_id": "c", "title": "CTO"} | changed
    return Person(updated_at=updated, current_position_start_date=moved, **fields)


def test_a_look_begins_before_the_watermark() -> None:
    """What an index shows late is looked at again; moves are taken from the span before it."""
    look = changes.first_look(Mark(SINCE_MS, {}), 90)
    assert look == Look(SINCE_MS - OVERLAP_MS, SINCE_MS - 90 * DAY_MS, 0)
    assert changes.first_look(Mark(0, {}), 90) == Look(0, 0, 0)


def test_a_short_page_is_the_last_one() -> None:
    """Fewer than were asked for are all that there are."""
    assert changes.next_look(LOOK, []) is None
    assert changes.next_look(LOOK, [person(i) for i in range(PAGE - 1)]) is None


def test_the_next_page_begins_at_the_time_of_the_last_record() -> None:
    """By time, whose end counts in both readings of a span, and never by number."""
    page = [person(i, updated_ms=i) for i in range(PAGE)]
    following = changes.next_look(LOOK, page)
    assert following == Look(SINCE_MS + PAGE - 2, LOOK.moved_from_ms, 0)


def test_a_page_of_one_millisecond_is_passed_by_number() -> None:
    """When a whole page has one time, the next one is behind it; without any time too."""
    for updated_ms in (1, None):
        page = [person(i, updated_ms=updated_ms) for i in range(PAGE)]
        following = changes.next_look(LOOK, page)
        assert following == LOOK._replace(skip=PAGE)
        assert changes.next_look(LOOK._replace(skip=PAGE), page) == LOOK._replace(skip=2 * PAGE)


def test_a_page_in_another_order_is_an_error() -> None:
    """Going on by time would lose people then."""
    with pytest.raises(ServerError, match="order"):
        changes.next_look(LOOK, [person(1, updated_ms=5), person(2, updated_ms=4)])


@pytest.mark.parametrize(
    ("kind", "field"), [("hire", "new_hire_from"), ("promotion", "new_promotion_from")]
)
def test_the_search_is_dated_and_in_order(kind: changes.Kind, field: str) -> None:
    """The caller's filters stay; dates, order and page are the feed's."""
    search = SEARCH.model_copy(update={"contact_filter": ContactFilter(titles=["CTO"])})
    asked = changes.request(search, kind, LOOK._replace(skip=25))
    assert asked.company_filter == SEARCH.company_filter
    assert asked.contact_filter is not None
    assert asked.contact_filter.titles == ["CTO"]
    assert asked.contact_filter.updated_at == DateRangeFilter(start=SINCE_MS)
    others = {"new_hire_from": None, "new_promotion_from": None} | {field: LOOK.moved_from_ms}
    assert {name: getattr(asked.contact_filter, name) for name in others} == others
    assert (asked.skip, asked.limit) == (25, PAGE)
    assert asked.sort_contacts_by == [
        ContactSortingOption.UpdatedAtAsc,
        ContactSortingOption.IdAsc,
    ]
    wire = asked.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert wire["contactFilter"]["updatedAt"] == {"start": SINCE_MS}
    assert changes.request(SEARCH, kind, LOOK).contact_filter is not None


def test_a_move_is_news_once() -> None:
    """Touched again, or dated anew, it is no news; another company is."""
    mark, news = changes.take(Mark(SINCE_MS, {}), LOOK, "hire", person(1, updated_ms=5))
    assert news
    assert mark.updated_ms == SINCE_MS + 5
    for again in (person(1, updated_ms=9), person(1, moved_days=8), person(1, title="CEO")):
        mark, news = changes.take(mark, LOOK, "hire", again)
        assert not news
    assert mark.updated_ms == SINCE_MS + 9
    assert changes.take(mark, LOOK, "hire", person(1, company_id="d"))[1]


def test_a_promotion_goes_by_title() -> None:
    """The same company with another title is the next promotion."""
    mark, news = changes.take(Mark(0, {}), LOOK, "promotion", person(1))
    assert news
    assert not changes.take(mark, LOOK, "promotion", person(1))[1]
    assert changes.take(mark, LOOK, "promotion", person(1, title="CEO"))[1]


@pytest.mark.parametrize("moved_days", [None, 100.0])
def test_who_did_not_move_is_no_news(moved_days: float | None) -> None:
    """A server that ignores the filter gives everybody; without a date in the span it's no move."""
    mark, news = changes.take(
        Mark(0, {}), LOOK, "hire", person(1, moved_days=moved_days, updated_ms=None)
    )
    assert not news
    assert mark == Mark(0, {})


def test_a_move_of_the_first_day_is_news() -> None:
    """A filter by whole days may give somebody of the day before: told, and not twice."""
    assert changes.take(Mark(0, {}), LOOK, "hire", person(1, moved_days=90.9))[1]
    mark = Mark(SINCE_MS, {"old": LOOK.moved_from_ms - 3 * DAY_MS, "edge": LOOK.moved_from_ms - 1})
    assert changes.pruned(mark, LOOK).told == {"edge": LOOK.moved_from_ms - 1}


def test_a_watermark_comes_back_as_it_went() -> None:
    """Through text, and holding no id of a person."""
    of = changes.fingerprint(SEARCH, "hire")
    mark, _ = changes.take(Mark(SINCE_MS, {}), LOOK, "hire", person(1))
    text = changes.to_text(mark, of)
    assert changes.begin(text, of) == mark
    assert "PersonID" not in text
    assert "example.com" not in text


def test_a_watermark_of_another_search_is_refused() -> None:
    """Another filter or another kind would silently pass over people."""
    of = changes.fingerprint(SEARCH, "hire")
    text = changes.to_text(Mark(1, {}), of)
    other = FlatSearchInput(company_filter=CompanyFilter(domains=["b.example.com"]))
    for foreign in (changes.fingerprint(other, "hire"), changes.fingerprint(SEARCH, "promotion")):
        with pytest.raises(InputError, match="of another search"):
            changes.begin(text, foreign)


@pytest.mark.parametrize(
    "since",
    [
        "",
        "yesterday",
        "[]",
        json.dumps({"leadiq-changes": 2, "of": "x", "ms": 1, "told": {}}),
        json.dumps({"leadiq-changes": 1, "of": "x", "ms": -1, "told": {}}),
        json.dumps({"leadiq-changes": 1, "of": "x", "ms": True, "told": {}}),
        datetime(2026, 1, 1),  # noqa: DTZ001 - the point
        datetime(1969, 1, 1, tzinfo=UTC),
        5,
        None,
    ],
    ids=str,
)
def test_what_is_no_time_is_refused(since: Any) -> None:
    """A time without a zone, before 1970, or text that is no watermark."""
    with pytest.raises(InputError, match=r"^since: "):
        changes.begin(since, "x")


def test_odd_entries_of_a_watermark_are_dropped() -> None:
    """Whatever stands there, moves have times."""
    text = json.dumps({"leadiq-changes": 1, "of": "x", "ms": 1, "told": {"a": 1, "b": "c"}})
    assert changes.begin(text, "x") == Mark(1, {"a": 1})


@pytest.mark.parametrize(
    ("search", "field"),
    [
        (FlatSearchInput(skip=0), "search.skip"),
        (FlatSearchInput(limit=5), "search.limit"),
        (FlatSearchInput(sort_contacts_by=[]), "search.sort_contacts_by"),
        (FlatSearchInput(after=[]), "search.after"),
        (
            FlatSearchInput(contact_filter=ContactFilter(new_hire_from=0)),
            "search.contact_filter.new_hire_from",
        ),
        (
            FlatSearchInput(contact_filter=ContactFilter(updated_at=DateRangeFilter())),
            "search.contact_filter.updated_at",
        ),
    ],
    ids=["skip", "limit", "sort", "after", "hired", "updated"],
)
def test_a_search_that_cannot_be_watched_is_refused(search: FlatSearchInput, field: str) -> None:
    """Pages and dates are the feed's."""
    with pytest.raises(InputError) as refused:
        changes.check_search(search, everyone=False)
    assert str(refused.value).startswith(f"{field}: ")


@pytest.mark.parametrize(
    "search",
    [
        FlatSearchInput(),
        FlatSearchInput(company_filter=None),
        FlatSearchInput(company_filter=CompanyFilter()),
        FlatSearchInput(contact_filter=ContactFilter(titles=None)),
        FlatSearchInput(contact_excluded_filter=ContactFilter(titles=["CTO"])),
    ],
    ids=["empty", "null", "hollow", "filter of nulls", "who is left out"],
)
def test_the_whole_world_is_not_watched_by_accident(search: FlatSearchInput) -> None:
    """Each look would be at everybody, page after page, and each page is paid for."""
    with pytest.raises(InputError, match="everyone=True") as refused:
        changes.check_search(search, everyone=False)
    assert not refused.value.sent


def test_everyone_can_be_watched_by_an_explicit_word() -> None:
    """Without a filter, but not by accident; with a filter without the word."""
    changes.check_search(FlatSearchInput(), everyone=True)
    changes.check_search(SEARCH, everyone=False)
    changes.check_search(
        FlatSearchInput(contact_filter=ContactFilter(titles=["CTO"])), everyone=False
    )

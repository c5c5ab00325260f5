"""The rules of the books: sums add up, differences are explained, nothing is invented."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from leadiq import Prices, Unlock
from leadiq._core.pricing import DataPoint
from leadiq._jobs.books import Books, reconciliation_of
from leadiq._jobs.entries import Entry, State, Totals
from leadiq._jobs.forecast import Credits
from leadiq._jobs.journal import Journal
from leadiq._jobs.notes import Note
from leadiq._jobs.reconciliation import (
    Gap,
    Line,
    amount,
    counted_in,
    gaps,
)

D = Decimal
NOTHING = Totals({}, D(0), D(0))
MAIL = frozenset({Unlock.WORK_EMAIL})


def entry(charged: str | None = "1", unlock: frozenset[Unlock] = MAIL, **receipt: Any) -> Entry:
    """A lookup that was settled, unless nothing is known of its charge."""
    state = State.SETTLED if charged is not None else State.FORGOTTEN
    return Entry(state, D(11), "id", 200, None, charged and D(charged), receipt, unlock)  # type: ignore[arg-type]


def lines(*entries: Entry) -> dict[str, Line]:
    books = Books(Prices())
    for one in entries:
        books.add(one)
    return {line.point.value: line for line in books.lines()}


def test_each_data_point_has_its_line() -> None:
    """How many lookups asked for it, how many had it, and its credits; a lookup that is not
    settled says nothing, and one of a later stage counts for what it asked for.
    """
    found = entry("1", unlocked=["email", "profile"], amounts={"email": "1"})
    alone = entry("0.1", unlocked=["profile"], amounts={"profile": "0.1"})
    phone = frozenset({Unlock.WORK_PHONE})
    later = entry("10", phone, unlocked=["phone", "profile"], amounts={"phone": "10"})
    told = lines(found, alone, later, entry("0", unlocked=[], amounts={}), entry(None))
    assert told == {
        "profile": Line(DataPoint.PROFILE, 4, 3, D("0.1"), D("0.1"), 0, D(0)),
        "email": Line(DataPoint.EMAIL, 3, 1, D(1), D(1), 0, D(0)),
        "phone": Line(DataPoint.PHONE, 1, 1, D(10), D(10), 0, D(0)),
    }


def test_free_repeats_are_worth_something_and_cost_nothing() -> None:
    """They stand in the line at their price, and are taken off the sum."""
    free = entry("0", unlocked=["email", "profile"], amounts={"email": "1"}, repeated=["email"])
    paid = entry("1", unlocked=["email", "profile"], amounts={"email": "1"})
    books = Books(Prices())
    books.add(free)
    books.add(paid)
    done = books.close(Totals({}, D(1), D(0)), [])
    assert done.lines[1] == Line(DataPoint.EMAIL, 2, 2, D(1), D(2), 1, D(1))
    assert (done.saved, done.forgotten) == (D(1), D(0))
    assert ("free again", "-1", "unlocked by an earlier job") in list(done.sums())


@pytest.mark.parametrize(
    ("points", "charged", "credits_"),
    [
        ([], "0", {}),
        (["profile"], "0.1", {"profile": "0.1"}),
        (["profile", "email"], "1", {"email": "1"}),
        (["profile", "email", "phone"], "11", {"email": "1", "phone": "10"}),
        (["profile", "email", "company"], "7", {"email": "1", "company": "6"}),
        (["profile", "email"], "0.75", {"email": "0.75"}),
    ],
)
def test_what_earlier_versions_kept_is_divided(
    points: list[str], charged: str, credits_: dict[str, str]
) -> None:
    """By the price list; what comes last has the rest, so that the sum is what was charged."""
    told = lines(entry(charged, frozenset(Unlock), unlocked=points))
    found = {name: line.credits for name, line in told.items() if line.credits}
    assert found == {name: D(value) for name, value in credits_.items()}


def test_what_was_forgotten_has_a_line_of_its_own() -> None:
    """Its credits are in the sum, though nobody knows any more what for; and reuse is counted."""
    books = Books(Prices())
    books.add(entry("1", unlocked=["email"], amounts={"email": "1"}))
    books.add(entry("0", unlocked=["email"], amounts={}, source="ledger"))
    done = books.close(Totals({}, D(4), D(2)), [])
    assert (done.forgotten, done.reused) == (D(3), 1)
    assert [line[:2] for line in done.sums()] == [
        ("of answers that were removed", "3"),
        ("by what came back", "4"),
        ("of unknown outcome", "up to 2"),
        ("counted by the account", "not known"),
    ]


def test_all_of_it_is_told() -> None:
    """As a table for people, and as JSON with amounts as strings."""
    books = Books(Prices())
    books.add(entry("1", unlocked=["email", "profile"], amounts={"email": "1"}))
    forecast = Credits(D(1), D(2), D("3.5"), D(1100))
    note = Note(began=1, forecast=forecast, limit=D("1500.0"), used_before=5, used_after=9)
    done = books.close(Totals({}, D("1.10"), D(0)), [note])
    assert list(done.lines_of_text()) == [
        "  data point                    lookups    found   price     credits",
        "  profile                             1        1     0.1           0",
        "  email                               1        1       1           1",
        "  of answers that were removed                                   0.1",
        "  by what came back                                              1.1",
        "  expected before                                           1 to 3.5  at most 1,100",
        "  budget                                                       1,500",
        "  counted by the account                                           4  5 before, 9 after",
        "  difference                                                    +2.9"
        "  others may have used the account meanwhile",
    ]
    told = json.loads(json.dumps(done.to_dict()))
    assert told["data_points"]["email"] == {
        "asked": 1, "found": 1, "price": "1", "credits": "1", "repeated": 0, "saved": "0",
    }  # fmt: skip
    assert (told["account_before"], told["account_counted"], told["charged"]) == (5, 4, "1.10")
    assert told["difference"][0]["credits"] == "2.90"
    assert told["forecast"]["high"] == "3.5"
    assert (told["budget"], told["charged_for_forgotten"]) == ("1500.0", "0.10")


def test_a_job_that_noted_nothing_has_books_too() -> None:
    """Without a forecast, a budget or the account's word, nothing is claimed about them."""
    done = Books(Prices()).close(NOTHING, [])
    assert [line.name for line in done.sums()] == ["by what came back", "counted by the account"]
    told = done.to_dict()
    assert (told["forecast"], told["budget"], told["account_counted"]) == (None, None, None)


@pytest.mark.parametrize(
    ("counts", "counted"),
    [
        ([], None),
        ([(1, 3)], 2),
        ([(None, 3)], None),
        ([(1, None)], None),
        ([(1, 3), (10, 14)], 6),
        ([(1, None), (10, 14)], 13),
        ([(1, None), (None, 14)], None),
        ([(10, 12), (12, 3)], None),
    ],
)
def test_the_accounts_count_is_that_of_the_runs(
    counts: list[tuple[int | None, int | None]], counted: int | None
) -> None:
    """A killed run ends where the next begins; what cannot be told for all runs is not told."""
    notes = [Note(began=n, used_before=a, used_after=b) for n, (a, b) in enumerate(counts)]
    assert counted_in(notes) == counted


@pytest.mark.parametrize(
    ("counted", "charged", "unsure", "looks", "parts"),
    [
        (None, "5", "0 0", 1, []),
        (5, "5", "0 0", 1, []),
        (5, "5.4", "0 0", 1, [("-0.4", "whole")]),
        (6, "5.4", "0 0", 1, [("0.6", "whole")]),
        (6, "4.5", "0 0", 2, [("1.5", "whole")]),
        (2, "5.4", "9 0", 1, [("-3.4", "free")]),
        (9, "5", "0 0", 1, [("4", "others")]),
        (9, "5", "3 0", 1, [("3", "unknown"), ("1", "others")]),
        (9, "5", "4 0", 1, [("4", "unknown")]),
        (9, "5.4", "3 0", 1, [("3", "unknown"), ("0.6", "whole")]),
        (9, "5", "2 1", 1, [("2", "unknown"), ("1", "repeated"), ("1", "others")]),
        (2, "5", "2 1", 1, [("-3", "free")]),
    ],
)
def test_a_difference_is_explained_to_the_last_credit(
    counted: int | None, charged: str, unsure: str, looks: int, parts: list[tuple[str, str]]
) -> None:
    """Less than was expected was free; more is first what nobody knew, then other people."""
    words = {"whole": "whole credits", "free": "free", "others": "others", "unknown": "unknown",
             "repeated": "taken to be free"}  # fmt: skip
    uncertain, saved = map(D, unsure.split())
    found = gaps(counted, D(charged), uncertain, saved, looks)
    assert [gap.credits for gap in found] == [D(part) for part, _ in parts]
    assert all(words[word] in gap.reason for gap, (_, word) in zip(found, parts, strict=True))
    assert counted is None or sum((gap.credits for gap in found), D(0)) == counted - D(charged)
    assert all(isinstance(gap, Gap) for gap in found)


@pytest.mark.parametrize(
    ("credits_", "text"),
    [("0", "0"), ("0.10", "0.1"), ("1E+3", "1,000"), ("-2.50", "-2.5"), ("1234567.0", "1,234,567")],
)
def test_amounts_can_be_read(credits_: str, text: str) -> None:
    """No exponent, no zeros at the end, and thousands apart."""
    assert amount(D(credits_)) == text


@pytest.mark.anyio
async def test_a_journal_has_all_that_is_needed(journal: Journal) -> None:
    """Also while it is written; its replies are not read."""
    await journal.claim(b"1", D(1))
    await journal.sent(b"1", "id")
    await journal.note(1.0, Note(began=1.0, prices=Prices(email=D(2)), limit=D(9)).to_json())
    done = reconciliation_of(journal.path)
    assert (done.lines, done.limit, done.charged) == ((), D(9), D(0))

"""Rules of the account: exact to the edge, atomic, append-only, and without personal data."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from leadiq.sandbox._billing import DataPoint, Item, Tariff
from leadiq.sandbox._errors import Refusal
from leadiq.sandbox._ledger import Book, Ledger
from leadiq.sandbox._settings import SandboxSettings
from leadiq.sandbox._world import World

TARIFF = Tariff.from_settings(SandboxSettings())


def email_of(subject: str, key: str = "searchPeople") -> Item:
    return Item("searchPeople", key, DataPoint.PERSON_EMAIL, subject, True)


def test_the_balance_is_spent_to_the_edge() -> None:
    """A charge of exactly the balance passes, one tenth more is a 402 that charges nothing."""
    ledger = Ledger(Decimal("2.1"), TARIFF)
    assert ledger.charge(None, [email_of("a"), email_of("b")], 0.0) == 2
    with pytest.raises(Refusal) as refused:
        ledger.charge(None, [email_of("c")], 0.0)
    assert refused.value.status == 402
    assert ledger.balance == Decimal("0.1")
    profile = Item("searchPeople", "x", DataPoint.PROFILE, "c", True)
    assert ledger.charge(None, [profile], 0.0) == Decimal("0.1")
    assert ledger.balance == 0
    assert ledger.charge(None, [profile], 0.0) == 0


def test_a_refused_request_unlocks_nothing() -> None:
    """After a 402 the same data still costs its price, and the ledger has no line of it."""
    ledger = Ledger(Decimal("1.5"), TARIFF)
    with pytest.raises(Refusal):
        ledger.charge(None, [email_of("a"), email_of("b")], 0.0)
    assert ledger.book.charges() == []
    assert ledger.charge(None, [email_of("a")], 0.0) == 1


def test_whole_credits_are_rounded_against_the_caller() -> None:
    """The contract's Int balance never shows more than there is."""
    ledger = Ledger(Decimal("10.5"), TARIFF)
    ledger.charge(None, [Item("searchPeople", "x", DataPoint.PROFILE, "a", True)], 0.0)
    assert (ledger.available, ledger.used, ledger.cap) == (10, 1, 10)


def test_a_line_says_what_why_and_for_which_request() -> None:
    """Units of one kind are one line, under the name that the client gave its request."""
    ledger = Ledger(Decimal(100), TARIFF, team="north")
    ledger.charge("Find", [email_of("one"), email_of("two")], 0.0, "r-1")
    ledger.charge("Find", [email_of("one")], 1.0)
    first, second = ledger.book.charges()
    assert (first.request, first.team, first.client_request_id) == (1, "north", "r-1")
    assert (first.operation, first.field, first.subjects) == (
        "Find",
        "searchPeople",
        ("one", "two"),
    )
    assert (first.data_point, first.units, first.credits) == ("PersonEmail", 2, Decimal(2))
    assert (second.request, second.reason) == (2, "unlocked in the past year")
    assert second.client_request_id is None
    ledger.book.charges().clear()
    assert len(ledger.book.charges()) == 2


def test_teams_share_a_book_and_nothing_else() -> None:
    """Each team has its balance and its year of repeats; requests are numbered through."""
    book = Book()
    north, south = (Ledger(Decimal(5), TARIFF, book, team=team) for team in ("north", "south"))
    assert north.charge(None, [email_of("a")], 0.0) == 1
    assert south.charge(None, [email_of("a")], 0.0) == 1
    assert north.balance == south.balance == 4
    assert [(c.request, c.team) for c in book.charges()] == [(1, "north"), (2, "south")]


def test_threads_never_overspend() -> None:
    """Charges from many threads are one after the other."""
    ledger = Ledger(Decimal(100), TARIFF)

    def spend(number: int) -> bool:
        try:
            ledger.charge(None, [email_of(str(number))], 0.0)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        passed = list(pool.map(spend, range(300)))
    assert sum(passed) == 100
    assert ledger.balance == 0
    assert len(ledger.book.charges()) == 100


def test_402_at_the_edge_of_a_request(make: Callable[..., Any], world: World) -> None:
    """A reply that the balance does not cover has no data, and a cheaper one passes after it."""
    sandbox = make(credits=Decimal("3.0"))
    company, person = world.company(3), world.person(3)
    both = (
        "query($c: String, $p: String) { searchCompany(input: {id: $c}) { results { domain } }"
        " searchPeople(input: {id: $p}) { results { id } } }"
    )
    body = sandbox.ask(both, {"c": company.id, "p": person.id})
    assert body["data"] is None
    assert body["errors"][0]["extensions"]["response"]["status"] == 402
    one = "query($c: String) { searchCompany(input: {id: $c}) { results { domain } } }"
    assert sandbox.data(one, {"c": company.id})["searchCompany"]["results"]
    assert sandbox.spent() == ["1 Company 3"]
    plan = sandbox.data("{ account { universalPlan { available used } } }")["account"]
    assert plan == {"universalPlan": {"available": 0, "used": 3}}


def test_the_latest_lines_are_the_newest_first() -> None:
    """As many as are asked for, or as there are."""
    ledger = Ledger(Decimal(100), TARIFF)
    for name in "abcd":
        ledger.charge(None, [email_of(name)], 0.0)
    found = [line.subjects for line in ledger.book.latest(3)]
    assert found == [("d",), ("c",), ("b",)]
    assert ledger.book.latest(9) == ledger.book.charges()[::-1]

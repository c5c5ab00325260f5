"""Prices: the published ones, for every tier, and ranges where nothing is published."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core.pricing import Bill, DataPoint, Prices, Unlock, price
from leadiq._generated import operations

PEOPLE = operations.SEARCH_PEOPLE.bill
COMPANY = operations.SEARCH_COMPANY.bill
TRENDS = operations.SEARCH_COMPANY_TRENDS.bill
PAGE = operations.FLAT_ADVANCED_SEARCH.bill
W_EMAIL, P_EMAIL = Unlock.WORK_EMAIL, Unlock.PERSONAL_EMAIL
W_PHONE, P_PHONE = Unlock.WORK_PHONE, Unlock.PERSONAL_PHONE
FIRM = Unlock.COMPANY


@pytest.mark.parametrize(
    ("bill", "unlock", "most"),
    [
        (PEOPLE, [], "0.1"),
        (PEOPLE, [Unlock.PROFILE], "0.1"),
        (PEOPLE, [W_EMAIL], "1"),
        (PEOPLE, [P_EMAIL], "1"),
        (PEOPLE, [W_EMAIL, P_EMAIL], "1"),
        (PEOPLE, [W_PHONE], "10"),
        (PEOPLE, [P_PHONE], "10"),
        (PEOPLE, [W_PHONE, P_PHONE], "10"),
        (PEOPLE, [W_EMAIL, W_PHONE], "11"),
        (PEOPLE, [P_EMAIL, P_PHONE, W_EMAIL, W_PHONE], "11"),
        (PEOPLE, [FIRM], "3"),
        (PEOPLE, [W_EMAIL, FIRM], "4"),
        (PEOPLE, list(Unlock), "14"),
        (COMPANY, [], "0.1"),
        (COMPANY, [FIRM], "3"),
        (COMPANY, [W_EMAIL], "0.1"),
        (TRENDS, [], "3"),
        (PAGE, [], "1"),
        (PAGE, [FIRM], "4"),
        (operations.GET_ACCOUNT.bill, [], "0"),
        (operations.SEARCH_PEOPLE_PREVIEW.bill, list(Unlock), "0"),
        (operations.CREATE_LIST.bill, [], "0"),
        (operations.START_COMPANY_TRACKING_TASK.bill, [], "Infinity"),
        (operations.REGENERATE.bill, [], "Infinity"),
        (operations.TRACK_CONTACTS.bill, [], "Infinity"),
    ],
)
def test_published_prices(bill: Bill, unlock: list[Unlock], most: str) -> None:
    """A call costs at most what the guide says for its selection, and at least nothing."""
    assert price(bill, unlock) == (Decimal(0), Decimal(most))


def test_each_company_of_a_person_is_charged() -> None:
    """Company information costs for each company: two cost 6, and none costs the profile."""
    assert price(PEOPLE, [FIRM], companies=2).maximum == 6
    assert price(PEOPLE, [FIRM, W_EMAIL], companies=2).maximum == 7
    assert price(PEOPLE, [FIRM], companies=0).maximum == Decimal("0.1")


def test_each_result_is_charged() -> None:
    """A lookup is charged for each result; a page once, and company information for each."""
    assert price(PEOPLE, [W_EMAIL], results=3).maximum == 3
    assert price(PEOPLE, results=25).maximum == Decimal("2.5")
    assert price(PEOPLE, results=0).maximum == 0
    assert price(PAGE, results=25).maximum == 1
    assert price(PAGE, [FIRM], results=25).maximum == 76


def test_an_accounts_prices_win() -> None:
    """The account's price list is taken in place of the published one."""
    prices = Prices(*map(Decimal, ("0.2", "2", "20", "5", "7")))
    assert price(PEOPLE, prices=prices).maximum == Decimal("0.2")
    assert price(PEOPLE, [W_EMAIL, W_PHONE], prices=prices).maximum == 22
    assert price(PEOPLE, [FIRM], prices=prices).maximum == 5
    assert price(PAGE, prices=prices).maximum == 7


@given(st.sets(st.sampled_from(Unlock)), st.sampled_from(Unlock), st.integers(0, 30))
def test_more_is_never_cheaper(unlock: set[Unlock], another: Unlock, results: int) -> None:
    """Unlocking more, or finding more, never costs less; the least is always nothing."""
    less = price(PEOPLE, unlock, results=results)
    more = price(PEOPLE, {*unlock, another}, results=results)
    assert less.minimum == more.minimum == 0
    assert less.maximum <= more.maximum <= price(PEOPLE, Unlock, results=results).maximum
    assert less.maximum <= price(PEOPLE, unlock, results=results + 1).maximum


def test_amounts_are_exact() -> None:
    """Credits are decimals: ten profiles cost 1, not nearly 1."""
    every = chain.from_iterable(combinations(Unlock, size) for size in range(7))
    assert all(isinstance(price(PEOPLE, u).maximum, Decimal) for u in every)
    assert price(PEOPLE, results=10).maximum == 1


@pytest.mark.parametrize(
    ("unlock", "word", "flag", "point"),
    [
        (Unlock.PROFILE, "profile", "profile", DataPoint.PROFILE),
        (W_EMAIL, "work-email", "workEmail", DataPoint.EMAIL),
        (P_EMAIL, "personal-email", "personalEmail", DataPoint.EMAIL),
        (W_PHONE, "work-phone", "workPhone", DataPoint.PHONE),
        (P_PHONE, "personal-phone", "personalPhone", DataPoint.PHONE),
        (FIRM, "company", "company", DataPoint.COMPANY),
    ],
)
def test_words_flags_and_data_points(
    unlock: Unlock, word: str, flag: str, point: DataPoint
) -> None:
    """Each unlock has its word of the command line, its variable, and what is charged for it."""
    assert (unlock.value, unlock.flag, unlock.data_point) == (word, flag, point)
    assert Unlock(word) is unlock


def test_what_is_asked_for_together_is_paid_for_together() -> None:
    """A bill with others beside it costs their sum, whatever `unlock` is an iterator of."""
    both = PEOPLE._replace(plus=(PEOPLE, Bill("free")))
    assert price(both, iter([W_PHONE]), results=2).maximum == 40
    assert price(both._replace(plus=(Bill("unpublished"),))).maximum == Decimal("Infinity")

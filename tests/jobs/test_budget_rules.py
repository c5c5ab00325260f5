"""The rules of a shared budget: amounts, names, days; what is granted is in `test_budget_books`."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq import ConfigurationError
from leadiq._jobs.budget_rules import (
    MOST,
    UNITS,
    Ask,
    Line,
    Shown,
    Terms,
    Verdict,
    beginning_of,
    checked_name,
    credits_,
    day_of,
    decide,
    units,
)

D = Decimal


@given(st.decimals(0, 10**8, places=9))
def test_units_are_never_less_than_the_credits(amount: Decimal) -> None:
    """They are rounded up, by less than one; millionths of a credit are exact."""
    assert amount <= credits_(units(amount)) < amount + D(1) / UNITS
    exact = round(amount, 6)
    assert credits_(units(exact)) == exact


@pytest.mark.parametrize("amount", [D(10) ** 9, D(10) ** 30, D("Infinity")], ids=str)
def test_what_has_no_bound_is_more_than_any_limit(amount: Decimal) -> None:
    """A price that nobody has published is refused, and is no error."""
    assert units(amount) == MOST
    assert isinstance(units(amount), int)


@pytest.mark.parametrize(("amount", "text"), [(0, "0"), (UNITS, "1"), (100 * UNITS, "100")])
def test_credits_are_written_without_exponents(amount: int, text: str) -> None:
    """Whole numbers look whole, and the rest has no zeros at its end."""
    assert str(credits_(amount)) == text
    assert str(credits_(amount + UNITS // 10)) == f"{text}.1"


@pytest.mark.parametrize(
    ("others", "line", "most", "verdict"),
    [
        (Line(), Line(), 10, Verdict.GRANTED),
        (Line(), Line(), 11, Verdict.REFUSED),
        (Line(4, 2), Line(1, 1), 2, Verdict.GRANTED),
        (Line(4, 2), Line(1, 1), 3, Verdict.WAIT),
        (Line(4, 2), Line(1, 1), 5, Verdict.WAIT),
        (Line(4, 2), Line(1, 1), 6, Verdict.REFUSED),
        (Line(10), Line(), 1, Verdict.REFUSED),
        (Line(0, 10), Line(), 10, Verdict.WAIT),
        (Line(), Line(0, 10), 10, Verdict.WAIT),
    ],
)
def test_what_fits_is_granted_and_what_may_fit_waits(
    others: Line, line: Line, most: int, verdict: Verdict
) -> None:
    """At a limit of ten: all that is spent and reserved counts; reservations may come back."""
    ask = Ask("a", line, line._replace(reserved=line.reserved + most), 1)
    assert decide(10, others, ask, 1) is verdict
    assert decide(10, others, ask, 2) is Verdict.STOPPED


def test_what_several_jobs_have_is_added_up() -> None:
    """For people: spent and reserved, each."""
    jobs = {"a": (Line(1, 2), 0.0), "b": (Line(10, 20), 0.0)}
    assert Shown("team", 100, jobs).all == Line(11, 22)
    assert Shown("team", 100, {}).all == Line()


def test_a_job_whose_line_is_as_it_was_only_tells() -> None:
    """Telling is never refused: not above a lowered limit, and not after a stop."""
    line = Line(30, 3)
    assert decide(10, Line(5, 5), Ask("a", line, line, 0), 1) is Verdict.GRANTED


@pytest.mark.parametrize("name", ["t", "key-0a1b 2", "Ünï-codé {1}", "x" * 80], ids=len)
def test_a_name_is_what_people_write(name: str) -> None:
    """Printable text is a name."""
    assert checked_name(name) == name


@pytest.mark.parametrize("name", ["", " a", "a ", "a\nb", "x" * 81], ids=["0", "1", "2", "3", "4"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    """So is nothing, white space around it, control characters, and more than 80."""
    with pytest.raises(
        ConfigurationError, match=r"^a shared budget has a name of 1 to 80 printable"
    ) as refused:
        checked_name(name)
    assert refused.value.sent is False


def test_the_numbers_of_the_verdicts_are_those_of_the_script() -> None:
    """The script in Redis answers in numbers, and a budget is for no day unless it says so."""
    assert [verdict.value for verdict in Verdict] == [0, 1, 2, 3, 4]
    assert [verdict.name for verdict in Verdict][:3] == ["GRANTED", "WAIT", "REFUSED"]
    assert Terms("team", 1).day == ""


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_a_day_begins_at_midnight_utc_everywhere(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The zone of the machine does not matter."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert beginning_of("1970-01-02") == 86_400
        assert day_of(86_399) == "1970-01-01"
    finally:
        monkeypatch.undo()
        time.tzset()


@given(st.integers(0, 4_000_000_000))
def test_a_day_is_that_of_utc(now: int) -> None:
    """It begins at midnight UTC, wherever this runs, and has 86,400 seconds."""
    day = day_of(now)
    assert 0 <= now - beginning_of(day) < 86_400
    assert day_of(beginning_of(day)) == day

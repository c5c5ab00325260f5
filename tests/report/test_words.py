"""The rules of the words: they can be read, and do not round a part to nothing or to all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leadiq._report.words import clock, credits_, day, many, share, short, span


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, "-"), (0, 9, "0 %"), (1, 3, "33 %"), (9, 9, "100 %"), (1, 999, "under 1 %"),
     (998, 999, "over 99 %")],
)  # fmt: skip
def test_shares(part: int, whole: int, text: str) -> None:
    """Only nothing is 0 %, only all is 100 %; the number stays with its sign."""
    assert share(part, whole).replace("\u00a0%", " %") == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (0.2, "under a second"), (59.4, "59 s"), (60, "1 min"), (61, "1 min 1 s"),
     (3600, "1 h"), (3661, "1 h 1 min"), (86_400, "1 d"), (90_000, "1 d 1 h"),
     (1234 * 86_400, "1,234 d")],
)  # fmt: skip
def test_spans(seconds: float, text: str) -> None:
    """In the two largest units."""
    assert span(seconds) == text


def test_counts_and_moments() -> None:
    """One is one; moments are UTC."""
    assert (many(1, "run"), many(2000, "run"), many(2, "person", "people")) == (
        "1 run",
        "2,000 runs",
        "2 people",
    )
    assert (credits_(Decimal("1.0")), credits_(Decimal("0.50"))) == ("1 credit", "0.5 credits")
    assert day(1_767_323_045) == "2 Jan 2026 03:04"
    assert clock(1_767_323_045, with_day=True) == "2 Jan 03:04"
    assert clock(1_767_323_045, with_day=False) == "03:04:05"


def test_long_names_are_shortened() -> None:
    """Their beginning and their end stay."""
    assert short("leads.csv") == "leads.csv"
    assert short("a" * 100 + ".csv") == "a" * 32 + "…" + "a" * 12 + ".csv"

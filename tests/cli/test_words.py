"""The rules of what options say: forgiving about spelling, strict about sense."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.cli._problems import Problem
from leadiq.cli._words import choices, given, moment, size
from leadiq.types import Seniority

if TYPE_CHECKING:
    from collections.abc import Callable


def test_values_are_taken_in_any_spelling() -> None:
    """Case and hyphens don't matter, and commas separate."""
    assert choices("--x", ["vp, senior-individual-contributor", "OTHER"], Seniority) == [
        Seniority.VP,
        Seniority.SeniorIndividualContributor,
        Seniority.Other,
    ]
    assert choices("--x", None, Seniority) is None


@pytest.mark.parametrize(
    ("word", "members"),
    [
        ("50-200", {"min": 50, "max": 200}),
        ("1000+", {"min": 1000}),
        (" 7 ", {"min": 7, "max": 7}),
    ],
)
def test_a_size_is_a_range(word: str, members: dict[str, int]) -> None:
    """Sizes have two ends, or one, or are a number."""
    assert size("--size", word) == members


def test_times() -> None:
    """A day begins at midnight UTC; a time has its zone."""
    assert moment("--x", None) is None
    assert moment("--x", "2026-01-31") == datetime(2026, 1, 31, tzinfo=UTC)
    assert moment("--x", "2026-01-31T12:00:00+01:00") == datetime(2026, 1, 31, 11, tzinfo=UTC)


def test_words_are_trimmed() -> None:
    """Blanks around a word don't count."""
    assert given("--x", [" a "]) == ["a"]
    assert given("--x", None) is None


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: given("--x", ["a", " "]), "--x is empty"),
        (lambda: choices("--x", ["boss"], Seniority), "--x: choose from Director, "),
        (lambda: size("--x", "few"), "--x takes a range"),
        (lambda: size("--x", "9-8"), "--x begins above its end"),
        (lambda: moment("--x", "yesterday"), "--x takes a day"),
        (lambda: moment("--x", "2026-01-31T12"), "--x has no zone"),
    ],
)
def test_what_makes_no_sense_names_the_option(call: Callable[[], Any], says: str) -> None:
    """Each refusal begins with the option."""
    with pytest.raises(Problem, match=says):
        call()

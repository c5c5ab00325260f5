"""The rules of terms: what a run is to do is checked before anything is sent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from leadiq import Budget, ConfigurationError, InputError, Stage, Unlock
from leadiq._jobs.terms import Terms, checked_batch, terms_of

DEFAULTS: dict[str, Any] = {
    "unlock": (),
    "budget": None,
    "stages": (),
    "first": None,
    "batch": "auto",
    "concurrency": 8,
    "repeat_unknown": False,
    "reuse_days": 0,
}


def terms(**given: Any) -> Terms[Any]:
    return terms_of(**{**DEFAULTS, **given})


def test_everything_that_may_be_unlocked() -> None:
    """The stages' data points are among it."""
    made = terms(unlock="work-email", stages=[Stage("company")], budget=5)
    assert (made.unlock, made.unlocked) == (
        frozenset({Unlock.WORK_EMAIL}),
        frozenset({Unlock.WORK_EMAIL, Unlock.COMPANY}),
    )


@pytest.mark.parametrize(
    ("given", "limit"),
    [(5, 5), (Decimal("0.5"), Decimal("0.5")), ("unlimited", None), (None, None)],
)
def test_a_budget_in_any_form(given: Any, limit: Decimal | None) -> None:
    """A number, a word, or a budget of one's own; the profile alone needs none."""
    assert terms(budget=given).budget.limit == limit
    own = Budget(7)
    assert terms(budget=own).budget is own


def test_a_budget_that_is_none_is_refused() -> None:
    """So is a missing one where it is needed."""
    with pytest.raises(ConfigurationError):
        terms(budget=-1)
    with pytest.raises(InputError, match="budget is missing"):
        terms(unlock="company")


@pytest.mark.parametrize("given", [0, 26, True, "all", 2.5, None])
def test_a_batch_has_a_size(given: Any) -> None:
    """From 1 to 25, or `auto`."""
    with pytest.raises(InputError, match="batch takes 1 to 25, or auto"):
        checked_batch(given)
    assert [checked_batch(one) for one in (1, 25, "auto")] == [1, 25, "auto"]


def test_first_is_a_function_or_a_name() -> None:
    """A name is a member's, also of the input only."""

    def score(row: Any) -> float:
        return float(row)

    assert terms(first=score).first is score
    ranked = terms(first="-input.Score").first
    assert ranked
    assert ranked({"score": "3"}) == -3


def test_days_become_seconds() -> None:
    """How old an answer may be is told in days."""
    assert terms(reuse_days=2).reuse_s == 172_800
    with pytest.raises(InputError, match="reuse_days has to be 0 or more"):
        terms(reuse_days=float("nan"))

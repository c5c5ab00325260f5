"""The rules of stages: what they unlock is new, and their words mean the columns of the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

import records
from leadiq import InputError, Unlock
from leadiq._engine.stages import Stage, check_stages, unlocks
from leadiq._engine.words import result_of

ANN = records.person(currentPositions=[records.position(title="VP of Sales")])


@dataclass
class Scored:
    score: int
    title: str = "Clerk"


def test_a_stage_in_words() -> None:
    """What to unlock, and perhaps a condition; it is written as it is read."""
    stage = Stage.parse("work-phone, personal-phone IF title contains VP")
    assert stage.unlock == {Unlock.WORK_PHONE, Unlock.PERSONAL_PHONE}
    assert str(stage) == "personal-phone,work-phone if title contains VP"
    assert Stage.parse(str(stage)) == stage
    assert str(Stage.parse("company")) == "company"
    assert Stage("company") == Stage([Unlock.COMPANY]) == Stage(Unlock.COMPANY, None)


@pytest.mark.parametrize(
    ("condition", "row", "holds"),
    [
        ("title contains vp", {}, True),
        ("leadiq_title contains vp", {"title": "Clerk"}, True),
        ("input.title contains vp", {"title": "Clerk"}, False),
        ("score > 80", {"Score": 81}, True),
        ("score > 80", Scored(80), False),
        ("input.score = 80", Scored(80), True),
        ("no_such is empty", {"score": None}, True),
        ("score is empty", {"score": None}, True),
        ("First name = Ann", {}, True),
        ("work_email is empty and company = 'Example Inc'", object(), True),
    ],
)
def test_words_mean_columns(condition: str, row: Any, holds: bool) -> None:
    """A result's column goes before one of the row; names are taken whatever their case."""
    stage = Stage("work-phone", when=condition)
    assert stage.when
    assert stage.when(ANN, row) is holds


def test_a_column_of_the_result_is_told_from_one_of_the_input() -> None:
    """`leadiq_` and `input.` leave no doubt."""
    assert result_of("leadiq_Title") == result_of("title") == "title"
    assert result_of("input.title") is None
    assert result_of("score") is None


@pytest.mark.parametrize("unlock", ["", "profile", [], "phone", [7], 7])
def test_a_stage_that_unlocks_nothing_is_refused(unlock: Any) -> None:
    """So is one that unlocks what there is not."""
    with pytest.raises(InputError, match=r"unlock") as refused:
        Stage(unlock)
    assert not refused.value.sent


def test_unlocks_are_taken_in_any_form() -> None:
    """A word, words with commas, or a collection; the profile is always there."""
    both = {Unlock.WORK_EMAIL, Unlock.COMPANY}
    assert unlocks("work-email, Company") == unlocks(["work-email", Unlock.COMPANY]) == both
    assert unlocks("profile") == unlocks(()) == unlocks([Unlock.PROFILE]) == frozenset()


def test_a_stage_asks_for_something_new() -> None:
    """What everybody was asked for is not asked again; two conditions may choose the same."""
    vp, us = Stage("work-phone", "title contains VP"), Stage("work-phone", "country = US")
    check_stages(frozenset({Unlock.WORK_EMAIL}), [vp, us])
    for stages in ([Stage("work-email")], [Stage("work-phone"), vp]):
        with pytest.raises(InputError, match=r"unlocks work-.*, which was asked before"):
            check_stages(frozenset({Unlock.WORK_EMAIL}), stages)

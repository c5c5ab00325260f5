"""The list of everything that is measured."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from benchmarks.__main__ import ALL, ALONE
from benchmarks.goals import GOALS, figure, missing
from benchmarks.reasons import LIMITED_BY


def test_every_goal_belongs_to_a_part_that_exists() -> None:
    """A goal that no part measures would never be told."""
    assert {goal.part for goal in GOALS.values()} <= {*ALL, *ALONE}
    assert all(find_spec(f"benchmarks.{part}") for part in (*ALL, *ALONE))


def test_goals_are_told_apart_by_what_they_say() -> None:
    """Two lines of one table never read alike."""
    assert len({goal.what for goal in GOALS.values()}) == len(GOALS)


def test_what_a_part_did_not_measure_fails_with_the_kind_of_its_error() -> None:
    """A part that breaks off leaves no goal out of the table."""
    told = [figure("render", [0.3])]
    failed = missing("conduct", told, "OSError")
    assert [one.goal for one in failed] == [
        goal for key, goal in GOALS.items() if goal.part == "conduct" and key != "render"
    ]
    assert {one.failed for one in failed} == {"OSError"}


def test_only_what_can_be_missed_has_a_reason() -> None:
    """A reason of a goal without a bound would never be told."""
    bounded = {key for key, goal in GOALS.items() if (goal.least, goal.most) != (None, None)}
    assert LIMITED_BY.keys() <= bounded


def test_every_comparison_of_callers_is_a_goal() -> None:
    """What is compared has a line in the table."""
    turns = import_module("benchmarks.turns")
    assert {key for key, *_ in turns.GOALS} <= GOALS.keys()

"""Figures, their goals and their arithmetic."""

from __future__ import annotations

import math

import pytest
from benchmarks.figures import Figure, Goal, Sheet, exponent, markdown, number, of


def test_a_figure_is_the_median_of_its_rounds_with_the_least_and_the_greatest() -> None:
    """One slow round does not move a figure, and is seen in its spread."""
    figure = Figure(Goal("speed", "calls", "x"), (3.0, 0.5, 3.2, 2.9, 3.1))
    assert figure.median == 3.0
    assert figure.spread == (0.5, 3.2)


@pytest.mark.parametrize(
    ("least", "most", "value", "reached"),
    [
        (3.0, None, 3.0, True),
        (3.0, None, 2.99, False),
        (None, 12.0, 12.0, True),
        (None, 12.0, 12.01, False),
        (None, None, 0.0, True),
    ],
)
def test_a_goal_is_reached_on_the_bound_itself(
    least: float | None, most: float | None, value: float, reached: bool
) -> None:
    """A bound belongs to what reaches it; a figure without one is only told."""
    assert Figure(Goal("it", "part", "x", least, most), (value,)).reached is reached


def test_a_figure_that_failed_or_was_not_measured_is_not_reached() -> None:
    """A failure is never a figure that is reached, even if some rounds went well."""
    goal = Goal("it", "part", "x")
    assert not Figure(goal, (1.0,), failed="PoolTimeout").reached
    assert not Figure(goal).reached
    assert math.isnan(Figure(goal).median)
    assert all(map(math.isnan, Figure(goal).spread))


@pytest.mark.parametrize(
    ("goal", "text"),
    [
        (Goal("it", "part", "x", least=5.5), "at least 5.50 x"),
        (Goal("it", "part", "MB", most=10.0), "at most 10 MB"),
        (Goal("it", "part", "x"), "–"),
    ],
)
def test_a_goal_says_its_bound_and_unit(goal: Goal, text: str) -> None:
    """A table tells a goal in words."""
    assert str(goal) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.85, "0.85"), (0.985, "0.985"), (5.5, "5.50"), (12.34, "12.3"), (1234, "1,234")],
)
def test_numbers_have_about_three_digits(value: float, text: str) -> None:
    """Three digits tell enough, and a large number has commas."""
    assert number(value) == text


@pytest.mark.parametrize("power", [0.0, 1.0, 0.5])
def test_the_exponent_of_a_cost_is_the_power_that_it_grows_with(power: float) -> None:
    """A constant cost has 0, and one that doubles with the count has 1."""
    costs = {count: 7.0 * count**power for count in (16, 128, 512, 2000)}
    assert exponent(costs) == pytest.approx(power)


def test_values_come_as_median_least_and_greatest() -> None:
    """The three that a table and a bar show."""
    assert of([3.0, 1.0, 2.0]) == (2.0, 1.0, 3.0)


def test_a_table_is_markdown() -> None:
    """Columns, a rule, and a line for each row."""
    text = "| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert markdown(("a", "b"), [("1", "2")]) == text
    assert Sheet("T", ("a", "b"), (("1", "2"),)).markdown() == text

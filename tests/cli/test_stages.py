"""The rules of --then and --first: columns that are not there are refused, and nothing is sent."""

from __future__ import annotations

import pytest

import records
from leadiq import Unlock
from leadiq._files.records import Record
from leadiq.cli._problems import Problem
from leadiq.cli._stages import rank_of, stages_of

HEADER = ["E-Mail", "Lead Score", "title"]
ROW = Record(2, ["a@example.com", "81", "Boss"])
EMAIL = frozenset({Unlock.WORK_EMAIL})


def test_conditions_read_the_row() -> None:
    """A column of IN by its name, whatever its case and blanks; the result's title is another."""
    stages = stages_of(
        ["work-phone if lead_score > 80 and title = Clerk", "company if input.title = Boss"],
        HEADER,
        EMAIL,
    )
    assert [stage.when and stage.when(records.person(), ROW) for stage in stages] == [True, True]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("work-phone if scor > 80", "there is no column 'scor' for --then"),
        ("work-phone if input.city is empty", "there is no column 'input.city' for --then"),
        ("work-phone if title", "--then: the condition cannot be read at character 6"),
        ("phone", "--then: unlock takes"),
        ("work-email", "--then: the stage 'work-email' unlocks work-email"),
    ],
)
def test_what_cannot_be_is_a_problem(text: str, why: str) -> None:
    """The sentence names what is wrong."""
    with pytest.raises(Problem) as refused:
        stages_of([text], HEADER, EMAIL)
    assert why in str(refused.value)


def test_the_order_is_a_column() -> None:
    """With `-` before it the lowest come first; no column, no order."""
    first, last = rank_of("Lead Score", HEADER), rank_of("-lead-score", HEADER)
    assert first
    assert last
    assert (first(ROW), last(ROW)) == (81, -81)
    assert rank_of(None, HEADER) is None
    with pytest.raises(Problem, match="there is no column 'scor' for --first"):
        rank_of("scor", HEADER)

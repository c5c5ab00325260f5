"""The list of the argued, against what survived."""

from __future__ import annotations

from pathlib import Path

import pytest

from .argued import FIELDS, Verdict, judge, read, row, strays
from .modules import MODULES
from .source import Name
from .trial import TESTS

ONE = Name("m", "f", "a < 1", "a <= 1", 1)
OTHER = Name("m", "", "a = '\\t|\"'", "a = ''", 2)
ELSEWHERE = Name("n", "f", "a", "b", 1)
LIST = TESTS.parent / "docs" / "mutants.tsv"


def written(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["\t".join(FIELDS), *rows]) + "\n", encoding="utf-8")
    return path


def test_a_line_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Whatever signs the code has."""
    path = written(tmp_path / "list", row(ONE, "why"), row(OTHER, "why not"))
    assert read(path) == {ONE: "why", OTHER: "why not"}


@pytest.mark.parametrize("rows", [[row(ONE, "")], [row(ONE, "why"), row(ONE, "because")]])
def test_every_mutant_has_one_argument(tmp_path: Path, rows: list[str]) -> None:
    """None is none, and two are one too many."""
    with pytest.raises(ValueError, match="no argument, or a second one"):
        read(written(tmp_path / "list", *rows))


def test_what_survives_without_an_argument_is_told() -> None:
    """And so is an argument for what does not survive; other modules are not judged."""
    argued = [ONE, ELSEWHERE]
    assert judge(argued, "m", [ONE]) == Verdict([], [])
    assert judge(argued, "m", [OTHER]) == Verdict([OTHER], [ONE])


def test_an_argument_for_a_module_that_is_not_tried_is_told() -> None:
    """It would stay on the list for ever."""
    assert strays([ONE, ELSEWHERE], {"m"}) == [ELSEWHERE]


def test_the_list_is_of_modules_that_are_tried_and_in_their_order() -> None:
    """So that it can be read beside the table that is printed."""
    modules = list(MODULES)
    listed = [modules.index(name.module) for name in read(LIST)]
    assert listed == sorted(listed)


def test_every_test_that_holds_a_rule_is_there() -> None:
    """A file that was renamed would hold nothing."""
    assert not [f for files in MODULES.values() for f in files if not (TESTS / f).is_file()]

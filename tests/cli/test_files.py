"""The rules of files as arguments: - is one, a misspelt option is none, and faults are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from leadiq._files.opening import open_sink, open_source
from leadiq._files.problems import OutputError
from leadiq._files.survey import Survey
from leadiq.cli._files import a_file, columns_of, sound, surveyed, tell, told
from leadiq.cli._problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from leadiq._files.sinks import Sink


@pytest.mark.parametrize("word", ["--nope", "-n"])
def test_a_misspelt_option_is_no_file(leadiq: Callable[..., Any], word: str) -> None:
    """It is told as what it is."""
    ran = leadiq("plan", word)
    assert ran.code == 2
    assert f"Unknown option {word}" in ran.err


@pytest.mark.parametrize("word", ["-", "leads.csv", "no-option.csv"])
def test_files_are_taken(word: str) -> None:
    """Standard input and output too."""
    (validator,) = a_file("IN").validator
    validator(str, word)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a row that can't be read."""
    path = tmp_path / "in.csv"
    path.write_text("email,x\nx@example.com,1\nonly\n")
    return path


@pytest.mark.parametrize(
    ("header", "given", "says"),
    [("a,b\n", [], "no column identifies"), ("email\n", ["email=x"], "no column 'x' for --map")],
)
def test_columns_are_refused_with_the_file(
    path: Path, header: str, given: list[str], says: str
) -> None:
    """Which file it is stands before what is wrong with its header."""
    path.write_text(header)
    with open_source(str(path)) as source, pytest.raises(Problem, match=says) as refused:
        columns_of(source, given)
    assert str(refused.value).startswith(f"{path}: ")
    assert refused.value.exit_code == 2


def test_where_all_rows_have_to_be_sound_a_bad_one_is_a_problem(path: Path) -> None:
    """It is told by file and line, after the rows before it."""
    with open_source(str(path)) as source:
        rows = sound(source)
        assert next(rows).line == 2
        with pytest.raises(Problem, match=rf"^{path}, line 3: 1 cell where the header has 2"):
            next(rows)


def test_rows_that_cannot_be_read_are_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for the file; none if there is nothing to tell."""
    tell(Survey())
    with open_source(str(path)) as source:
        assert surveyed(source).rows == 2
    assert capsys.readouterr().err == (
        "leadiq: 1 row cannot be read and will not be looked up: line 3: 1 cell where the header "
        "has 2; the first without a cell is column 'x'\n"
    )


@pytest.mark.parametrize("error", [None, KeyError(), OutputError("it is kept in x")])
def test_where_paid_rows_are_is_told_once(
    path: Path, capsys: pytest.CaptureFixture[str], error: Exception | None
) -> None:
    """By the error that names the place, else by a line; without anything dear by none."""

    def use(sink: Sink, *, precious: bool) -> None:
        with told(sink):
            sink.precious = precious
            if error:
                raise error

    for precious in (False, True):
        with open_source(str(path)) as source:
            sink = open_sink(str(path.with_name("out.csv")), source, [], force=False)
        if error:
            with pytest.raises(type(error)):
                use(sink, precious=precious)
        else:
            use(sink, precious=precious)
    says = f"leadiq: what was paid for is kept in {sink.kept}\n"
    assert capsys.readouterr().err == ("" if isinstance(error, OutputError) else says)
    assert sink.kept is not None

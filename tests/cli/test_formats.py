"""The rules of listings on standard output: rows as they come, in four formats, none harmful."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.cli._formats import Sheet, rows
from leadiq.cli._problems import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

SHEET: Sheet[Sequence[object]] = Sheet(
    ("id", "the_name"), lambda item: item, ("the_name",), lambda item: {"name": item[1]}
)
ITEMS = [("1", "=Ann\x1b"), (None, ["a", "b\rc"])]


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def written(chosen: str | None, items: Sequence[Sequence[object]] = ITEMS) -> None:
    """Write these items in two goes."""
    with rows(SHEET, chosen) as out:
        out.write(items[:1])
        out.write(items[1:])


def test_csv_is_what_a_pipe_gets(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal it is CSV, with a header, and no cell that a spreadsheet would run."""
    written(None)
    assert capsys.readouterr().out == 'id,the_name\n1,\'=Ann\x1b\n,"a; b\rc"\n'


def test_a_terminal_gets_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal there is a table of what fits, and nothing that the terminal would obey."""
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "60")
    written(None)
    assert [line.split() for line in terminal.getvalue().splitlines()] == [
        ["the", "name"],
        ["=Ann\ufffd"],
        ["a;", "b\ufffdc"],
    ]


def test_a_wide_terminal_shows_ids(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From 140 columns on there is room for the id."""
    monkeypatch.setenv("COLUMNS", "140")
    written("table", [("PersonID-1", "Ann")])
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["the", "name", "id"],
        ["Ann", "PersonID-1"],
    ]


def test_json_lines_have_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON lines are objects in LeadIQ's own words."""
    written("jsonl")
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [{"name": "=Ann\x1b"}, {"name": ["a", "b\rc"]}]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_json_is_one_array(capsys: pytest.CaptureFixture[str], count: int) -> None:
    """JSON is valid for any number of items."""
    written("json", ITEMS[:count])
    assert len(json.loads(capsys.readouterr().out)) == count


def cut_short(count: int) -> None:
    """Write so many items, and be interrupted."""
    with rows(SHEET, "json") as out:
        if count:
            out.write(ITEMS[:count])
        raise KeyboardInterrupt


def test_json_that_is_cut_short_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    """An interruption ends the array; before any row nothing is written."""
    with pytest.raises(KeyboardInterrupt):
        cut_short(1)
    assert len(json.loads(capsys.readouterr().out)) == 1
    with pytest.raises(KeyboardInterrupt):
        cut_short(0)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("error", "raised"), [(OSError(28, "No space"), Trouble), (BrokenPipeError(), BrokenPipeError)]
)
def test_an_output_that_takes_no_more(
    monkeypatch: pytest.MonkeyPatch, error: OSError, raised: type[Exception]
) -> None:
    """A full disk is told in a sentence; a reader that has gone is left to the command line."""

    def fail(_: Any) -> None:
        raise error

    monkeypatch.setattr(sys.stdout, "write", fail)
    with pytest.raises(raised) as failed:
        written("csv")
    assert raised is BrokenPipeError or str(failed.value).endswith("No space")

"""The rules of progress: it is for people at a terminal, and never on stdout."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal

import pytest

from leadiq._engine.enrich import Status
from leadiq._jobs.budget import Budget
from leadiq.cli._progress import progress, progress_text
from leadiq.cli._summary import Tally


def tally() -> Tally:
    """Return some numbers."""
    statuses = Counter({Status.FOUND: 1200, Status.INVALID: 1})
    return Tally((), statuses=statuses)


def test_nothing_is_shown_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe or a log there is no progress."""
    with progress(10, tally(), Budget(None), lambda: 5) as show:
        show()
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows done of all, rate, found and credits are on stderr, and nothing on stdout."""
    screen = _Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with progress(4000, tally(), Budget(None), lambda: 60) as show:
        show()
    assert "1201/4000" in screen.getvalue()
    assert "1,200 found" in screen.getvalue()
    assert capsys.readouterr().out == ""


def test_the_words_beside_the_bar() -> None:
    """Rate, people and credits against the budget, in figures that can be read."""
    spent = Decimal("12.00")
    words = progress_text(tally(), Budget(None, spent=spent), 59.7)
    assert words == "60 requests/min · 1,200 found · about 12 credits"
    words = progress_text(tally(), Budget(2000, spent=spent), 59.7)
    assert words == "60 requests/min · 1,200 found · about 12 of 2,000 credits"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

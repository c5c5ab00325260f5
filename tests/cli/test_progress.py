"""The rules of progress: it is told while something goes on, on stderr alone, and names nobody."""

from __future__ import annotations

import io
from decimal import Decimal

import anyio
import pytest

from leadiq.cli import _progress
from leadiq.cli._pace import Pace
from leadiq.cli._progress import State, left, shown, words
from virtual_time import anyio_backend  # noqa: F401 - makes this module's tests virtual

FAR = State(1201, 4000, 1200, Decimal("12.00"), Decimal("2000.0"), 1180, 60)


def pace() -> Pace:
    """Ten requests and rows in ten seconds."""
    seen = Pace()
    seen.see(0.0, 1191, 1170)
    seen.see(10.0, 1201, 1180)
    return seen


def test_the_words_say_how_fast_and_how_far() -> None:
    """The rate against the quota, people, credits against the budget, and what it waits for."""
    said = "60 of 60 requests/min · 1,200 found · about 12 of 2,000 credits"
    assert words(FAR, pace()) == said
    unlimited = FAR._replace(limit=None)
    assert words(unlimited, pace()).endswith(" · about 12 credits")
    slowed = FAR._replace(limited=3, retries=1004, waiting=1, closed_for_s=41.6)
    assert words(slowed, pace()) == (
        f"{said} · 3 refused by the rate limit (429) · 1,004 sent again"
        " · waiting 42 s for the rate limit"
    )
    assert words(FAR._replace(waiting=7), pace()) == f"{said} · 7 waiting for their turn"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (0.4, "about 0 s left"), (59, "about 59 s left"), (61, "about 1 min left"),
     (3599, "about 1 h 0 min left"), (90_000, "about 25 h 0 min left")],
)  # fmt: skip
def test_the_time_left_is_rough(seconds: float | None, text: str) -> None:
    """To the second below a minute, else to the minute; nothing where nobody can tell."""
    assert left(seconds) == text


@pytest.mark.anyio
async def test_a_pipe_gets_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    """None in the first minute, so that a short job says nothing."""
    seconds = iter(range(0, 6000, 60))
    async with shown(lambda: FAR._replace(done=1000 + next(seconds))):
        await anyio.sleep(150)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "leadiq: 1,060 of 4,000 rows · 0 of 60 requests/min · 1,200 found · about 12 of 2,000"
        " credits · about 49 min left",
        "leadiq: 1,120 of 4,000 rows · 0 of 60 requests/min · 1,200 found · about 12 of 2,000"
        " credits · about 48 min left",
    ]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.anyio
async def test_a_terminal_sees_two_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bar with rows and the time left, and the words below it; nothing on stdout."""
    screen, looked = _Terminal(), anyio.Event()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")

    def look() -> State:
        looked.set()
        return FAR

    async with shown(look):
        await looked.wait()
    assert "1,201 of 4,000 rows" in screen.getvalue()
    assert "0 of 60 requests/min · 1,200 found · about 12 of 2,000 credits" in screen.getvalue()
    assert capsys.readouterr().out == ""


@pytest.mark.anyio
async def test_what_fails_comes_out_as_it_is() -> None:
    """Showing is over then, and does not wrap it."""
    with pytest.raises(ZeroDivisionError):
        async with shown(lambda: FAR):
            raise ZeroDivisionError
    assert _progress._LINE_S == 60

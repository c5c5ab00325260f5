"""The rules of the standard streams: every name can be written, closed or not."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from leadiq.cli import _streams, main


class Terminal(io.TextIOWrapper):
    """What a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("kind", "written"),
    [(io.TextIOWrapper, "Łukasz".encode()), (Terminal, b"\\u0141ukasz")],
    ids=["pipe", "terminal"],
)
def test_every_name_can_be_written(
    monkeypatch: pytest.MonkeyPatch, kind: type[io.TextIOWrapper], written: bytes
) -> None:
    """A pipe and a file get UTF-8 in any locale; a terminal is shown what it can show."""
    bytes_ = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", kind(bytes_, encoding="ascii"))
    _streams.make_ready()
    print("Łukasz", end="", flush=True)
    assert bytes_.getvalue() == written


def test_what_is_no_file_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever put another object into the place of standard output knows why."""
    other = io.StringIO()
    monkeypatch.setattr(sys, "stdout", other)
    _streams.make_ready()
    assert sys.stdout is other


@pytest.mark.filterwarnings("ignore:Cyclopts application invoked without tokens")
def test_streams_that_are_closed_keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to the one never goes to the other instead."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    monkeypatch.setattr(sys, "argv", ["leadiq", "--version"])
    assert main() == 0
    with sys.stdout as out, sys.stderr as err:
        assert (out.name, err.name) == (os.devnull, os.devnull)


@pytest.mark.parametrize(
    ("words", "code", "shown"),
    [("--version >&-", 0, ""), ("account 2>&-", 2, ""), ("account >&-", 2, "no API key")],
)
def test_a_shell_may_close_them(words: str, code: int, shown: str) -> None:
    """The command does what it does, and its problems stay on standard error."""
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m leadiq {words}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (code, "")
    assert shown in ran.stderr
    assert bool(shown) == bool(ran.stderr)

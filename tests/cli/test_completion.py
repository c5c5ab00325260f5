"""The rules of `leadiq completion`: in real shells, at the key Tab, what is meant is completed."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Leadiq = Callable[..., Any]
PATIENCE_S = 20.0
KILL_LINE = "\x15"
# A command, one below another, an option, a choice, a file, a file of an option.
TYPED = [
    ("leadiq enr", "leadiq enrich "),
    ("leadiq track comp", "leadiq track companies "),
    ("leadiq enrich --unl", "leadiq enrich --unlock "),
    ("leadiq person --unlock work-e", "leadiq person --unlock work-email"),
    ("leadiq enrich lea", "leadiq enrich leads.csv"),
    ("leadiq enrich leads.csv out.csv --receipts lea", "--receipts leads.csv"),
]


class Terminal:
    """A shell at a terminal of its own."""

    def __init__(self, reading: int) -> None:
        self._end = reading
        self._seen = ""

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def wait_for(self, text: str) -> None:
        """Read until a text has been shown; what came before it is forgotten."""
        until = time.monotonic() + PATIENCE_S
        while text not in self._seen:
            ready, _, _ = select.select([self._end], [], [], until - time.monotonic())
            assert ready, f"not shown: {text!r}, but {self._seen[-500:]!r}"
            self._seen += os.read(self._end, 4096).decode(errors="replace")
        self._seen = self._seen.partition(text)[2]

    def try_all(self) -> None:
        """Type the beginning of each line and the key Tab."""
        for typed, shown in TYPED:
            self.type(f"{typed}\t")
            self.wait_for(shown)
            self.type(KILL_LINE)


@contextmanager
def shell(name: str, *words: str, at: Path) -> Iterator[Terminal]:
    """Run a shell, without the settings of whoever runs the tests."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    ours, theirs = pty.openpty()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(at),
        "TERM": "dumb",
        "PS1": "",
        "COLUMNS": "200",
    }
    process = subprocess.Popen(
        [name, *words], stdin=theirs, stdout=theirs, stderr=theirs, cwd=at, env=environment,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Terminal(ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with one file to name."""
    (tmp_path / "leads.csv").touch()
    return tmp_path


def test_bash_completes(leadiq: Leadiq, place: Path) -> None:
    """The script is sourced; what has one completion gets it, and a file its name."""
    (place / "script").write_text(leadiq("completion", "bash").out)
    with shell("bash", "--norc", "--noprofile", "-i", at=place) as terminal:
        terminal.type("bind 'set enable-bracketed-paste off'; source ./script; echo re''ady\n")
        terminal.wait_for("ready\r\n")
        terminal.try_all()


def test_zsh_completes(leadiq: Leadiq, place: Path) -> None:
    """The script lies in a directory of `fpath`, under the name that zsh looks for."""
    (place / "functions").mkdir()
    (place / "functions" / "_leadiq").write_text(leadiq("completion", "zsh").out)
    with shell("zsh", "-f", "-i", at=place) as terminal:
        terminal.type("PROMPT=; fpath=($PWD/functions $fpath); autoload -U compinit; ")
        terminal.type("compinit -u -D; unset zle_bracketed_paste; echo re''ady\n")
        terminal.wait_for("ready\r\n")
        terminal.try_all()


def test_zsh_completes_what_is_sourced(leadiq: Leadiq, place: Path) -> None:
    """`source <(leadiq completion zsh)` says what completes."""
    (place / "script").write_text(leadiq("completion", "zsh").out)
    with shell("zsh", "-f", "-i", at=place) as terminal:
        terminal.type("PROMPT=; autoload -U compinit; compinit -u -D; source ./script; ")
        terminal.type('echo "by=${_comps[leadiq]}"\n')
        terminal.wait_for("by=_cyclopts_leadiq")


def test_fish_completes(leadiq: Leadiq, place: Path) -> None:
    """fish is asked for what it would offer."""
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    (place / "script").write_text(leadiq("completion", "fish").out)
    asked = "; ".join(f"complete -C '{typed}'" for typed, _ in TYPED)
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source script; {asked}"],
        cwd=place, env={"PATH": os.environ["PATH"], "HOME": str(place)},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert {shown.split()[-1] for _, shown in TYPED} <= set(done.stdout.split())


def test_another_shell_is_refused(leadiq: Leadiq) -> None:
    """With the ones that there are."""
    ran = leadiq("completion", "tcsh")
    assert (ran.code, ran.out) == (2, "")
    assert '"bash", "zsh", "fish"' in ran.err

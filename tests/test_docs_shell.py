"""The documentation's shell does what it says: every line of it runs, against a sandbox."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents import ELSEWHERE, ROOT, Block, blocks, pages, read, saved_as
from leadiq.sandbox import DEFAULT_KEY, Sandbox, SandboxSettings

USUAL = "http://127.0.0.1:8787"
SHELL = {"sh", "console"}
#: `leadiq` as users have it, but that a minute of LeadIQ's rate limit is over sooner.
PROGRAM = """#!{python}
import sys
from leadiq._client import client
client.REQUESTS_PER_MINUTE = 60_000
from leadiq.cli import main
sys.exit(main())
"""
PAGES = [
    page
    for page in pages()
    if page not in ELSEWHERE and any(block.language in SHELL for block in blocks(read(page)))
]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The sandbox that `leadiq sandbox` starts, without a limit to wait for."""
    with Sandbox(SandboxSettings(requests_per_minute=None)) as running:
        yield running


@pytest.fixture
def reader(tmp_path: Path, sandbox: Sandbox) -> Reader:
    """Somebody who follows a page, in a directory with the files that pages name."""
    leads = (ROOT / "examples" / "leads.csv").read_text(encoding="utf-8")
    few = "".join(leads.splitlines(keepends=True)[:30])
    here = tmp_path / "here"
    (here / "build").mkdir(parents=True)
    (here / "examples").mkdir()
    (here / "examples" / "leads.csv").write_text(leads, encoding="utf-8")
    for name in ("leads.csv", "in.csv"):
        (here / name).write_text(few, encoding="utf-8")
    return Reader(here, programs(tmp_path / "bin"), sandbox)


def programs(folder: Path) -> Path:
    """A directory for the search path with the programs of an environment."""
    folder.mkdir()
    python = f'#!/bin/sh\nexec {sys.executable} "$@"\n'
    for name, text in {"python": python, "leadiq": PROGRAM.format(python=sys.executable)}.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


class Reader:
    """Types what a page says.

    Args:
        here: the directory to be in.
        bin: a directory of programs.
        sandbox: what is at the address that the pages name.
    """

    def __init__(self, here: Path, bin: Path, sandbox: Sandbox) -> None:  # noqa: A002 - its name
        self.here = here
        self.base = sandbox.url.removesuffix("/graphql")
        clean = {name: word for name, word in os.environ.items() if not name.startswith("LEADIQ_")}
        self.environ = {
            **clean,
            "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "200",
            "LEADIQ_API_KEY": DEFAULT_KEY,
            "LEADIQ_ENDPOINT": sandbox.url,
            "LEADIQ_STATE": str(here / "state"),
        }

    def follow(self, block: Block) -> None:
        """Save a file, or run commands and compare what they print."""
        if name := saved_as(block):
            (self.here / name).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command, expected in commands(block.text):
                self.compare(command, expected)
        elif block.language == "sh":
            lines = [line for line in block.text.splitlines() if not self.otherwise(line)]
            done = self.run("\n".join(lines))
            assert done.returncode == 0, done.stdout

    def otherwise(self, line: str) -> bool:
        """Check a line that is not for running here; whether it was one."""
        words = line.split()
        if words[:1] == ["make"]:
            assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        elif words[:2] == ["pip", "install"]:
            check_extras(line)
        elif words[:2] in (["leadiq", "sandbox"], [".venv/bin/leadiq", "sandbox"]):
            self.serve(line)
        else:
            return line == ". .venv/bin/activate"
        return True

    def run(self, commands: str) -> subprocess.CompletedProcess[str]:
        """Run commands as a shell does that stops at the first failure."""
        text = commands.replace(USUAL, self.base)
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=self.here,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def compare(self, command: str, expected: str) -> None:
        """Run a command; `...` stands for anything. A job may stop at its budget."""
        done = self.run(command)
        pattern = re.escape(expected).replace(re.escape("..."), ".*")
        said = re.fullmatch(pattern, done.stdout, re.DOTALL) is not None
        assert said, f"{command}\n{done.stdout}"
        assert done.returncode == (3 if "stopped: the budget" in done.stdout else 0)

    def serve(self, line: str) -> None:
        """Start a sandbox as a line says, on a free port, and end it when it is up."""
        command = f"exec {line.removeprefix('.venv/bin/')} --port 0"
        with subprocess.Popen(
            ["bash", "-c", command], env=self.environ, stdout=subprocess.PIPE, text=True
        ) as sandbox:
            assert sandbox.stdout is not None
            told = [sandbox.stdout.readline() for _ in range(3)]
            sandbox.send_signal(signal.SIGINT)
        assert told[1].startswith("export LEADIQ_ENDPOINT=")
        assert sandbox.returncode in {0, 130}


def commands(text: str) -> list[tuple[str, str]]:
    """Every command of a block, each with what it prints."""
    return [(one.partition("\n")[0], one.partition("\n")[2]) for one in text.split("$ ")[1:]]


def check_extras(line: str) -> None:
    """Every extra that is to be installed has to be there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for named in re.findall(r"leadiq-sdk\[([^\]]+)\]", line):
        assert set(named.split(",")) <= set(project["optional-dependencies"]), line


@pytest.mark.parametrize("page", PAGES)
def test_every_line_of_shell_runs(page: str, reader: Reader) -> None:
    """Who follows a page from its beginning to its end gets what it says."""
    assert shutil.which("curl") or "curl " not in read(page), "these lines need curl"
    for block in blocks(read(page)):
        reader.follow(block)

"""The README tells the truth: its Python runs, and so does every line of its shell."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leadiq.cli import _problems

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def shell_lines() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if line.strip()]


def command(line: str) -> list[str]:
    """Return a line as words; `.venv/bin` is where the tests run."""
    program, *words = shlex.split(line)
    known = {".venv/bin/leadiq": ["-m", "leadiq"], ".venv/bin/python": []}
    return [sys.executable, *known[program], *words]


def environment(**more: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("LEADIQ_")} | more


def test_the_python_example_runs(tmp_path: Path) -> None:
    """Who follows the README finds a person: the sandbox, its two lines, the file, its command."""
    section = README.partition("## In Python\n")[2].partition("\n## ")[0]
    start, example, run = re.findall(r"^```\w+\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    with subprocess.Popen(
        command(start), stdout=subprocess.PIPE, text=True, env=environment()
    ) as sandbox:
        assert sandbox.stdout is not None
        _, *exports = (sandbox.stdout.readline() for _ in range(3))
        settings = dict(line.removeprefix("export ").strip().split("=", 1) for line in exports)
        done = subprocess.run(
            command(run), capture_output=True, text=True, cwd=tmp_path, env=environment(**settings)
        )
        sandbox.send_signal(signal.SIGINT)
    assert done.stdout == "Paul Piotrowski - VP of Engineering\n", done.stderr
    assert sandbox.returncode == 0


def test_every_shell_line_is_run() -> None:
    """A line is part of the example, or `make`, which `.ci/run` runs."""
    section = README.partition("## In Python\n")[2].partition("\n## ")[0]
    rest = [line for line in shell_lines() if line not in section.splitlines()]
    assert rest
    assert all(line.startswith("make ") for line in rest)


def test_the_exit_codes_are_the_programs() -> None:
    """The table names each exit code once, and no other."""
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    codes = re.findall(r"^\| (\d+) \|", page, re.MULTILINE)
    ours = {
        _problems.ALL_SETTLED,
        _problems.SOME_FAILED,
        _problems.BAD_INPUT,
        _problems.STOPPED_BY_CREDITS,
        _problems.BAD_KEY,
        _problems.INTERRUPTED,
    }
    assert [int(code) for code in codes] == sorted(ours)


@pytest.mark.parametrize("line", [x for x in shell_lines() if x.startswith("make ")])
def test_a_make_line_is_run_on_a_clean_checkout(line: str) -> None:
    """A test cannot run `make test`; `.ci/run` does, on a clean checkout, line by line."""
    assert line in CI.splitlines()


def test_every_root_field_has_a_method() -> None:
    """The README counts the root fields, and each has an operation."""
    from leadiq._generated.operations import ALL

    assert f"All {len({o.root for o in ALL})} root fields as methods" in README

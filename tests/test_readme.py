"""The README tells the truth: its Python runs, and so does every line of its shell."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from leadiq.sandbox import Sandbox, SandboxSettings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def shell_lines() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if line.strip()]


def test_the_python_example_runs() -> None:
    """The example runs as it is, against the sandbox, and prints whom it found."""
    (example,) = blocks("python")
    with Sandbox(SandboxSettings()) as sandbox:
        environment = {**os.environ, "LEADIQ_API_KEY": sandbox.key, "LEADIQ_ENDPOINT": sandbox.url}
        command = [sys.executable, "-c", example]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "Paul Piotrowski - VP of Engineering\n"


@pytest.mark.parametrize("line", [x for x in shell_lines() if not x.startswith("make ")])
def test_a_shell_line_runs(line: str) -> None:
    """Each line ends with success; the command is that of the environment the tests run in."""
    (ROOT / "build").mkdir(exist_ok=True)
    words = shlex.split(line)
    assert words[0] == ".venv/bin/leadiq"
    command = [sys.executable, "-m", "leadiq", *words[1:]]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LEADIQ_")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", [x for x in shell_lines() if x.startswith("make ")])
def test_a_make_line_is_run_on_a_clean_checkout(line: str) -> None:
    """A test cannot run `make test`; `.ci/run` does, on a clean checkout, line by line."""
    assert line in CI.splitlines()


def test_every_root_field_has_a_method() -> None:
    """The README counts the root fields, and the client has a method for each."""
    from leadiq._generated.operations import ALL

    assert f"complete: {len({o.root for o in ALL})} of 29 root fields" in README

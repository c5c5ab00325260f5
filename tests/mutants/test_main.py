"""The command, on the smallest of the pure modules."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .argued import FIELDS, row
from .source import Name
from .trial import TESTS

SAYS_NO = Name(
    "_ground.json",
    "mapping",
    "return value if isinstance(value, dict) else {}",
    "return {}",
    1,
)


@pytest.mark.parametrize("listed", [[], [SAYS_NO]])
def test_a_mutant_that_a_test_sees_is_killed(tmp_path: Path, listed: list[Name]) -> None:
    """Then it must not be on the list; that is told, and the command fails."""
    path = tmp_path / "mutants.tsv"
    rows = ["\t".join(FIELDS), *(row(name, "never") for name in listed)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mutants", path, "_ground.json"],
        env=os.environ | {"PYTHONPATH": str(TESTS), "WORKERS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    _, counts, *told = done.stdout.splitlines()
    module, mutants, killed, survived, _ = counts.split()
    assert (module, killed, survived) == ("_ground.json", mutants, "0")
    assert told == [row(name, "(killed by now)") for name in listed]
    assert done.returncode == bool(listed), done.stderr

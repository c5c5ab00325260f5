"""A few of the kills that `make kills` does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are forked, which needs a POSIX system"
)
def test_a_killed_job_goes_on_as_if_nothing_had_happened() -> None:
    """Killed at some points of its journal, it ends with the same bytes, and nothing paid twice."""
    ran = subprocess.run(
        [sys.executable, "-m", "kills", "4", "7"],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout.split(", ")[-1]) == (0, "0 not survived\n"), ran.stdout

"""`python -m leadiq` is the command `leadiq`."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

import leadiq.cli

#: By its file: the hook with which pytest imports packages that have a plugin is none for runpy.
PROGRAM = str(Path(leadiq.__file__).with_name("__main__.py"))


def test_run_as_a_program_it_exits_as_the_command_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's exit code is the program's."""
    monkeypatch.setattr(leadiq.cli, "main", lambda: 3)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(PROGRAM, run_name="__main__")
    assert ended.value.code == 3


def test_imported_it_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the module runs no command."""
    monkeypatch.setattr(leadiq.cli, "main", lambda: pytest.fail("the command ran"))
    runpy.run_path(PROGRAM, run_name="leadiq_main")

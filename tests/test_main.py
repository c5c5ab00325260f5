"""`python -m leadiq` is the command `leadiq`."""

from __future__ import annotations

import importlib
import sys

import pytest

import leadiq.cli


def test_run_as_a_program_it_exits_as_the_command_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's exit code is the program's."""
    monkeypatch.setattr(leadiq.cli, "main", lambda: 3)
    monkeypatch.delitem(sys.modules, "leadiq.__main__", raising=False)
    with pytest.raises(SystemExit) as ended:
        importlib.import_module("leadiq.__main__")
    assert ended.value.code == 3

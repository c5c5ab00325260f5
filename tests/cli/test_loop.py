"""The rules of the loop of commands that send much: set up for that, and left as it was."""

from __future__ import annotations

import asyncio
import gc

import pytest

from leadiq.cli import _loop


@pytest.mark.parametrize("installed", [True, False], ids=["uvloop", "without"])
def test_uvloop_is_used_where_it_is(monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    """Whoever installs the extra has it; whoever does not needs nothing."""
    pytest.importorskip("uvloop")
    monkeypatch.setattr(_loop, "find_spec", lambda name: name if installed else None)

    async def which(word: str) -> tuple[str, str]:
        return word, type(asyncio.get_running_loop()).__module__.split(".")[0]

    assert _loop.run(which, "a") == ("a", "uvloop" if installed else "asyncio")


def test_the_collector_looks_less_often_meanwhile() -> None:
    """And as often as before afterwards, also when it failed."""
    before = gc.get_threshold()

    async def fail() -> None:
        assert gc.get_threshold() == (20_000, *before[1:])
        assert gc.get_freeze_count()
        raise KeyError

    with pytest.raises(KeyError):
        _loop.run(fail)
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)

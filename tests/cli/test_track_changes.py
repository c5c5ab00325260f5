"""The rules of `leadiq track changes`: nobody twice, as long as the file is kept."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from leadiq.sandbox import Sandbox

FAST = ("--requests-per-minute", "600000")


@pytest.fixture
def changes(
    use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox, leadiq: Callable[..., Any]
) -> Callable[..., Any]:
    """`leadiq track changes` at the sandbox."""
    use(shared_sandbox)
    return lambda *words: leadiq("track", "changes", *words, *FAST)


def test_a_second_look_tells_nobody_twice(changes: Callable[..., Any], tmp_path: Path) -> None:
    """The first look lists who moved and keeps the watermark; the next one goes on from it."""
    seen = tmp_path / "seen"
    look = ("--all", "--watermark", seen)
    first = changes(*look, "--since", "2025-10-01")
    people = list(csv.DictReader(first.out.splitlines()))
    assert first.code == 0
    assert len(people) > 25
    assert "@" not in seen.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["seen"]
    again = changes(*look)
    assert (again.code, len(again.out.splitlines())) == (0, 1)
    assert "leadiq: 0 people; the next look goes on from" in again.err
    other = changes("--title", "x", "--watermark", seen)
    assert (other.code, other.out) == (2, "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--all"], "--since for the first look"),
        (["--since", "2026-01-01"], "no filter says"),
        (["--all", "--since", "2026-01-01", "--every-s", "0"], "--every-s has to be greater"),
        (["--all", "--since", "soon"], "--since takes a day"),
    ],
)
def test_what_makes_no_sense_is_refused(
    changes: Callable[..., Any], tmp_path: Path, words: list[str], says: str
) -> None:
    """Each refusal names its option, and leaves no file."""
    ran = changes(*words, "--watermark", tmp_path / "seen")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert not list(tmp_path.iterdir())


def test_the_watermark_has_to_be_a_file(changes: Callable[..., Any], tmp_path: Path) -> None:
    """What cannot be read, or could not be written, is refused before anything is paid for."""
    look = ("--all", "--since", "2026-01-01", "--watermark")
    assert "cannot read" in changes(*look, tmp_path).err
    assert "does not exist" in changes(*look, tmp_path / "no" / "seen").err


def test_a_watermark_that_cannot_be_kept_is_told(
    changes: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is exit 1, and the rows are out."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left")

    monkeypatch.setattr("os.replace", full)
    ran = changes("--all", "--since", "2025-12-31", "--watermark", tmp_path / "seen")
    assert ran.code == 1
    assert "cannot keep" in ran.err
    assert ran.out

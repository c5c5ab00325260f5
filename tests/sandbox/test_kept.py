"""Rules of what is kept: the latest used, made once."""

from __future__ import annotations

import pytest

from leadiq.sandbox._kept import Kept


def test_the_latest_used_are_kept() -> None:
    """A value is made once while it is kept; the one used longest ago is dropped."""
    kept: Kept[list[str]] = Kept(2)
    first = kept.get("a", lambda: ["a"])
    kept.get("b", lambda: ["b"])
    assert kept.get("a", lambda: ["other"]) is first
    kept.get("c", lambda: ["c"])
    assert len(kept) == 2
    assert kept.get("a", lambda: ["other"]) is first
    assert kept.get("b", lambda: ["again"]) == ["again"]


def test_who_is_late_shares_what_was_made_first() -> None:
    """Of two callers who make a value at once both get the first one."""
    kept: Kept[str] = Kept(2)
    assert kept.get("a", lambda: "late " + kept.get("a", lambda: "first")) == "first"


def test_a_failure_is_not_kept() -> None:
    """What raises leaves nothing behind."""
    kept: Kept[str] = Kept(2)
    nothing: dict[str, str] = {}
    with pytest.raises(KeyError):
        kept.get("a", lambda: nothing["x"])
    assert len(kept) == 0
    assert kept.get("a", lambda: "made") == "made"

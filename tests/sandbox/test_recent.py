"""Rules of the latest requests: few, newest first, and nothing of what they carried."""

from __future__ import annotations

from leadiq.sandbox._recent import KEPT, Recent


def test_only_the_latest_are_kept() -> None:
    """The count goes on, the list does not grow."""
    recent = Recent()
    for at in range(KEPT + 5):
        recent.begin(float(at))
    found = [seen.number for seen in recent.requests()]
    assert found == list(range(KEPT + 5, 5, -1))
    assert recent.count == KEPT + 5


def test_of_a_name_only_the_beginning_is_kept() -> None:
    """Whoever sends a book as the name of an operation fills no memory."""
    seen = Recent().begin(0.0)
    seen.name("x" * 10**6)
    assert seen.operation == "x" * 80
    seen.name(None)
    assert seen.operation is None

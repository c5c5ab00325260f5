"""The rules of names and causes in sentences."""

from __future__ import annotations

from leadiq._ground.wording import cause_of, shown


def test_a_name_is_harmless_and_short() -> None:
    """What a terminal would obey is replaced, and a long name ends in dots."""
    assert shown("e\x1b[31m") == "'e\ufffd[31m'"
    assert shown("x" * 60) == f"'{'x' * 60}'"
    assert shown("x" * 61) == f"'{'x' * 60}...'"


def test_a_cause_is_the_systems_words() -> None:
    """Else it is the error's kind, never its text, which may hold data."""
    assert cause_of(OSError(28, "No space left on device")) == "No space left on device"
    assert cause_of(OSError()) == "OSError"
    assert cause_of(ValueError("ann@example.com")) == "ValueError"

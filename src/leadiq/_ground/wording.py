"""Names and causes as parts of sentences that people read at a terminal."""

from __future__ import annotations

from typing import Final

_SHOWN_CHARS: Final = 60


def shown(name: str) -> str:
    """Quote a name from a file for a sentence: shortened, and harmless to a terminal."""
    text = "".join(char if char.isprintable() else "\ufffd" for char in name[:_SHOWN_CHARS])
    return f"'{text}{'...' if len(name) > _SHOWN_CHARS else ''}'"


def cause_of(error: Exception) -> str:
    """Return the operating system's words for what it refused."""
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__

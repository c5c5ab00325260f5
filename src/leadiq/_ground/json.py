"""Reading JSON that somebody else wrote: whatever it holds, it has a type afterwards. Pure."""

from __future__ import annotations

from typing import Any


def mapping(value: Any) -> dict[str, Any]:
    """Give an object as it is, and anything else as an empty one."""
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def sequence(value: Any) -> list[Any]:
    """Give an array as it is, and anything else as an array of it."""
    return value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]

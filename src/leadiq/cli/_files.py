"""Files as arguments: `-` stands for standard input or output."""

from __future__ import annotations

from cyclopts import Parameter


def a_file(name: str) -> Parameter:
    """Describe a positional argument that is a file, or `-`."""
    return Parameter(name=name, allow_leading_hyphen=True, validator=_no_option)


def _no_option(_: object, path: str) -> None:
    """Keep a misspelt option from being taken for a file, now that `-` alone may be one."""
    if path.startswith("-") and path != "-":
        raise ValueError(f"Unknown option {path}")

"""The `leadiq` command (extra `[cli]`). Nothing heavy loads before a command needs it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_NEEDED = ("cyclopts", "rich")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (default: that of the process) and return its exit code.

    0 all settled · 1 some row failed · 2 bad usage or input · 3 stopped by credits ·
    4 credentials · 130 interrupted. What goes wrong is one sentence on stderr.
    """
    try:
        from ._app import run
    except ModuleNotFoundError as missing:
        if missing.name not in _NEEDED:
            raise
        print(
            f"leadiq: {missing.name} is not installed: pip install 'leadiq-sdk[cli]'",
            file=sys.stderr,
        )
        return 2
    return run(argv)

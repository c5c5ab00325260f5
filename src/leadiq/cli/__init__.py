"""The `leadiq` command (extra `[cli]`). Nothing heavy loads before a command needs it."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

__all__ = ["main"]

_NEEDED = ("cyclopts", "rich")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (default: that of the process) and return its exit code.

    0 all settled · 1 some row failed · 2 bad usage or input, or no key · 3 stopped by credits ·
    4 the key was refused · 5 and 6 dangerous and breaking changes in `schema diff` · 130
    interrupted. What goes wrong is one sentence on stderr.
    """
    try:
        with _sigterm_as_ctrl_c():
            if argv is None:  # the process is ours, and so are its streams
                from ._streams import make_ready

                make_ready()
            from ._app import run

            return run(argv)
    except ModuleNotFoundError as missing:
        if missing.name not in _NEEDED:
            raise
        name = missing.name
        print(f"leadiq: {name} is not installed: pip install 'leadiq-sdk[cli]'", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # while modules were loading
        print("leadiq: interrupted", file=sys.stderr)
        return 130


@contextmanager
def _sigterm_as_ctrl_c() -> Generator[None]:
    """Let SIGTERM raise KeyboardInterrupt, so that nothing half-done stays behind."""
    if threading.current_thread() is not threading.main_thread():  # only that one gets signals
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""Standard output and error of the process, as every command takes them for granted."""

from __future__ import annotations

import io
import os
import sys
from typing import cast


def make_ready() -> None:
    """Let standard output take every name: an alphabet that it lacks loses no answer.

    Files and pipes get UTF-8, whatever the locale; a terminal keeps its encoding, and shows escapes
    for what it lacks. A stream that is closed takes everything and keeps nothing.
    """
    for name in ("stdout", "stderr"):  # in this order: each takes the number that is missing
        if getattr(sys, name) is None:
            setattr(sys, name, nowhere())
    out: object = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out = cast("io.TextIOWrapper", out)
        encoding = None if out.isatty() else "utf-8"
        out.reconfigure(encoding=encoding, errors="backslashreplace")


def nowhere() -> io.TextIOWrapper:
    """Open what keeps nothing, until the process ends."""
    return open(os.devnull, "w", encoding="utf-8")

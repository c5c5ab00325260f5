"""Progress on stderr, and only when somebody is looking at it."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .._engine.enrich import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from ._summary import Tally


@contextmanager
def progress(rows: int, tally: Tally, requests: Callable[[], int]) -> Generator[Callable[[], None]]:
    """Give a function to call after each row, which shows how far `tally` has come.

    Rate, people found, credits so far (by what came back) and the time left. Does nothing when
    stderr is no terminal.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich import progress as rich
    from rich.console import Console

    began = time.monotonic()
    columns = (
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TextColumn("{task.fields[text]}"),
        rich.TimeRemainingColumn(),
    )
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=rows, text="")

        def show() -> None:
            minutes = max(time.monotonic() - began, 1) / 60
            text = progress_text(tally, requests() / minutes)
            bar.update(task, completed=tally.rows, text=text)

        yield show


def progress_text(tally: Tally, requests_per_minute: float) -> str:
    """Return the words beside the bar."""
    found = tally.statuses[Status.FOUND]
    credits_ = f"{tally.estimated.normalize():f}"
    return f"{requests_per_minute:,.0f} requests/min · {found:,} found · about {credits_} credits"

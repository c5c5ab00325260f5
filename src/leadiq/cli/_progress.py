"""Progress on stderr, and only when somebody is looking at it."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .._engine.enrich import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from .._jobs.budget import Budget
    from ._summary import Tally


@contextmanager
def progress(
    rows: int, tally: Tally, budget: Budget, sent: Callable[[], int]
) -> Generator[Callable[[], None]]:
    """Give a function to call after each row, which shows how far the job has come.

    Rate, people found, credits against the budget and the time left. Does nothing when stderr is
    no terminal.
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
            text = progress_text(tally, budget, sent() / minutes)
            bar.update(task, completed=tally.rows, text=text)

        yield show


def progress_text(tally: Tally, budget: Budget, requests_per_minute: float) -> str:
    """Return the words beside the bar."""
    found = tally.statuses[Status.FOUND]
    limit = "" if budget.limit is None else f" of {budget.limit:,f}"
    credits_ = f"about {budget.spent.normalize():,f}{limit} credits"
    return f"{requests_per_minute:,.0f} requests/min · {found:,} found · {credits_}"

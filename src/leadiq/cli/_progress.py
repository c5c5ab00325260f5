"""Progress on stderr: two lines that change on a terminal, elsewhere a line a minute.

Numbers only; nobody is named.
"""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

import anyio

from .._engine.enrich import background
from .._jobs.reconciliation import amount
from ._pace import Pace
from ._problems import say

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Iterable
    from decimal import Decimal

    from rich.console import RenderableType


_TICK_S: Final = 0.25
_LINE_S: Final = 60.0
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600


class State(NamedTuple):
    """How far a job is."""

    done: int
    """Rows whose outcome is known."""
    rows: int
    found: int
    spent: Decimal
    """Credits, by what came back."""
    limit: Decimal | None
    """The budget; None is unlimited."""
    requests: int
    """Requests so far, repetitions included."""
    rate: int
    """Requests that the key may send in a minute."""
    limited: int = 0
    """Requests that the rate limit refused."""
    retries: int = 0
    waiting: int = 0
    """Requests that wait for the rate limit."""
    closed_for_s: float = 0.0
    """Seconds until the next request may go, after one was refused."""


@asynccontextmanager
async def shown(look: Callable[[], State]) -> AsyncGenerator[None]:
    """Show how far a job is while the block runs.

    Args:
        look: gives the state; it is called in the event loop, a few times a second at most.
    """
    is_terminal = sys.stderr.isatty()
    with _bar() if is_terminal else _lines() as show:
        async with background() as tasks:
            tasks.start_soon(_tick, look, show, _TICK_S if is_terminal else _LINE_S)
            yield


def words(state: State, pace: Pace) -> str:
    """Say how fast it goes, what came of it, and what it waits for."""
    limit = "" if state.limit is None else f" of {amount(state.limit)}"
    parts = [
        f"{pace.requests_per_minute:,.0f} of {state.rate:,} requests/min",
        f"{state.found:,} found",
        f"about {amount(state.spent)}{limit} credits",
    ]
    if state.limited:
        parts.append(f"{state.limited:,} refused by the rate limit (429)")
    if state.retries:
        parts.append(f"{state.retries:,} sent again")
    if state.closed_for_s:
        parts.append(f"waiting {state.closed_for_s:,.0f} s for the rate limit")
    elif state.waiting:
        parts.append(f"{state.waiting:,} waiting for their turn")
    return " · ".join(parts)


def left(seconds: float | None) -> str:
    """Say how much time is left; nothing if nobody can tell."""
    if seconds is None:
        return ""
    if seconds < _MINUTE_S:
        return f"about {seconds:.0f} s left"
    hours, minutes = divmod(round(seconds / _MINUTE_S), _HOUR_S // _MINUTE_S)
    return f"about {f'{hours:,} h ' if hours else ''}{minutes} min left"


async def _tick(
    look: Callable[[], State], show: Callable[[State, Pace], None], every_s: float
) -> None:
    pace = Pace()
    while True:
        state = look()
        pace.see(anyio.current_time(), state.done, state.requests)
        show(state, pace)
        await anyio.sleep(every_s)


@contextmanager
def _lines() -> Generator[Callable[[State, Pace], None]]:
    """Give what says a line, but not at the very beginning."""
    is_first = True

    def show(state: State, pace: Pace) -> None:
        nonlocal is_first
        if not is_first:
            rows = f"{state.done:,} of {state.rows:,} rows"
            parts = (rows, words(state, pace), left(pace.left_s(state.rows)))
            say(" · ".join(filter(None, parts)))
        is_first = False

    yield show


@contextmanager
def _bar() -> Generator[Callable[[State, Pace], None]]:
    """Give what changes a bar and the words below it, which go at the end."""
    from rich import progress as rich
    from rich.console import Console
    from rich.text import Text

    class Bar(rich.Progress):
        below = ""

        def get_renderables(self) -> Iterable[RenderableType]:
            yield self.make_tasks_table(self.tasks)
            yield Text(self.below)

    columns = (
        rich.BarColumn(),
        rich.TextColumn("{task.completed:,} of {task.total:,} rows"),
        rich.TextColumn("{task.fields[left]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", left="", total=0, visible=False)

        def show(state: State, pace: Pace) -> None:
            bar.below = words(state, pace)
            time_left = left(pace.left_s(state.rows))
            bar.update(task, completed=state.done, total=state.rows, left=time_left, visible=True)

        yield show

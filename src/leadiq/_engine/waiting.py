"""Looks again and again, until it is over or the caller has waited enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import anyio

from .._core.errors import StillRunningError
from .polling import next_wait

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .polling import Intervals

T = TypeVar("T")


async def until(
    look: Callable[[], Awaitable[T | None]],
    intervals: Intervals,
    wait_s: float | None,
    go_on: str,
) -> T:
    """Look until it is over, and give what was seen then.

    Args:
        look: one request; gives None while it goes on. What it raises ends the wait.
        intervals: waits between looks.
        wait_s: seconds to wait; the last look may end later. None: as long as it takes.
        go_on: how the caller can wait again, for the error.

    Raises:
        StillRunningError: not over after `wait_s`.
    """
    began, looks = anyio.current_time(), 0
    while True:
        seen = await look()
        looks += 1
        if seen is not None:
            return seen
        elapsed_s = anyio.current_time() - began
        pause_s = next_wait(intervals, looks=looks, elapsed_s=elapsed_s, wait_s=wait_s)
        if pause_s is None:
            raise StillRunningError(f"not over after {wait_s:g} seconds; {go_on}")
        await anyio.sleep(pause_s)

"""Identical reads under way share one request: what is asked twice at once is paid for once."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import anyio

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Coroutine, Hashable


class _Flight:
    """One request under way, and those who wait for it."""

    def __init__(self) -> None:
        self.landed = anyio.Event()
        self.scope = anyio.CancelScope()
        self.waiters = 0
        self.value: Any = None
        self.error: Exception | None = None


class Flights:
    """The requests of one client that others may join.

    A request runs in a task of its own: cancelling the caller who came first does not take the
    answer from the others. It is cancelled when nobody waits for it any more.
    """

    def __init__(self) -> None:
        self._flights: dict[Hashable, _Flight] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def share(self, key: Hashable, run: Callable[[], Awaitable[Any]]) -> tuple[Any, bool]:
        """Run, or wait for the same already under way.

        Returns:
            The answer, and whether it is another caller's.

        Raises:
            Exception: what the request ended with, a copy of its own for each who waits.
        """
        flight = self._flights.get(key)
        joined = flight is not None
        if flight is None:
            flight = self._flights[key] = _Flight()
            self._spawn(self._fly(key, flight, run))
        flight.waiters += 1
        try:
            await flight.landed.wait()
        finally:
            flight.waiters -= 1
            if not flight.waiters and not flight.landed.is_set():
                self._flights.pop(key, None)
                flight.scope.cancel()
        if flight.error is not None:
            raise copy.copy(flight.error)
        return flight.value, joined

    async def _fly(self, key: Hashable, flight: _Flight, run: Callable[[], Awaitable[Any]]) -> None:
        try:
            with flight.scope:
                flight.value = await run()
        except Exception as error:  # it belongs to those who wait, not to this task
            flight.error = error
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.landed.set()

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Start a task that no caller owns; anyio has none, on purpose."""
        import asyncio

        try:
            task = asyncio.get_running_loop().create_task(coroutine)
        except RuntimeError:
            import trio

            async def run() -> None:
                await coroutine

            trio.lowlevel.spawn_system_task(run)
        else:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

"""Identical reads under way share one request: what is asked twice at once is paid for once."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import anyio

from .._core.errors import TransportError

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

    def __contains__(self, key: Hashable) -> bool:
        """Whether such a request is under way, which `share` would join."""
        return key in self._flights

    async def share(self, key: Hashable, run: Callable[[], Awaitable[Any]]) -> Any:
        """Run, or wait for the same already under way.

        Raises:
            Exception: what the request ended with, a copy of its own for each who waits.
        """
        flight = self._flights.get(key)
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
            raise _own(flight.error)
        return flight.value

    async def _fly(self, key: Hashable, flight: _Flight, run: Callable[[], Awaitable[Any]]) -> None:
        try:
            with flight.scope:
                flight.value = await run()
        except Exception as error:  # it belongs to those who wait, not to this task
            flight.error = error
        except BaseException:  # somebody cancels every task there is, as at the end of a program
            flight.error = TransportError("the request was cancelled while it was under way")
            raise
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


def _own(error: Exception) -> Exception:
    """Copy an error; one that cannot be copied, of a middleware perhaps, is shared."""
    try:
        return copy.copy(error)
    except Exception:
        return error

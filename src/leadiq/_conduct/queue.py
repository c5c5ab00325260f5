"""Putting tasks to sleep until they have a slot, on asyncio and trio."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Self

import anyio

from .._core.errors import InputError
from .admission import REFUSED, WAITING, Admission, Ticket

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from .clock import Clock
    from .lanes import Lane

LONG_WAIT_S = 5.0
"""A wait that is longer is told, so that pacing never looks like a hang."""

GRAIN_S = 1e-6
"""The shortest sleep: a shorter one may be lost in rounding, and the event loop would spin."""


class Place(Ticket):
    """A ticket and the slot that it becomes."""

    __slots__ = ("_answered", "_queue", "since", "waited_s", "woken")

    since: float
    woken: anyio.Event

    def __init__(self, queue: Queue, lane: Lane, weight: int) -> None:
        self.lane = lane  # not by the base's __init__: it would be a tenth of a free slot's cost
        self.weight = weight
        self.probe = 0
        self.state = WAITING
        self._queue = queue
        self._answered = False
        self.waited_s = 0.0

    async def __aenter__(self) -> Self:
        if not self._queue.enter(self):
            await self._queue.wait(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._queue.leave(self, answered=self._answered)

    def answered(self) -> None:
        self._answered = True

    def limited(self, wait_s: float) -> None:
        self._queue.limited(wait_s)


class Queue:
    """Puts tasks to sleep and wakes them.

    A slot that is free while nobody waits is taken without giving way to other tasks. Of those
    who wait, one holds the timer; it goes on to another when that one goes or is cancelled.
    """

    def __init__(self, admission: Admission[Place], clock: Clock, tell: Callable[[], None]) -> None:
        self._admission = admission
        self._clock = clock
        self._tell = tell
        self._told = False
        self._timer: Place | None = None
        self._armed_at = inf

    def enter(self, place: Place) -> bool:
        """Take a slot, if one is free and nobody waits."""
        admission = self._admission
        if place.weight != 1 and not 1 <= place.weight <= admission.policy.limit:
            raise _misfit(place, admission.policy.limit)
        return admission.ask(place, self._clock.now())

    async def wait(self, place: Place) -> None:
        """Wait in the lane for a slot."""
        place.since = self._clock.now()
        place.woken = anyio.Event()
        self._told = self._told and self._admission.lanes.count > 0
        self._admission.join(place)
        self.changed()
        try:
            while place.state is WAITING:
                await self._pause(place)
        except BaseException:
            self._admission.withdraw(place, self._clock.now())
            self._hand_on(place)
            self.changed()
            raise
        self._hand_on(place)
        if place.state is REFUSED:
            raise _misfit(place, self._admission.policy.limit)
        place.waited_s = self._clock.now() - place.since

    async def _pause(self, place: Place) -> None:
        """Sleep until something may have changed for a place."""
        self._timer = self._timer or place
        if self._timer is not place:
            await place.woken.wait()
            return
        self._armed_at = min(self._admission.again_at, self._tell_at())
        with anyio.move_on_after(max(self._armed_at - self._clock.now(), GRAIN_S)):
            await place.woken.wait()
            place.woken = anyio.Event()
        if self._clock.now() >= self._tell_at():
            self._told = True
            self._tell()
        self._settle()

    def _tell_at(self) -> float:
        """When the first of those who wait will have waited for long."""
        if self._told:
            return inf
        return min((p.since for p in self._admission.lanes.heads()), default=inf) + LONG_WAIT_S

    def _hand_on(self, place: Place) -> None:
        """See to it that, when a place is left, somebody who waits holds the timer."""
        if self._timer is place:
            self._timer = next(self._admission.lanes.heads(), None)
            self._armed_at = inf
            if self._timer is not None:
                self._timer.woken.set()

    def changed(self) -> None:
        """Let go who may go now, and see to it that the timer is not set too late."""
        if self._admission.lanes.count or self._admission.again_at < inf:
            self._settle()
            if self._timer is not None and self._admission.again_at < self._armed_at:
                self._timer.woken.set()

    def _settle(self) -> None:
        for settled in self._admission.settle(self._clock.now()):
            settled.woken.set()

    def leave(self, place: Place, *, answered: bool) -> None:
        """Give a slot back."""
        self._admission.give_back(place, self._clock.now(), answered=answered)
        if self._admission.lanes.count:
            self.changed()

    def limited(self, wait_s: float) -> None:
        """Close the gate."""
        self._admission.limited(self._clock.now(), wait_s)
        self.changed()


def _misfit(ticket: Ticket, limit: int) -> InputError:
    text = f"a request that counts as {ticket.weight} does not fit into a limit of {limit}"
    return InputError(text, sent=False)

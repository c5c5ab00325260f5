"""One request's way through the shared quota, on asyncio."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from .._conduct.lanes import Lane
    from .._core.errors import LeadIQError
    from .ledger import Ticket
    from .pump import Pump


class Request:
    """One request's way through the pacer; it is the `Slot`."""

    __slots__ = (
        "_answered",
        "_going",
        "_pump",
        "_ticket",
        "lane",
        "since",
        "waited_s",
        "waiting",
        "weight",
    )

    _going: asyncio.Future[Ticket]
    _ticket: Ticket

    def __init__(self, pump: Pump, lane: Lane, weight: int) -> None:
        self._pump = pump
        self._answered = False
        self.lane = lane
        self.weight = weight
        self.since = 0.0
        self.waited_s = 0.0
        self.waiting = False
        """Whether it stands in a lane."""

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self.since = loop.time()
        self._going = loop.create_future()
        self._pump.add(self)
        try:
            self._ticket = await self._going
        except asyncio.CancelledError:
            self._pump.withdraw(self, self._granted())
            raise
        self.waited_s = loop.time() - self.since
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pump.finish(self, self._ticket, answered=self._answered)

    def answered(self) -> None:
        self._answered = True

    def limited(self, wait_s: float) -> None:
        self._pump.close(wait_s)

    def go(self, ticket: Ticket) -> bool:
        """Let it go; False if it is just being cancelled."""
        if self._going.done():
            return False
        self._going.set_result(ticket)
        return True

    def fail(self, error: LeadIQError) -> None:
        """Give up on it."""
        if not self._going.done():
            self._going.set_exception(error)

    def _granted(self) -> Ticket | None:
        done = self._going.done() and not self._going.cancelled()
        return self._going.result() if done and not self._going.exception() else None

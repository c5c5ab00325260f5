"""A process's end of the shared quota: who waits in it, and the one task that asks for them."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING

from .._conduct.lanes import Lane, Lanes
from .._conduct.pacing import LONG_WAIT_S
from .._core.errors import ConfigurationError, ConnectError, LeadIQError
from .redis import Away
from .script import MICROSECONDS, PROBING, Answer, Ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from .ledger import Ledger, Ticket
    from .request import Request
    from .source import Shares, Source

logger = logging.getLogger("leadiq")

BATCH = 32
"""Slots asked for at once: more cost less each, but Redis serves nobody else meanwhile."""


CLOSED = "the FleetPacer is closed"


class Pump:
    """Asks for those who wait, hands out what it gets, and tells what became of it.

    Its task runs while somebody waits, a slot is in use, or one was within the last window: a
    state that loses its memory in that time has to be told.

    Args:
        source: where slots come from.
        ledger: what this process has of them.
        strict: whether requests are refused while Redis is away.
        tell: called when a request has waited for long; once until nobody waits any more.
    """

    def __init__(
        self, source: Source, ledger: Ledger, *, strict: bool, tell: Callable[[], None]
    ) -> None:
        self.lanes: Lanes[Request] = Lanes(source.shares.window_s)
        self.in_flight = 0
        self.limited = 0
        self._source = source
        self._ledger = ledger
        self._strict = strict
        self._tell = tell
        self._told = False
        self._promised: deque[Ticket] = deque()  # in the order of their time
        self._timer: asyncio.TimerHandle | None = None
        self._urgent_until = 0.0  # bulk work may have to leave room for interactive requests
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._idle = False
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many wait in all."""
        return sum(map(self.lanes.waiting, Lane))

    @property
    def weight(self) -> int:
        """What those who wait count as."""
        return sum(one.weight for one in self.lanes)

    @property
    def gate(self) -> int:
        """What the gate does, as far as is known: one of the script's words."""
        return self._ledger.gate

    def closed_for(self) -> float:
        """Tell for how many seconds nobody goes, as far as is known."""
        return self._ledger.closed_for(_now())

    # -- the process's side ----------------------------------------------------------------

    def add(self, request: Request) -> None:
        """Put a request into its lane, unless the pacer was closed since it was made."""
        if self._closed:
            request.fail(ConfigurationError(CLOSED, sent=False))
            return
        request.waiting = True
        self.lanes.add(request)
        self.rouse()

    def withdraw(self, request: Request, ticket: Ticket | None) -> None:
        """Take out a request that is cancelled; a slot that it had got goes to the next at once."""
        self._leave(request)
        if ticket is not None:
            self.in_flight -= 1
            self.lanes.refund(request)
            self._offer(ticket, _now())

    def finish(self, request: Request, ticket: Ticket, *, answered: bool) -> None:
        """Note that the response came, or that it is no longer waited for."""
        now = _now()
        self.in_flight -= 1
        if request.lane is Lane.BULK:
            self.lanes.came_back(request, now)
        self._ledger.complete(now, ticket, answered=answered)
        self.rouse(urgent=self._ledger.gate == PROBING)

    def close(self, wait_s: float) -> None:
        """Note that LeadIQ answered 429, and tell it to all."""
        self.limited += 1
        self._ledger.close(_now(), wait_s)
        self.drop()
        self.rouse(urgent=True)

    def drop(self) -> None:
        """Give back what is promised and not handed out."""
        while self._promised:
            self._ledger.give_back(self._promised.popleft())

    def refuse(self, error: Callable[[Request], LeadIQError], above: int = 0) -> None:
        """Fail all who wait and are heavier than this."""
        for request in [one for one in self.lanes if one.weight > above]:
            self._leave(request)
            request.fail(error(request))

    def share(self, shares: Shares) -> None:
        """Go by other settings from now on."""
        self._source.shares = shares
        self.rouse(urgent=True)

    def rouse(self, *, urgent: bool = False) -> None:
        """See to it that the task runs, and at once if that is of use."""
        if self._closed:
            return
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="leadiq-fleet")
        elif urgent or self._idle:
            self._wake.set()

    async def aclose(self) -> None:
        """Stop, after telling what there is to tell if Redis answers. Nobody may wait."""
        self._closed = True
        self.drop()
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._source.aclose()
        try:
            await self._source.answer(_now(), self._ledger.ask(_now(), ()))
        except Away:
            logger.debug("Redis does not answer: the slots in use come back by themselves")

    # -- Redis's side ----------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            while True:
                pause_s = await self._turn()
                if not (self._busy() or self._wake.is_set()):
                    break
                await self._sleep(pause_s)
        except Exception:
            logger.exception("sharing the quota failed")
            self.refuse(lambda _: _fault())
        finally:
            self._task = None

    def _busy(self) -> bool:
        return bool(self.waiting or self._promised or self._ledger.concerned(_now()))

    async def _turn(self) -> float:
        """Ask once; give the seconds until the next time."""
        self._wake.clear()
        self._idle = False
        now = _now()
        ask = self._ledger.ask(now, self._wants(now))
        try:
            answer = await self._source.answer(now, ask)
        except Away as away:
            self._ledger.lost(_now(), ask)
            return self._away(away)
        except BaseException:
            self._ledger.lost(_now(), ask)
            raise
        self._promised += self._ledger.settle(_now(), ask, answer)
        self._deliver()
        return self._pause_s(ask, answer)

    def _away(self, away: Away) -> float:
        if not self._strict:
            self._source.leave(_now(), away, self._found)
            return 0.0
        self.refuse(lambda _: _refusal(away))
        self._idle = True
        return self._source.shares.beat_s

    def _found(self) -> None:
        """Redis is back: what was promised alone is not its promise, and it knows nothing of it."""
        self.drop()
        self._ledger.recall()
        self.rouse(urgent=True)

    def _pause_s(self, ask: Ask, answer: Answer) -> float:
        beat_s = self._source.shares.beat_s
        if self._ledger.behind:
            return 0.0
        if answer.wait:
            # Not all processes at the same moment, but all of them before the slot is due.
            late_s = random.random() * self._source.shares.together().ahead / MICROSECONDS / 2
            return min(answer.wait / MICROSECONDS + late_s, beat_s)
        if self._wants(_now()):
            return 0.0
        self._idle = True
        return beat_s

    async def _sleep(self, pause_s: float) -> None:
        if not pause_s:
            await asyncio.sleep(0)
            return
        timer = asyncio.get_running_loop().call_later(pause_s, self._wake.set)
        try:
            await self._wake.wait()
        finally:
            timer.cancel()

    # -- handing out -----------------------------------------------------------------------

    def _wants(self, now: float) -> tuple[int, ...]:
        """Give the weights of those to whom nothing is promised, in their order.

        While the reserved share is held, bulk work asks for one slot at a time: a slot that is
        asked for and not used costs the fleet an interval.
        """
        first, wait = self.lanes.first(now, self._source.shares.limit) or (None, 0.0)
        if first is None or wait:
            return ()
        most = 1 if now < self._urgent_until else BATCH
        if first.lane is Lane.INTERACTIVE:
            most = self.lanes.waiting(Lane.INTERACTIVE)
        promised = len(self._promised)
        queue = chain([first], (other for other in self.lanes if other is not first))
        return tuple(one.weight for one in islice(queue, promised, min(most, promised + BATCH)))

    def _deliver(self) -> None:
        """Hand out what is due, and come back for the rest."""
        now = _now()
        while self._promised and self._promised[0].due <= now:
            self._offer(self._promised.popleft(), now)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._promised:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(self._promised[0].due, self._deliver)
        self._mind_long_waits(now)
        self.rouse()

    def _offer(self, ticket: Ticket, now: float) -> None:
        """Hand a slot to whose turn it is, or give it back at once."""
        request = self._next(ticket, now)
        if request is None:
            self._ledger.give_back(ticket)
            self.rouse(urgent=True)
            return
        self._leave(request)
        if request.weight < ticket.weight:
            ticket = self._ledger.shrink(ticket, request.weight)
            self.rouse(urgent=True)
        if not request.go(ticket):
            self._offer(ticket, now)
            return
        self.in_flight += 1
        self.lanes.went(request, now)
        if request.lane is Lane.INTERACTIVE:
            self._urgent_until = now + self._source.shares.window_s

    def _next(self, ticket: Ticket, now: float) -> Request | None:
        stale = now - ticket.due > self._source.shares.grace_s / 2  # this process has stood still
        if stale or self._ledger.closed_for(now):
            return None
        request, wait = self.lanes.first(now, self._source.shares.limit) or (None, 0.0)
        return None if request is None or wait or request.weight > ticket.weight else request

    def _leave(self, request: Request) -> None:
        if request.waiting:
            request.waiting = False
            self.lanes.remove(request)

    def _mind_long_waits(self, now: float) -> None:
        since = min((head.since for head in self.lanes.heads()), default=None)
        if since is None:
            self._told = False
        elif not self._told and now - since >= LONG_WAIT_S:
            self._told = True
            self._tell()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _refusal(away: Away) -> LeadIQError:
    if away.refused:
        return ConfigurationError(f"Redis refuses to share the quota: {away.reason}", sent=False)
    text = f"Redis does not answer ({away.reason}), and the quota is shared strictly"
    return ConnectError(text, sent=False)


def _fault() -> LeadIQError:
    return LeadIQError("sharing the quota failed: see the log", sent=False)

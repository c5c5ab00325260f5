"""One lookup on its way to LeadIQ and back: the journal knows of every step before it is taken."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import TYPE_CHECKING

import anyio

from .._core.errors import LeadIQError
from .._engine.outcomes import was_refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from .._conduct.shared import Attempt
    from .._core.pricing import DataPoint
    from .._http.transport import Reply
    from .journal import Journal


class Flight:
    """A lookup that was claimed. It is the innermost middleware of the call that is made for it.

    Args:
        journal: where it was claimed.
        question: its key there.
        most: credits that it can cost at most.
        unsure: whether it may have been charged before this call.
        meaning: what a reply means: None for an answer, else the error.

    Attributes:
        charged: what it cost, as far as is known; the most, where it is not known.
    """

    def __init__(
        self,
        journal: Journal,
        question: bytes,
        most: Decimal,
        meaning: Callable[[int, bytes], LeadIQError | None],
        *,
        unsure: bool,
    ) -> None:
        self.charged = most if unsure else Decimal(0)
        self._journal = journal
        self._question = question
        self._most = most
        self._meaning = meaning
        self._began = anyio.current_time()
        self._attempts = 0
        self._busy_s = 0.0
        self._unsure = unsure
        self._reply: Reply | None = None
        self._kept = True

    async def __call__(self, attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """Send once, and keep what comes before anybody reads it."""
        self._look_back()
        await self._journal.sent(self._question, attempt.request_id)
        self._attempts, self.charged = attempt.number, self._most
        sent_at = anyio.current_time()
        try:
            self._reply = await send()
        except LeadIQError as error:
            self._unsure |= error.sent
            raise
        finally:
            self._busy_s += anyio.current_time() - sent_at
        await self._keep(self._reply)
        return self._reply

    async def settle(self, charged: Decimal, unlocked: Iterable[DataPoint]) -> None:
        """Note what the answer cost.

        Raises:
            sqlite3.Error: the answer, or this, could not be kept.
        """
        self.charged = charged
        if not self._kept and self._reply is not None:
            await self._journal.answered(self._question, self._reply.status, self._reply.body)
        waited_s = anyio.current_time() - self._began - self._busy_s
        receipt = {
            "attempts": self._attempts,
            "waited_s": round(waited_s, 3),
            "unlocked": sorted(unlocked),
        }
        await self._journal.settle(self._question, charged, receipt)

    async def end(self, error: LeadIQError) -> None:
        """Note that no answer came, and whether it can have been charged all the same."""
        if self._unsure or (self._attempts and not was_refused(error)):
            await self._journal.lost(self._question)
        else:
            self.charged = Decimal(0)
            await self._journal.not_taken(self._question)

    def _look_back(self) -> None:
        """Before sending again: can the attempt before this one have been charged?"""
        if self._reply is not None:
            meaning = self._meaning(self._reply.status, self._reply.body)
            self._unsure |= meaning is None or not was_refused(meaning)
            self._reply = None

    async def _keep(self, reply: Reply) -> None:
        """An answer that cannot be kept is given to the caller all the same, who paid for it."""
        try:
            await self._journal.answered(self._question, reply.status, reply.body)
        except sqlite3.Error:
            self._kept = False

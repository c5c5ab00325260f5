"""One request on its way to LeadIQ and back: the journal knows of every step before it is taken."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

import anyio

from .._core.errors import LeadIQError, RateLimitError
from .._engine.aliases import shares
from .._engine.outcomes import was_refused
from .._generated.operations import SEARCH_PEOPLE
from .._http.transport import Reply
from . import steps
from .replies import Found, read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from .._conduct.shared import Attempt
    from .._engine.aliases import Share
    from .claims import Claim
    from .commits import Statement
    from .journal import Journal
    from .ledger_job import LedgerJob

_NOTHING: Final = b'{"data":{}}'
_ANSWERED: Final = "an answer came, and something was raised after it; it is not asked for again"


class Flight:
    """The innermost middleware of the call that is made for some claims.

    A reply that answers some of many, and not others, is not what the call should judge: it would
    throw away what was answered, or send all of it again. So the call is told of an empty answer.

    Args:
        journal: where they were claimed.
        claims: what the request asks for, in the order of the aliases.
        ledger: is told as well, if there is one.

    Attributes:
        reply: the last one, until it is known to be followed by another.
        is_mixed: whether that reply has to be read lookup by lookup.
        limited: how often LeadIQ refused it for its rate limit, and it was sent again.
    """

    def __init__(
        self, journal: Journal, claims: Sequence[Claim], ledger: LedgerJob | None = None
    ) -> None:
        self.reply: Reply | None = None
        self.is_mixed = False
        self.limited = 0
        self._journal = journal
        self._ledger = ledger
        self._claims = claims
        self._questions = [claim.wish.question for claim in claims]
        self._kept = False
        self._batch = 0

    async def __call__(self, attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """Send once, and keep what comes before anybody reads it.

        Raises:
            LeadIQError: there is an answer already, whatever was raised after it.
        """
        if self.reply is not None and self._is_answer(self.reply):
            raise LeadIQError(_ANSWERED)
        self._look_back()
        wishes = [claim.wish for claim in self._claims if claim.unsure]
        if self._ledger:
            await self._ledger.sent(self._claims, attempt.request_id)
        doubts = [steps.doubted(wish.question, wish.free) for wish in wishes]
        await self._journal.sent_together(self._questions, attempt.request_id, self._batch, *doubts)
        for claim in self._claims:
            claim.departs(attempt)
        sent_at = anyio.current_time()
        try:
            self.reply = await send()
        except LeadIQError as error:
            self._doubt(error.sent)
            raise
        finally:
            for claim in self._claims:
                claim.busy_s += anyio.current_time() - sent_at
        await self._keep(self.reply)
        self.is_mixed = self._answers_some(self.reply)
        return Reply(200, self.reply.headers, _NOTHING) if self.is_mixed else self.reply

    def divide(self) -> list[Share]:
        """Give each claim its share of the reply to many."""
        body = self.reply.body if self.reply else b""
        parts = shares(body, range(len(self._claims)), SEARCH_PEOPLE.root)
        for claim, part in zip(self._claims, parts, strict=True):
            claim.reply = part.reply
        return parts

    async def land(self, *closed: Statement) -> None:
        """Write what became of the claims, and the reply of each.

        Raises:
            sqlite3.Error: the answers, or this, could not be kept.
        """
        await self._journal.write(*self._replies(), *closed)

    def _replies(self) -> list[Statement]:
        if self.reply is None:
            return []
        status = self.reply.status
        if len(self._claims) > 1:
            each = [steps.replied(c.wish.question, status, c.reply) for c in self._claims]
            return [*each, steps.divided(self._batch)]
        if self._kept:
            return []
        return [steps.answered(self._questions[0], status, self.reply.body)]

    def doubt(self) -> Found | LeadIQError | None:
        """Note whether the last reply can have been charged for; give what it means."""
        if self.reply is None:
            return None
        meaning = read(self.reply.status, self.reply.body)
        self._doubt(isinstance(meaning, Found) or not was_refused(meaning))
        return meaning

    def _look_back(self) -> None:
        """Before sending again: can the attempt before this one have been charged?"""
        self.limited += isinstance(self.doubt(), RateLimitError)
        self.reply, self.is_mixed = None, False

    def _is_answer(self, reply: Reply) -> bool:
        one = len(self._claims) == 1
        parts = [reply.body] if one else [part.reply for part in self.divide()]
        return any(isinstance(read(reply.status, part), Found) for part in parts)

    def _doubt(self, may_be_charged: bool) -> None:
        for claim in self._claims:
            claim.unsure |= may_be_charged

    async def _keep(self, reply: Reply) -> None:
        """An answer that cannot be kept is given to the caller all the same, who paid for it."""
        try:
            if len(self._claims) == 1:
                self._claims[0].reply = reply.body
                await self._journal.answered(self._questions[0], reply.status, reply.body)
            else:
                self._batch = await self._journal.answered_together(
                    self._questions, reply.status, reply.body
                )
            self._kept = True
        except sqlite3.Error:
            self._kept = False
        if self._ledger:
            if len(self._claims) > 1:
                self.divide()
            await self._ledger.answered(self._claims, reply.status)

    def _answers_some(self, reply: Reply) -> bool:
        if len(self._claims) == 1 or b'"errors"' not in reply.body:
            return False
        return any(part.is_told for part in self.divide())

"""One job's part of a ledger, while it is under way."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import anyio

from .._core.errors import ConfigurationError, LedgerError, OutcomeUnknownError
from . import steps
from .budget_rules import Unreachable
from .entries import State
from .ledger_rules import (
    Change,
    Standing,
    answered,
    claimed,
    ended,
    recovered,
    sent,
    standing,
)
from .turns import Turns

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
    from types import TracebackType

    from anyio.abc import TaskGroup

    from .._core.pricing import Prices
    from .claims import Claim, Wish
    from .journal import Journal
    from .ledger_rules import LedgerStore, Slip

logger = logging.getLogger("leadiq")

T = TypeVar("T")

_RETRY_AFTER_S: Final = (0.1, 0.5, 2.0)
"""Pauses before the store is given up. What it did although its answer was lost is found out."""
_FIRST_LOOK_S: Final = 0.05
_LOOK_S: Final = 1.0
"""How often to look whether another process has come to an end, at most and at least."""
_SAY_AFTER_S: Final = 5.0
_BEATS: Final = 3
"""How often a lease is renewed before it would run out."""

_UNKNOWN: Final = "it was sent before and no answer came; sent again, it may be charged again"
_OTHERS: Final = "the ledger '%s' is of another account: give this one a ledger of its own"
_LOST: Final = (
    "the ledger has lost this job, or has given it to another process, because this one was held up"
    " for longer than its lease: go on with the job"
)
_AWAY: Final = "the store of the ledger '%s' cannot be reached (%s): see to it, then go on"
_NOT_KEPT: Final = "the answer is here, but the store of the ledger '%s' cannot be reached"
_UNTOLD: Final = "the ledger could not be told of %d answers: they are in this machine's journals"


class LedgerJob:
    """What one job has to do with a ledger. Use it as a context manager.

    Args:
        name: the ledger's.
        store: keeps it.
        job: one process at a time has it; who comes meanwhile waits for it.
        lease_s: seconds without a sign of life after which a process is taken to have ended.
        prices: the account's price list.

    Entering raises:
        ConfigurationError: it is a ledger of another account.
        LedgerError: the store cannot be reached.
    """

    def __init__(
        self,
        name: str,
        store: LedgerStore,
        job: str,
        *,
        account: str,
        lease_s: float,
        keep_s: float,
        prices: Prices,
    ) -> None:
        self._name = name
        self._store = store
        self._job = job
        self._account = account
        self._lease_s = lease_s
        self._keep_s = keep_s
        self._prices = prices
        self._holder = token_hex(8)
        self._turns = Turns(store)
        self._held: dict[bytes, Slip] = {}
        self._untold: dict[bytes, Slip] = {}
        self._lost = False
        self._away = False
        self._beats: TaskGroup

    @property
    def is_told(self) -> bool:
        """Whether the ledger knows of every answer."""
        return not self._untold

    async def __aenter__(self) -> Self:
        try:
            if not await self._reach(self._store.open, self._account, self._keep_s):
                raise ConfigurationError(_OTHERS % self._name, sent=False)
            waiting = _Waiting("another process is at the job '%s'", self._job)
            while not await self._reach(self._store.lease, self._job, self._holder, self._lease_s):
                await waiting.once()
        except BaseException:
            await self._close()
            raise
        self._beats = await anyio.create_task_group().__aenter__()
        self._beats.start_soon(self._beat)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._beats.cancel_scope.cancel()
        await self._beats.__aexit__(None, None, None)
        with anyio.CancelScope(shield=True):
            for question, slip in list(self._untold.items()):
                await self._tell(question, slip)
            if self._untold:
                logger.warning(_UNTOLD, len(self._untold))
            with suppress(Unreachable):
                await self._lease(0.0)
        await self._close()

    async def restore(self, journal: Journal) -> None:
        """Write to a new journal what earlier runs of this job have left in the ledger.

        Raises:
            LedgerError: the store cannot be reached.
            sqlite3.Error: the journal cannot be written.
        """
        async for question, found in self._own():
            slip = found
            if standing(slip) is Standing.ANSWERED:
                slip = await self._recover(question, slip) or slip
            if standing(slip) is Standing.UNKNOWN:
                slip = slip._replace(entry=slip.entry._replace(state=State.UNKNOWN))
            if standing(slip) in (Standing.OVER, Standing.UNKNOWN):
                await journal.write(steps.restored(question, slip.entry, slip.sent_at))

    async def take(self, wish: Wish, *, may_repeat: bool) -> Slip | None:
        """Claim a lookup; or give what has come of it, for which another process is waited for.

        Args:
            wish: what is asked.
            may_repeat: whether it may be sent again although it may have been charged.

        Returns:
            What is known of it: that is final, or was so before it was claimed.

        Raises:
            OutcomeUnknownError: it may have been charged, and may not be repeated.
            LedgerError: the store cannot be reached, or has lost this job.
        """
        waiting = _Waiting("waiting for an answer to a lookup that another process has sent")
        slip: Slip | None = None
        while True:
            self._require_lease()
            match standing(slip):
                case Standing.OVER:
                    return slip
                case Standing.OPEN:
                    await waiting.once()
                case Standing.ANSWERED if slip:
                    await self._recover(wish.question, slip)
                case Standing.UNKNOWN if not may_repeat:
                    raise OutcomeUnknownError(_UNKNOWN, sent=False)
                case _:
                    mine = claimed(slip, wish, self._job, self._holder)
                    if await self._write(Change(wish.question, mine)):
                        self._held[wish.question] = mine
                        return slip
            slip = await self._reach(self._store.find, wish.question)
            if slip and slip.holder == self._holder and wish.question not in self._held:
                slip = slip._replace(is_open=False)  # left behind while the store was away

    async def sent(self, claims: Sequence[Claim], request_id: str) -> None:
        """Note that a request for some claims is about to leave.

        Raises:
            LedgerError: it must not be sent: the store cannot be reached, or another process has
                taken one of them over.
        """
        self._require_lease()
        now = time.time()
        changes = [
            Change(question, sent(slip, claim, request_id, now))
            for claim, question, slip in self._mine(claims)
        ]
        if not await self._write(*changes):
            self._lost = True
        self._require_lease()
        self._held.update(changes)

    async def answered(self, claims: Sequence[Claim], status: int) -> None:
        """Keep the replies to some claims. It does not fail: `let_go` tells what was not told."""
        changes = [
            Change(question, answered(slip, status, claim.reply))
            for claim, question, slip in self._mine(claims)
        ]
        for question, slip in changes:  # before a pause in which this can be cancelled
            self._held[question] = slip._replace(version=slip.version - 1)
        with suppress(LedgerError):
            if await self._write(*changes):
                self._held.update(changes)

    async def let_go(self, claim: Claim) -> LedgerError | None:
        """Note what has come of a claim. Who has not been told of an answer gets an error."""
        question = claim.wish.question
        with anyio.CancelScope(shield=True):
            await self._tell(question, ended(self._held.pop(question), claim))
        return LedgerError(_NOT_KEPT % self._name) if question in self._untold else None

    async def _tell(self, question: bytes, slip: Slip) -> None:
        """Write a slip. An answer is written also where another process has taken it over.

        An answer that could not be told stays in `_untold`; what else could not, is found out by
        others when the lease has ended.
        """
        is_answer = slip.entry.state in (State.SETTLED, State.ANSWERED)
        if is_answer:
            self._untold[question] = slip
        with suppress(LedgerError):
            while not await self._write(Change(question, slip)):
                found = await self._reach(self._store.find, question)
                theirs = found is None or found.holder != self._holder
                if found is None and is_answer:
                    return  # the ledger has lost it: the journal is kept
                is_read = slip.entry.state is State.SETTLED
                if standing(found) is Standing.OVER or found is None or (theirs and not is_read):
                    break
                slip = slip._replace(version=found.version + 1)
            self._untold.pop(question, None)

    async def _recover(self, question: bytes, slip: Slip) -> Slip | None:
        settled = recovered(slip, self._prices)
        return settled if await self._write(Change(question, settled)) else None

    async def _own(self) -> AsyncGenerator[tuple[bytes, Slip]]:
        mark = b""
        while True:
            page = await self._reach(self._store.page, self._job, mark)
            for question, slip in page.slips:
                yield question, slip
            if not (mark := page.mark):
                return

    def _mine(self, claims: Iterable[Claim]) -> list[tuple[Claim, bytes, Slip]]:
        """Give those that somebody still waits for, with their slips."""
        known = ((claim, claim.wish.question) for claim in claims)
        return [(claim, key, self._held[key]) for claim, key in known if key in self._held]

    def _require_lease(self) -> None:
        if self._lost:
            raise LedgerError(_LOST, sent=False)

    async def _beat(self) -> None:
        """Renew the lease. While the store is away it runs on, and out."""
        while True:
            await anyio.sleep(self._lease_s / _BEATS)
            with suppress(Unreachable):
                self._lost |= not await self._lease(self._lease_s)

    async def _lease(self, seconds: float) -> bool:
        return await self._turns.call(self._store.lease, self._job, self._holder, seconds)

    async def _write(self, *changes: Change) -> bool:
        """Write slips; tell whether all of them are there.

        A change that was made although its answer was lost is found to be there.
        """
        written = await self._persistently(self._turns.swap, *changes)
        for change, done in zip(changes, written, strict=True):
            if not done:
                found = await self._reach(self._store.find, change.question)
                if found is None or found._replace(is_open=False) != change.slip:
                    return False
        return True

    async def _reach(self, call: Callable[..., T], *values: Any) -> T:
        return await self._persistently(self._turns.call, call, *values)

    async def _persistently(self, call: Callable[..., Awaitable[T]], *values: Any) -> T:
        """Do what can be done again without harm, also when the store is away for a moment.

        When it was given up once, what comes next does not begin anew.

        Raises:
            LedgerError: the store cannot be reached.
        """
        for pause_s in () if self._away else _RETRY_AFTER_S:
            try:
                return await call(*values)
            except Unreachable:
                await anyio.sleep(pause_s)
        try:
            done = await call(*values)
        except Unreachable as away:
            self._away = True
            raise LedgerError(_AWAY % (self._name, away), sent=False) from None
        self._away = False
        return done

    async def _close(self) -> None:
        with anyio.CancelScope(shield=True), suppress(Unreachable):
            await self._turns.call(self._store.close)


class _Waiting:
    """Waits for another process, with a look now and then, and says so once."""

    def __init__(self, text: str, *values: object) -> None:
        self._text = text
        self._values = values
        self._look_s = _FIRST_LOOK_S
        self._waited_s = 0.0
        self._said = False

    async def once(self) -> None:
        """Wait until it is time to look again."""
        await anyio.sleep(self._look_s)
        self._waited_s += self._look_s
        self._look_s = min(2 * self._look_s, _LOOK_S)
        if self._waited_s >= _SAY_AFTER_S and not self._said:
            self._said = True
            logger.warning(self._text, *self._values)

"""What one job has of a budget that is shared, while it is under way."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import anyio
from anyio import to_thread

from .._core.errors import BudgetError, BudgetStoreError
from .budget import out_of_credits
from .budget_rules import (
    Ask,
    Line,
    Unreachable,
    Verdict,
    beginning_of,
    credits_,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from decimal import Decimal

    from .budget_rules import Answer, Book, Terms
    from .shared_budget import SharedBudget

logger = logging.getLogger("leadiq")

T = TypeVar("T")

_RETRY_AFTER_S: Final = (0.1, 0.5, 2.0)
"""Pauses before the store is given up. Asking again is safe, as a line is always told whole."""
_FIRST_LOOK_S: Final = 0.05
_LOOK_S: Final = 1.0
"""How often to look whether other processes have given something back, at most and at least."""
PATIENCE_S: Final = 300.0
"""How long to wait for what other processes hold while none of them tells anything: longer than any
lookup takes, so that who says nothing was killed."""

_SAY_AFTER_S: Final = 5.0
_WAITING: Final = "waiting for some of the %s credits that other jobs hold of %s"
_UNTOLD: Final = "%s could not be told how the job ended: it may count too much until it goes on"


class _Account:
    """What this job has in one budget, and what the store was told of it."""

    def __init__(self, terms: Terms, stops: int, line: Line, *, whole: bool) -> None:
        self.terms = terms
        self.stops = stops
        self.line = line
        self.whole = whole
        """Whether all that the job has ever spent is in it, and not in that of another day."""
        self.told: Line | None = line
        """None while it is not known."""

    def count(self, reserved: int, spent: int) -> None:
        """Change the line; the store is told later."""
        self.line = Line(self.line.spent + spent, self.line.reserved + reserved)


class Share:
    """What one job has of a shared budget, while it is under way."""

    def __init__(self, budget: SharedBudget, job: str, book: Book) -> None:
        self._budget = budget
        self._job = job
        self._book = book
        self._accounts: dict[str, _Account] = {}
        self._turn = anyio.Lock()
        self._talking = anyio.Lock()
        self._changed = anyio.Event()
        self._quiet = _Quiet()
        self._away = False

    async def enter(self, spent: Callable[[float], Decimal]) -> None:
        """Tell the store what the job has spent; see `SharedBudget.enter`."""
        terms = self._budget.terms(time.time())
        ever = spent(0.0)
        here = spent(beginning_of(terms.day)) if terms.day else ever
        await self._open(terms, units(here), whole=here == ever)

    async def reserve(self, most: Decimal, counted: Decimal) -> Held:
        """Set aside credits; see `Budget.reserve`, which raises the same."""
        async with self._turn:
            look_s = _FIRST_LOOK_S
            while True:
                changed = self._changed
                account = await self._account()
                answer = await self._ask(account, units(most), units(counted))
                if answer.verdict is Verdict.GRANTED:
                    return Held(self, account, units(most))
                self._refuse(answer, most - counted)
                self._watch(answer.all, account.line)
                with anyio.move_on_after(look_s):
                    await changed.wait()
                look_s = min(2 * look_s, _LOOK_S)

    async def settle(self, account: _Account, most: int, charged: Decimal) -> None:
        """Give back what was set aside, and count what it cost. It does not fail."""
        account.count(-most, units(charged))
        self._changed.set()
        self._changed = anyio.Event()
        await self._tell(account)

    async def stop_all(self) -> None:
        """Let no job that has entered send more. Who is not told finds out by asking LeadIQ."""
        with anyio.CancelScope(shield=True), suppress(Unreachable):
            async with self._talking:
                for account in self._accounts.values():
                    await to_thread.run_sync(self._book.stop, account.terms.name)

    async def leave(self) -> None:
        """Tell the store how it ended."""
        for account in self._accounts.values():
            await self._tell(account)
            if account.told != account.line:
                logger.warning(_UNTOLD, self._budget)
        await self.close()

    async def close(self) -> None:
        """Close the store."""
        with anyio.CancelScope(shield=True), suppress(Unreachable):
            await to_thread.run_sync(self._book.close)

    async def _account(self) -> _Account:
        """Give the account of today; a day that has begun meanwhile begins with nothing spent."""
        terms = self._budget.terms(time.time())
        return self._accounts.get(terms.name) or await self._open(terms, 0, whole=False)

    async def _open(self, terms: Terms, spent: int, *, whole: bool) -> _Account:
        async def enter() -> int:
            return await to_thread.run_sync(self._book.enter, terms, self._job, spent)

        account = _Account(terms, await self._persistently(enter), Line(spent), whole=whole)
        self._accounts[terms.name] = account
        return account

    async def _ask(self, account: _Account, most: int, counted: int) -> Answer:
        """Ask for a reservation, and count it if it is granted.

        What may have been counted on another day is not taken back here.
        """

        async def ask() -> Answer:
            async with self._talking:  # from here on nothing is cancelled: a thread is waited for
                line = account.line
                less = min(counted, line.spent) if account.whole else 0
                answer = await self._say(account, Line(line.spent - less, line.reserved + most))
                if answer.verdict is Verdict.GRANTED:
                    account.count(most, -less)
                return answer

        return await self._persistently(ask)

    async def _tell(self, account: _Account) -> None:
        """Tell the store of the line as it is, unless another task has told it meanwhile."""
        with anyio.CancelScope(shield=True), suppress(Unreachable):
            async with self._talking:
                if account.told != account.line:
                    await self._say(account, account.line)

    async def _say(self, account: _Account, wanted: Line) -> Answer:
        line, account.told = account.line, None
        ask = Ask(self._job, line, wanted, account.stops)
        answer = await to_thread.run_sync(self._book.ask, account.terms, ask)
        account.told = wanted if answer.verdict is Verdict.GRANTED else line
        return answer

    async def _persistently(self, call: Callable[[], Awaitable[T]]) -> T:
        """Do what can be done again without harm, also when the store is away for a moment.

        When it was given up for one lookup, the others that wait do not begin anew.
        """
        for pause_s in () if self._away else _RETRY_AFTER_S:
            try:
                return await call()
            except Unreachable:
                await anyio.sleep(pause_s)
        try:
            done = await call()
        except Unreachable as away:
            self._away = True
            text = f"the store of {self._budget} cannot be reached ({away}): see to it, then go on"
            raise BudgetStoreError(f"{text} with the job", sent=False) from None
        self._away = False
        return done

    def _refuse(self, answer: Answer, more: Decimal) -> None:
        """Raise the error of an answer that is final."""
        if answer.verdict is Verdict.STOPPED:
            raise out_of_credits()
        if answer.verdict is Verdict.GONE:
            text = f"{self._budget} has lost what this job has spent: it was forgotten, or its"
            text += " store has lost its memory; go on with the job to have it counted anew"
            raise BudgetStoreError(text, sent=False)
        if answer.verdict is Verdict.REFUSED:
            text = f"{self._budget} does not cover the next lookup, which can cost {more:f}:"
            text += f" {credits_(answer.all.spent):f} are spent"
            text += "; the next day begins at midnight UTC" if self._budget.per_day else ""
            raise BudgetError(text, sent=False)

    def _watch(self, all_: Line, own: Line) -> None:
        """Wait on while anything happens, here or in other processes; else raise `BudgetError`."""
        quiet_s = self._quiet.since(anyio.current_time(), all_, busy=own.reserved > 0)
        held = credits_(all_.reserved)
        if quiet_s >= PATIENCE_S:
            text = f"of {self._budget} {held:f} are held by jobs that have told nothing for"
            text += f" {PATIENCE_S:.0f} s: go on with them, or see `leadiq budgets list`"
            raise BudgetError(text, sent=False)
        if quiet_s >= _SAY_AFTER_S and not self._quiet.said:
            self._quiet.said = True
            logger.warning(_WAITING, held, self._budget)


class Held(NamedTuple):
    """Credits that are set aside for one lookup, in the account of the day when it began."""

    share: Share
    account: _Account
    most: int

    async def settle(self, charged: Decimal) -> None:
        """Give back what was set aside, and count what it cost; see `Reservation.settle`."""
        await self.share.settle(self.account, self.most, charged)


class _Quiet:
    """How long nothing has happened. Pure: times are the event loop's seconds."""

    def __init__(self) -> None:
        self.said = False
        """Whether that was said."""
        self._seen: Line | None = None
        self._since = 0.0

    def since(self, now: float, all_: Line, *, busy: bool) -> float:
        """Give the seconds since the sums were others, or this job was busy itself."""
        if busy or all_ != self._seen:
            self.said, self._seen, self._since = False, all_, now
        return now - self._since

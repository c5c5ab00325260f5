"""How much may be spent: the most is reserved before sending, what it really was is settled after.

Reserved and spent together never exceed the limit, so it holds whatever LeadIQ answers.

    async with Budget(100, within=day).entered("a-job", journal.spent) as budget:
        reservation = await budget.reserve(most)
        try:
            charged = await send()
        finally:
            await reservation.settle(charged)
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import anyio

from .._core.errors import BudgetError, ConfigurationError, InsufficientCreditsError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from .._core.errors import LeadIQError
    from .share import Held, Share
    from .shared_budget import SharedBudget

UNLIMITED: Final = "unlimited"
_NONE: Final = Decimal(0)


class Budget:
    """Credits that all tasks of a job share, and the jobs that have it in common.

    Args:
        limit: credits; None is unlimited.
        spent: credits that were spent before.
        within: another budget that has to cover the same credits too, a day's for example.

    Raises:
        ConfigurationError: for a limit below 0 or one that is no number, and for a `within` that is
            no budget.
    """

    def __init__(
        self,
        limit: Decimal | int | None,
        *,
        spent: Decimal = _NONE,
        within: Budget | SharedBudget | None = None,
    ) -> None:
        self.limit = None if limit is None else credits_of(limit)
        self.spent = spent
        self.reserved = _NONE
        self._chain: tuple[Budget, ...] = (self,)
        self._shared: SharedBudget | None = None
        self._share: Share | None = None
        if isinstance(within, Budget):
            self._chain = (self, *within._chain)
            self._shared, self._share = within._shared, within._share
        elif within is not None:
            self._shared = _shared(within)
        self._outermost = self._chain[-1]
        self._jobs: dict[str, Decimal] = {}
        self._turn = anyio.Lock()
        self._changed = anyio.Event()
        self._out_of_credits = 0
        self._out_of_credits_before = self._outermost._out_of_credits

    @classmethod
    def of(cls, given: Budget | SharedBudget | Decimal | int | str) -> Budget:
        """Take a budget in any of the forms in which people give one; "unlimited" is a word.

        Raises:
            ConfigurationError: it is none.
        """
        if isinstance(given, Budget):
            return given
        if given == UNLIMITED:
            return cls(None)
        if isinstance(given, Decimal | int | float | str):
            return cls(credits_of(given))
        return cls(None, within=_shared(given))

    @asynccontextmanager
    async def entered(self, job: str, spent: Callable[[float], Decimal]) -> AsyncGenerator[Budget]:
        """Give the budget of one job: what it spends counts here too, and in what this is within.

        Args:
            job: its id. What is known of the job here or in a shared budget is replaced by
                `spent`, so that a job that was killed and goes on is not counted twice.
            spent: tells how many credits the job has spent on what it sent at a Unix time, in
                seconds, or later; what is of unknown outcome counts as spent.

        Raises:
            BudgetStoreError: a shared budget cannot be reached.
        """
        before = spent(0.0)
        share = await self._shared.enter(job, spent) if self._shared else None
        self.count(_NONE, before - self._jobs.get(job, _NONE))
        budget = Budget(self.limit, spent=before, within=self)
        budget._share = share
        try:
            yield budget
        finally:
            self._jobs[job] = budget.spent
            if share:
                await share.leave()

    @property
    def left(self) -> Decimal:
        """Credits that are neither spent nor reserved, as far as this process knows."""
        limited = [b.limit - b.spent - b.reserved for b in self._chain if b.limit is not None]
        return min(limited, default=Decimal("Infinity"))

    async def reserve(self, most: Decimal, *, counted: Decimal = _NONE) -> Reservation:
        """Set aside what a lookup can cost at most.

        While others hold reservations it waits for what they leave; first come is first served.
        When it is cancelled nothing is set aside.

        Args:
            most: credits.
            counted: how many credits of them are among those spent already, because the lookup
                was sent before; from now on they are among those reserved.

        Raises:
            BudgetError: it will not fit, whatever the reservations that are out end as. Nothing
                is set aside.
            BudgetStoreError: a shared budget cannot be reached.
            InsufficientCreditsError: LeadIQ has refused another lookup because credits are used up.
        """
        if self._shared and not self._share:
            raise ConfigurationError("a job has to enter a shared budget first", sent=False)
        async with self._turn:
            await self._require_room(most - counted)
            self.count(most, -counted)
            if self._share is None:
                return Reservation(self, most, None)
            try:
                held = await self._share.reserve(most, counted)
            except BaseException:
                self.count(-most, counted)
                raise
            return Reservation(self, most, held)

    async def heed(self, error: LeadIQError) -> None:
        """Let nobody who shares this budget send more, if LeadIQ says that credits are used up.

        What is under way is not touched. Jobs that begin or go on later are free to try.
        """
        if isinstance(error, InsufficientCreditsError) and error.sent:
            self._outermost._out_of_credits += 1
            self._wake()
            if self._share:
                await self._share.stop_all()

    async def _require_room(self, more: Decimal) -> None:
        """Wait until so many credits more fit; raise what `reserve` raises."""
        while True:
            if self._outermost._out_of_credits > self._out_of_credits_before:
                raise out_of_credits()
            if self.left >= more:
                return
            self._require_hope(more)
            await self._outermost._changed.wait()

    def _require_hope(self, more: Decimal) -> None:
        """Refuse what would not fit if all reservations came back unspent."""
        for budget in self._chain:
            if budget.limit is not None and budget.limit - budget.spent < more:
                raise BudgetError(
                    f"the budget of {budget.limit} credits does not cover the next lookup, which"
                    f" can cost {more}: {budget.spent} are spent",
                    sent=False,
                )

    def count(self, reserved: Decimal, spent: Decimal) -> None:
        """Count credits, here and in what this is within; less than 0 takes some back."""
        for budget in self._chain:
            budget.reserved += reserved
            budget.spent += spent
        self._wake()

    def _wake(self) -> None:
        self._outermost._changed.set()
        self._outermost._changed = anyio.Event()


class Reservation:
    """Credits that `Budget.reserve` has set aside for one lookup.

    Args:
        budget: counts them.
        most: how many.
        held: the same in a shared budget.
    """

    def __init__(self, budget: Budget, most: Decimal, held: Held | None) -> None:
        self._budget = budget
        self._most = most
        self._held = held
        self._open = True

    async def settle(self, charged: Decimal) -> None:
        """Give back what was set aside, and count what it cost; a second call does nothing.

        It is done even when it is cancelled, and it does not fail: a shared budget that cannot be
        reached is told later, and until then counts what was set aside.
        """
        if self._open:
            self._open = False
            self._budget.count(-self._most, charged)
            if self._held:
                await self._held.settle(charged)


def credits_of(amount: object) -> Decimal:
    """Give a limit as a number of credits.

    Raises:
        ConfigurationError: it is below 0, or neither an int nor a Decimal.
    """
    if isinstance(amount, Decimal | int) and not isinstance(amount, bool):
        limit = Decimal(amount)
        if limit.is_finite() and limit >= 0:
            return limit
    raise ConfigurationError(_NO_AMOUNT, sent=False)


def _shared(given: object) -> SharedBudget:
    """Require a shared budget: anything else would be no limit at all."""
    from .shared_budget import SharedBudget

    if not isinstance(given, SharedBudget):
        raise ConfigurationError(_NO_BUDGET, sent=False)
    return given


def out_of_credits() -> InsufficientCreditsError:
    """Say to a lookup that waits to be sent what LeadIQ has said to another."""
    text = "LeadIQ has refused another lookup because the credits are used up: buy credits, then"
    return InsufficientCreditsError(f"{text} go on with the job", status=402, sent=False)


_NO_AMOUNT: Final = "a budget has to be a number of credits, 0 or more, as an int or a Decimal"
_NO_BUDGET: Final = "a budget has to be a number of credits, a Budget or a SharedBudget"

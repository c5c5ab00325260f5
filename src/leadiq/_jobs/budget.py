"""How much may be spent: the most is reserved before sending, what it really was is settled after.

Reserved and spent together never exceed the limit, so it holds whatever LeadIQ answers.
"""

from __future__ import annotations

from decimal import Decimal

import anyio

from .._core.errors import BudgetError, ConfigurationError


class Budget:
    """Credits that all tasks of a job share.

    Args:
        limit: credits; None is unlimited.
        spent: credits that were spent before.
        within: another budget that has to cover the same credits too, a day's for example.

    Raises:
        ConfigurationError: for a limit below 0, or one that is no number.
    """

    def __init__(
        self,
        limit: Decimal | int | None,
        *,
        spent: Decimal = Decimal(0),
        within: Budget | None = None,
    ) -> None:
        self.limit = None if limit is None else Decimal(limit)
        if self.limit is not None and not (self.limit.is_finite() and self.limit >= 0):
            raise ConfigurationError(
                "a budget has to be a number of credits, 0 or more", sent=False
            )
        self.spent = spent
        self.reserved = Decimal(0)
        self._within = within
        self._turn = anyio.Lock()
        self._freed = anyio.Event()

    @property
    def left(self) -> Decimal:
        """Credits that are neither spent nor reserved."""
        own = Decimal("Infinity") if self.limit is None else self.limit - self.spent - self.reserved
        return own if self._within is None else min(own, self._within.left)

    async def reserve(self, most: Decimal) -> None:
        """Set aside what a lookup can cost at most.

        While others hold reservations it waits for what they leave; first come is first served.

        Raises:
            BudgetError: it will not fit, whatever the reservations that are out end as. Nothing
                is set aside.
        """
        async with self._turn:
            while self.left < most:
                self._require_hope(most)
                await self._outermost._freed.wait()
            for budget in self._chain():
                budget.reserved += most

    def add(self, charged: Decimal) -> None:
        """Count what was spent without a reservation; less than 0 takes back what was counted."""
        self.settle(Decimal(0), charged)

    def settle(self, most: Decimal, charged: Decimal) -> None:
        """Give back what `reserve` set aside, and count what it cost."""
        for budget in self._chain():
            budget.reserved -= most
            budget.spent += charged
        outermost = self._outermost
        outermost._freed.set()
        outermost._freed = anyio.Event()

    @property
    def _outermost(self) -> Budget:
        return self if self._within is None else self._within._outermost

    def _chain(self) -> list[Budget]:
        return [self, *(self._within._chain() if self._within else ())]

    def _require_hope(self, most: Decimal) -> None:
        """Refuse what would not fit if all reservations came back unspent."""
        for budget in self._chain():
            if budget.limit is not None and budget.limit - budget.spent < most:
                raise BudgetError(
                    f"the budget of {budget.limit} credits does not cover the next lookup, which"
                    f" can cost {most}: {budget.spent} are spent",
                    sent=False,
                )

"""What each tenant may spend: a line of this process in each tenant's shared budget."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

import anyio

from leadiq import (
    Budget,
    BudgetError,
    BudgetStoreError,
    ConfigurationError,
    InsufficientCreditsError,
)
from leadiq._engine.tariff import live_prices
from leadiq._jobs.accounts import account_of
from leadiq.fastapi._meter import Meter, most_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
    from types import TracebackType

    from leadiq import LeadIQ, Options, SharedBudget, Unlock
    from leadiq._core.documents import Operation
    from leadiq._core.pricing import Prices
    from leadiq._jobs.budget import Reservation

T = TypeVar("T")

MOST_OPEN: Final = 100
"""Tenants whose budgets are kept open while nobody uses them: each holds a connection."""
PATIENCE_S: Final = 15.0
"""How long somebody who waits for a response waits for what others have reserved: longer than it
takes to find out that the store is away."""

_NO_BUDGETS: Final = "budgets of tenants need lifespan(budget_of=...)"
_HELD: Final = "what is left of the budget is reserved for other lookups, which have not ended"


class Wanted(NamedTuple):
    """A call that is to be paid for."""

    operation: Operation
    variables: bytes
    """As JSON."""
    send: Callable[..., Awaitable[Any]]
    """Makes the call; takes options in place of its own."""
    options: Options
    """Those of its view."""
    words: Mapping[str, Any]
    """What the call was given beside: options of its own, and `unlock`."""

    def option(self, name: str) -> Any:
        """Give an option as it is for this call."""
        return self.words.get(name, getattr(self.options, name))

    @property
    def unlock(self) -> tuple[Unlock, ...]:
        """What it asks for beyond the profile."""
        found: tuple[Unlock, ...] = self.words.get("unlock", ())
        return found


class Account:
    """One tenant's budget, as far as this process draws on it. It is opened when it is needed."""

    def __init__(self, budget: SharedBudget) -> None:
        self.shared = budget
        self.users = 0
        """Calls that are under way."""
        self._stack = AsyncExitStack()
        self._budget: Budget | None = None
        self._turn = anyio.Lock()

    async def pay(self, wanted: Wanted, prices: Prices) -> Any:
        """Reserve, send, and count what it cost; raises what `Tenant.pay` does."""
        most = most_of(wanted.operation, wanted.variables, wanted.unlock, prices)
        if not most:
            return await wanted.send()
        meter = Meter(most, wanted.unlock, prices)
        middleware = (*wanted.option("middleware"), meter)
        reservation = await self._reserve(most, wanted.option("deadline_s") or PATIENCE_S)
        try:
            # a request that is shared would be on the meter of who came first, and may outlive them
            return meter.read(await wanted.send(middleware=middleware, coalesce=False))
        finally:
            await reservation.settle(meter.charged)

    async def _reserve(self, most: Decimal, patience_s: float) -> Reservation:
        try:
            with anyio.move_on_after(min(patience_s, PATIENCE_S)):
                return await (await self._opened()).reserve(most)
        except (BudgetStoreError, InsufficientCreditsError):
            await self.aclose()  # who comes next begins anew, with a line of their own
            raise
        error = BudgetError(f"{_HELD}: {most:f} credits are needed", sent=False)
        error.retry_after_s = PATIENCE_S
        raise error

    async def _opened(self) -> Budget:
        async with self._turn:
            if self._budget is None:
                job = f"service-{secrets.token_hex(6)}"
                entered = Budget(None, within=self.shared).entered(job, lambda _: Decimal(0))
                self._budget = await self._stack.enter_async_context(entered)
            return self._budget

    async def aclose(self) -> None:
        """Tell the store how it ended. Used again, it has a line of another name."""
        async with self._turn:
            self._budget = None
            await self._stack.aclose()


class Accounts:
    """The accounts of all tenants that this process has seen lately.

    Args:
        leadiq: is asked for the price list, once.
        budget_of: gives a tenant's budget by the tenant's name.
    """

    def __init__(
        self, leadiq: LeadIQ, budget_of: Callable[[str], SharedBudget] | None = None
    ) -> None:
        self._leadiq = leadiq
        self._budget_of = budget_of
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self._prices: Prices | None = None
        self._turn = anyio.Lock()

    def of(self, tenant: str) -> Tenant:
        """Give what a tenant may do.

        Raises:
            ConfigurationError: the application has no budgets of tenants.
        """
        if self._budget_of is None:
            raise ConfigurationError(_NO_BUDGETS, sent=False)
        return Tenant(self, tenant)

    @asynccontextmanager
    async def using(self, tenant: str) -> AsyncGenerator[Account]:
        """Give a tenant's account, which is not closed meanwhile."""
        account = self.account(tenant)
        account.users += 1
        try:
            await self._make_room()
            yield account
        finally:
            account.users -= 1

    def account(self, tenant: str) -> Account:
        """Give a tenant's account; it may be closed when somebody else comes."""
        if tenant not in self._accounts and self._budget_of:
            self._accounts[tenant] = Account(self._budget_of(tenant))
        self._accounts.move_to_end(tenant)
        return self._accounts[tenant]

    async def _make_room(self) -> None:
        idle = [name for name, account in self._accounts.items() if not account.users]
        spare = idle[: max(0, len(self._accounts) - MOST_OPEN)]
        for account in [self._accounts.pop(name) for name in spare]:  # before anybody else runs
            with anyio.CancelScope(shield=True):  # nobody else closes what is taken out
                await account.aclose()

    async def prices(self) -> Prices:
        """Give the account's price list, which is read once, for nothing."""
        async with self._turn:
            if self._prices is None:
                self._prices = live_prices(await account_of(self._leadiq))
            return self._prices

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        while self._accounts:
            await self._accounts.popitem()[1].aclose()


class Tenant(NamedTuple):
    """Somebody with a budget of their own."""

    accounts: Accounts
    name: str

    async def pay(self, wanted: Wanted) -> Any:
        """Make a call within the budget.

        Raises:
            BudgetError: the budget does not cover it, or is held by others; it was not sent.
            BudgetStoreError: the budget cannot be reached; it was not sent.
            LeadIQError: what the call raised.
        """
        async with self.accounts.using(self.name) as account:
            return await account.pay(wanted, await self.accounts.prices())

    def job_budget(self, limit: Any) -> Budget:
        """Give the budget of a job.

        Args:
            limit: credits; None or "unlimited": as many as the tenant has.
        """
        shared = self.accounts.account(self.name).shared
        return Budget(None if limit in (None, "unlimited") else limit, within=shared)

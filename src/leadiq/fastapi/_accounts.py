"""What each tenant may spend: a line of this process in each tenant's shared budget."""

from __future__ import annotations

import copy
import secrets
from collections import OrderedDict
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import anyio

from leadiq import (
    AuthenticationError,
    Budget,
    BudgetError,
    BudgetStoreError,
    ConfigurationError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
    TransportError,
)
from leadiq._engine.tariff import live_prices
from leadiq.fastapi._meter import Meter, most_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from leadiq import LeadIQ, Options, SharedBudget, Unlock
    from leadiq._core.documents import Operation
    from leadiq._core.pricing import Prices
    from leadiq._jobs.budget import Reservation

MOST_OPEN: Final = 100
"""Tenants whose budgets are kept open while nobody uses them: each holds a connection."""
PATIENCE_S: Final = 15.0
"""How long somebody who waits for a response waits for what others have reserved: longer than it
takes to find out that the store is away."""

_LEAST_S: Final = 0.001
_NO_BUDGETS: Final = "budgets of tenants need lifespan(budget_of=...)"
_HELD: Final = "could not be reserved in time: other lookups, which have not ended, hold the rest"
_NO_PRICES: Final = "the account's prices did not come within the deadline"
_PASSING: Final = (
    AuthenticationError,
    ConfigurationError,
    TransportError,
    RateLimitError,
    ServerError,
)
"""Errors behind which the prices may be there later. Any other is of a key that may not read them,
and says nothing about lookups."""


class Wanted(NamedTuple):
    """A call that is to be paid for."""

    operation: Operation
    variables: bytes
    """As JSON."""
    unlock: tuple[Unlock, ...]
    """What it asks for beyond the profile."""
    options: Options
    send: Callable[..., Awaitable[Any]]
    """Makes the call; takes options in place of its own."""
    began: float
    """By the event loop's clock."""

    @property
    def left_s(self) -> float | None:
        """Give the seconds that are left of its deadline; None: it has none."""
        deadline_s = self.options.deadline_s
        if deadline_s is None:
            return None
        return max(_LEAST_S, self.began + deadline_s - anyio.current_time())


class Account:
    """One tenant's budget, as far as this process draws on it. It is opened when it is needed.

    Attributes:
        users: calls that are under way.
        over: what ended its line in the budget; nothing more is reserved on it.
    """

    def __init__(self, budget: SharedBudget) -> None:
        self.shared = budget
        self.users = 0
        self.over: LeadIQError | None = None
        self._stack = AsyncExitStack()
        self._budget: Budget | None = None
        self._turn = anyio.Lock()

    async def pay(self, wanted: Wanted, prices: Prices) -> Any:
        """Reserve, send, and count what it cost; raises what `Tenant.pay` does."""
        most = most_of(wanted.operation, wanted.variables, wanted.unlock, prices)
        if not most:
            return await wanted.send(deadline_s=wanted.left_s)
        meter = Meter(most, wanted.unlock, prices)
        middleware = (*wanted.options.middleware, meter)
        reservation = await self._reserve(most, wanted.left_s)
        try:
            # a request that is shared would be on the meter of who came first, and may outlive them
            send = wanted.send(middleware=middleware, coalesce=False, deadline_s=wanted.left_s)
            return meter.read(await send)
        finally:
            await reservation.settle(meter.charged)

    async def _reserve(self, most: Decimal, left_s: float | None) -> Reservation:
        try:
            with anyio.move_on_after(min(left_s or inf, PATIENCE_S)):
                return await (await self._opened()).reserve(most)
        except (BudgetStoreError, InsufficientCreditsError) as error:
            self.over = error
            raise
        text = f"{most:f} credits {_HELD}"
        raise BudgetError(text, sent=False, retry_after_s=PATIENCE_S)

    async def _opened(self) -> Budget:
        async with self._turn:
            if self.over:  # while this one waited for its turn
                raise copy.copy(self.over)
            if self._budget is None:
                job = f"service-{secrets.token_hex(6)}"
                entered = Budget(None, within=self.shared).entered(job, lambda _: Decimal(0))
                self._budget = await self._stack.enter_async_context(entered)
            return self._budget

    async def aclose(self) -> None:
        """Tell the store how it ended. Used again, it has a line of another name."""
        with anyio.CancelScope(shield=True):  # nobody else does it
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
            if account.over and not account.users:
                await account.aclose()

    def account(self, tenant: str) -> Account:
        """Give a tenant's account; it may be closed when somebody else comes.

        One whose line is over is replaced, and closed by the last who uses it.
        """
        found = self._accounts.get(tenant)
        if self._budget_of and (found is None or found.over):
            found = self._accounts[tenant] = Account(self._budget_of(tenant))
        self._accounts.move_to_end(tenant)
        return self._accounts[tenant]

    async def _make_room(self) -> None:
        idle = [name for name, account in self._accounts.items() if not account.users]
        spare = idle[: max(0, len(self._accounts) - MOST_OPEN)]
        for account in [self._accounts.pop(name) for name in spare]:  # before anybody else runs
            await account.aclose()

    async def prices(self, within_s: float | None) -> Prices:
        """Give the account's price list, which is read once, for nothing.

        Args:
            within_s: seconds that whoever asks can wait.

        Raises:
            RequestTimeoutError: it has not come in this time.
            LeadIQError: it cannot be read now.
        """
        try:
            with anyio.fail_after(within_s):
                async with self._turn:
                    if self._prices is None:
                        self._prices = await self._read()
                    return self._prices
        except TimeoutError:
            raise RequestTimeoutError(_NO_PRICES, sent=False) from None

    async def _read(self) -> Prices:
        try:
            return live_prices(await self._leadiq.account())
        except _PASSING:
            raise
        except LeadIQError:
            return live_prices(None)

    async def aclose(self) -> None:
        """Close them all."""
        while self._accounts:
            await self._accounts.popitem()[1].aclose()


class Tenant(NamedTuple):
    """Somebody with a budget of their own."""

    accounts: Accounts
    name: str

    async def pay(self, wanted: Wanted) -> Any:
        """Make a call within the budget, and within its deadline.

        Raises:
            BudgetError: the budget does not cover it, or is held by others; it was not sent.
            BudgetStoreError: the budget cannot be reached; it was not sent.
            LeadIQError: what the call raised.
        """
        async with self.accounts.using(self.name) as account:
            return await account.pay(wanted, await self.accounts.prices(wanted.left_s))

    def job_budget(self, limit: Any) -> Budget:
        """Give the budget of a job.

        Args:
            limit: credits; None or "unlimited": as many as the tenant has.
        """
        shared = self.accounts.account(self.name).shared
        return Budget(None if limit in (None, "unlimited") else limit, within=shared)

"""The life of a process's client: made when the application starts, closed when it ends."""

from __future__ import annotations

from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from leadiq import ConfigurationError, LeadIQ
from leadiq.fastapi._accounts import Accounts

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import HTTPConnection

    from leadiq import SharedBudget

CLIENT: Final = "leadiq"
ACCOUNTS: Final = "leadiq_accounts"

_NO_FUNCTION: Final = "client has to be a function that gives one: lifespan(lambda: LeadIQ(...))"
_MISSING: Final = (
    "this application has no LeadIQ client: FastAPI(lifespan=leadiq.fastapi.lifespan())"
)


def lifespan(
    client: Callable[[], AbstractAsyncContextManager[LeadIQ]] = LeadIQ,
    *,
    budget_of: Callable[[str], SharedBudget] | None = None,
) -> Callable[[Any], AbstractAsyncContextManager[Mapping[str, Any]]]:
    """Give a lifespan with one client for the process, closed when the application ends.

        app = FastAPI(lifespan=lifespan(lambda: LeadIQ(deadline_s=20)))

    Together with a lifespan of your own:

        @asynccontextmanager
        async def own(app):
            async with lifespan()(app) as state, Database() as database:
                yield {**state, "database": database}

    Args:
        client: makes the client, in the process and event loop that use it; called once. What it
            gives is entered, and left when the requests under way have been answered.
        budget_of: the budget of a tenant, by the tenant's name; see `for_tenant`. It is called
            once in a while for each tenant, not for each request.

    Returns:
        What `FastAPI(lifespan=...)` takes. The client is at `request.state.leadiq` as well.

    Raises:
        ConfigurationError: `client` is no function.

    Starting raises:
        ConfigurationError: without a key, or with a setting that cannot be.
    """
    if not callable(client):
        raise ConfigurationError(_NO_FUNCTION, sent=False)

    @asynccontextmanager
    async def live(_: Any) -> AsyncGenerator[Mapping[str, Any]]:
        async with client() as leadiq, aclosing(Accounts(leadiq, budget_of)) as accounts:
            yield {CLIENT: leadiq, ACCOUNTS: accounts}

    return live


def client_of(connection: HTTPConnection) -> LeadIQ:
    """Give the process's client.

    Raises:
        ConfigurationError: the application was not started with `lifespan`.
    """
    found: LeadIQ = _of(connection, CLIENT)
    return found


def accounts_of(connection: HTTPConnection) -> Accounts:
    """Give the accounts of the tenants.

    Raises:
        ConfigurationError: the application was not started with `lifespan`.
    """
    found: Accounts = _of(connection, ACCOUNTS)
    return found


def _of(connection: HTTPConnection, name: str) -> Any:
    found = getattr(connection.state, name, None)
    if found is None:
        raise ConfigurationError(_MISSING, sent=False)
    return found

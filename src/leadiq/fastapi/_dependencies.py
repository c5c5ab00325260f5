"""What endpoints ask for: `LeadIQDep` and its kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi.requests import HTTPConnection

from fastapi import Depends, Request
from leadiq import Lane, LeadIQ
from leadiq.fastapi._lifespan import accounts_of, client_of
from leadiq.fastapi._view import VisitedLeadIQ
from leadiq.fastapi._visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def leadiq_for_request(request: Request) -> LeadIQ:
    """Give the process's client as this request sees it; see `LeadIQDep`."""
    return VisitedLeadIQ.over(client_of(request), await Visitor.of(request))


def leadiq_for_background(connection: HTTPConnection) -> LeadIQ:
    """Give the process's client for what goes on behind the response."""
    return client_of(connection).with_options(lane=Lane.BULK)


LeadIQDep = Annotated[LeadIQ, Depends(leadiq_for_request)]
"""The process's client, for what somebody waits for.

It goes ahead of all background work. When whoever waits closes the connection, its calls end with
starlette's `ClientDisconnect`: one in the queue gives its place back and costs nothing, one under
way is given up, and may be charged all the same. The request's body is read before the endpoint
begins.
"""

BackgroundLeadIQDep = Annotated[LeadIQ, Depends(leadiq_for_background)]
"""The process's client, for what goes on behind the response: everybody who waits overtakes it.

It can be had over a WebSocket too."""


def for_tenant(tenant: Callable[..., str | Awaitable[str]]) -> Callable[..., Any]:
    """Give a dependency: the client of `LeadIQDep`, which keeps to the budget of a tenant.

        def tenant(key: Annotated[str, Header(alias="X-Api-Key")]) -> str:
            return TENANTS[key]

        TenantLeadIQDep = Annotated[LeadIQ, Depends(for_tenant(tenant))]

    Before a call is sent, the most that it can cost is reserved in the tenant's budget; what it
    cost by what came back is counted when the answer is there. Of calls other than
    `search_people`, the most is counted. A call that does not fit ends with a `BudgetError` and
    is not sent. `enrich` is within the tenant's budget too; its own `budget`, a number, is a
    further limit.

    Args:
        tenant: a dependency that gives the tenant's name; `lifespan(budget_of=...)` tells which
            budget that is.
    """

    named = Depends(tenant)

    async def leadiq_for_tenant(request: Request, name: str = named) -> LeadIQ:
        client, accounts = client_of(request), accounts_of(request)
        return VisitedLeadIQ.over(client, await Visitor.of(request), accounts.of(name))

    return leadiq_for_tenant

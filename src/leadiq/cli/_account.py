"""`leadiq account`: what the account has, used, and pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import anyio
from cyclopts import Parameter

from ._problems import ALL_SETTLED, say
from ._server import Server
from ._show import print_json, print_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..types import Account


def account(
    *,
    json: Annotated[bool, Parameter(negative="")] = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Show plans, credits and live prices. Free of charge.

    Example: leadiq account --json

    Args:
        json: Print JSON.
        server: Where to send the request.
    """
    found = anyio.run(_read, server)
    if json:
        print_json(found)
    elif found is None:
        say("LeadIQ shows no account for this key")
    else:
        print_lines(_lines(found))
    return ALL_SETTLED


async def _read(server: Server) -> Account | None:
    async with server.connect() as leadiq:
        return await leadiq.account()


def _lines(found: Account) -> Iterator[tuple[str, object]]:
    for plan in found.plans:
        yield "plan", f"{plan.name} ({plan.product}, {plan.status})"
    universal = found.universal_plan
    if universal is None:
        return
    yield "credits available", universal.available
    yield "credits used", universal.used
    for product in universal.costs:
        for price in product.costs:
            yield f"price {product.sku}", f"{price.data_point} {price.cost_in_decimals:f}"

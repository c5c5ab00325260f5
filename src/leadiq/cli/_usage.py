"""`leadiq usage`: what was used of the plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from ._problems import ALL_SETTLED
from ._server import Server
from ._show import print_json, print_lines
from ._words import Switch, moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ..types import UsageMetaType


def usage(
    *,
    since: str | None = None,
    json: Switch = False,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Show what was used of the plans, and what may be used. Free of charge.

    Example: leadiq usage --json

    Args:
        since: Count from this day on [default: LeadIQ's billing period].
        json: Print JSON.
        server: Where to send the request.
    """
    found = anyio.run(_read, server, moment("--since", since))
    if json:
        print_json(found)
    else:
        print_lines(_lines(found))
    return ALL_SETTLED


async def _read(server: Server, since: datetime | None) -> UsageMetaType:
    async with server.connect() as leadiq:
        return await (leadiq.usage() if since is None else leadiq.usage(since))


def _lines(found: UsageMetaType) -> Iterator[tuple[str, object]]:
    yield "subscription", found.subscription.status
    for credits_ in found.universal_usage:
        yield "universal credits", f"{credits_.units:,} of {credits_.cap:,}"
    for kind, parts in (("", found.plan_usage), (" (trial)", found.trial_usage)):
        for part in parts:
            cap = "" if part.cap is None else f" of {part.cap:,}"
            yield f"{part.name}{kind}", f"{part.units:,}{cap} {part.credit_type}"

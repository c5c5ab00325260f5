"""Clients whose requests end in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from .. import LeadIQ

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENDPOINT = "https://leadiq.example.com/graphql"
# No test waits for a slot: pacing has tests of its own.
_UNPACED = {"requests_per_minute": 60_000, "burst": 1_000}


def client_over(
    transport: httpx.AsyncBaseTransport, key: str, options: Mapping[str, Any]
) -> LeadIQ:
    """Make a client over a transport. It holds no connection: nothing is lost if it isn't closed.

    Args:
        transport: answers.
        key: the API key.
        options: what `LeadIQ` takes by name; they win over those of the kit.

    Raises:
        ConfigurationError: an option would not do.
    """
    settings: dict[str, Any] = {**_UNPACED, "endpoint": _ENDPOINT, **options}
    http = httpx.AsyncClient(transport=transport, trust_env=False)
    return LeadIQ(key, http_client=http, **settings)

"""The client that users meet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

from . import _credentials
from ._errors import ConfigurationError
from ._generated.client import GeneratedClient
from ._pacing import Pacer, Slots
from ._retry import RetryPolicy
from ._transport import DEFAULT_ENDPOINT, Transport

if TYPE_CHECKING:
    from types import TracebackType

    import httpx

# What a key of a standard plan may send [guide]; a free plan's may send 10.
REQUESTS_PER_MINUTE = 60


class LeadIQ(GeneratedClient):
    """An async client for the LeadIQ GraphQL API, for asyncio and trio.

    Make one and share it: any number of tasks may call it at once, and it keeps them within the
    rate limit together. Every root field of the API is a method with typed input and output; each
    unlocks nothing beyond the cheapest tier unless `unlock` says so.

        async with LeadIQ() as leadiq:
            found = await leadiq.search_people(SearchPeopleInput(email="ada@example.com"))

    Without `async with`, call `aclose()` when done.

    Args:
        key: the API key, as LeadIQ issued it (base64) or raw; default: `LEADIQ_API_KEY`.
        endpoint: URL of the API; default: `LEADIQ_ENDPOINT`, or production.
        requests_per_minute: what the key may send [guide]: 60 on a standard plan, 10 on a free
            one. Requests are spaced evenly. All processes that use the key share its limit.
        burst: how many requests may go at once; more than 1 only if LeadIQ is known to allow it.
        max_connections: how many requests may be under way at once.
        timeout_s: seconds that one attempt may take, from connecting to the last byte.
        retry: when to try again.
        http_client: an `httpx.AsyncClient` of yours, for proxies, TLS or tests. It is not closed.

    Raises:
        ConfigurationError: without a key, or with one that cannot be one; nothing was sent.
    """

    def __init__(
        self,
        key: str | None = None,
        *,
        endpoint: str | None = None,
        requests_per_minute: int = REQUESTS_PER_MINUTE,
        burst: int = 1,
        max_connections: int = 16,
        timeout_s: float = 30.0,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 - frozen
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        _at_least_one(
            requests_per_minute=requests_per_minute, burst=burst, max_connections=max_connections
        )
        if not timeout_s > 0:
            raise ConfigurationError("timeout_s has to be greater than 0", sent=False)
        transport = Transport(
            endpoint or os.environ.get("LEADIQ_ENDPOINT") or DEFAULT_ENDPOINT,
            _credentials.authorization(_key(key)),
            timeout_s=timeout_s,
            max_connections=max_connections,
            client=http_client,
        )
        super().__init__(transport, Pacer(Slots(requests_per_minute, burst=burst)), retry)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the client's connections. It can be called more than once."""
        await self._transport.aclose()

    def __repr__(self) -> str:
        return f"<LeadIQ at {self._transport.host}>"


def _key(key: str | None) -> str:
    found = key if key is not None else os.environ.get("LEADIQ_API_KEY")
    if found is None:
        text = "no API key: set LEADIQ_API_KEY, or pass one to LeadIQ(...)"
        raise ConfigurationError(text, sent=False)
    return found


def _at_least_one(**settings: int) -> None:
    for name, value in settings.items():
        if value < 1:
            raise ConfigurationError(f"{name} has to be at least 1", sent=False)

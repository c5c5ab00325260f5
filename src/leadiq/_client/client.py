"""The client that users meet."""

from __future__ import annotations

import os
import random
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, NoReturn, Self

from .. import _conduct as conduct
from .. import _core as core
from .. import _http as http
from .._core.errors import ConfigurationError
from .documents import Documents
from .enriching import Enriching
from .listings import Listings
from .lookups import Lookups
from .records import Records
from .searches import Searches
from .tracking import Tracking

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Unpack

    from .._conduct.events import Event
    from .._conduct.options import CallOptions
    from .._conduct.pacing import Pacer, PacingStatistics
    from .._http.transport import HTTPClient, PoolChoice

# What a key of a standard plan may send [guide]; a free plan's may send 10.
REQUESTS_PER_MINUTE = 60


class LeadIQ(Lookups, Searches, Listings, Tracking, Records, Documents, Enriching):
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
        pacer: a queue of your own instead, such as a `FleetPacer`, which processes share. It is
            not closed.
        max_connections: how many requests may be under way at once.
        http_client: an `httpx.AsyncClient` or `httpx2.AsyncClient` of yours, for proxies, TLS or
            tests. It is not closed.
        pool: where connections come from: "fast" is aiohttp's (extra `[fast]`, asyncio only),
            "default" httpcore's, and "auto" the fast one where it can work.
        on_event: is told what the client does; never what is sent or answered.
        **options: clocks, retry policy, lane and middleware of every call; see `Options`.

    Raises:
        ConfigurationError: without a key, with one that cannot be one, or with a setting of the
            wrong kind; nothing was sent.
    """

    def __init__(
        self,
        key: str | None = None,
        *,
        endpoint: str | None = None,
        requests_per_minute: int = REQUESTS_PER_MINUTE,
        burst: int = 1,
        pacer: Pacer | None = None,
        max_connections: int = 16,
        http_client: HTTPClient | None = None,
        pool: PoolChoice = "auto",
        on_event: Callable[[Event], None] | None = None,
        **options: Unpack[CallOptions],
    ) -> None:
        _at_least_one(
            requests_per_minute=requests_per_minute, burst=burst, max_connections=max_connections
        )
        _fit(pacer, on_event)
        given = conduct.options.Options(**options)
        authorization = core.credentials.authorization(_key(key))
        transport = http.transport.Transport(
            endpoint or os.environ.get("LEADIQ_ENDPOINT") or http.transport.DEFAULT_ENDPOINT,
            authorization,
            timeout_s=given.timeout_s,
            max_connections=max_connections,
            client=http_client,
            pool=pool,
        )
        slots = conduct.slots.Slots(requests_per_minute, burst=burst)
        shared = conduct.shared.Shared(
            transport,
            pacer or conduct.pacing.LocalPacer(slots),
            conduct.events.Watchers(*([on_event] if on_event else [])),
            random.random,
            core.credentials.secrets(authorization),
        )
        super().__init__(shared, given)

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """Give a view of this client whose calls are made otherwise.

        It shares connections, queue and rate limit with this client; closing either closes both.
        """
        view = object.__new__(type(self))
        view.__dict__.update(self.__dict__, _options=self._options.with_(**options))
        return view

    def __reduce__(self) -> NoReturn:
        text = "a LeadIQ client cannot be copied or pickled; use with_options(), or make another"
        raise TypeError(text)

    def statistics(self) -> PacingStatistics:
        """Tell what the queue of the rate limit is doing at this moment."""
        return self._shared.pacer.statistics()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose(cancel=kind is not None)

    async def aclose(self, *, cancel: bool = False) -> None:
        """Refuse new calls, let those under way end, and close the connections.

        Args:
            cancel: end the calls under way with a ConfigurationError instead of waiting for them.
                Leaving an `async with` by an exception does so.

        It can be called more than once, also while another task is in it. A client that was used
        and is forgotten without it is told of by a ResourceWarning.
        """
        await self._shared.lifecycle.close(cancel=cancel)
        await self._shared.transport.aclose()

    def __repr__(self) -> str:
        return f"<LeadIQ at {self._shared.transport.host}>"


def _key(key: str | None) -> str:
    found = key if key is not None else os.environ.get("LEADIQ_API_KEY")
    if found is None:
        text = "no API key: set LEADIQ_API_KEY, or pass one to LeadIQ(...)"
        raise ConfigurationError(text, sent=False)
    if not isinstance(found, str):
        raise ConfigurationError(f"the API key has to be str, not {type(key).__name__}", sent=False)
    return found


def _at_least_one(**settings: int) -> None:
    for name, value in settings.items():
        if not isinstance(value, int) or isinstance(value, bool):
            raise ConfigurationError(f"{name} has to be a whole number", sent=False)
        if value < 1:
            raise ConfigurationError(f"{name} has to be at least 1", sent=False)


def _fit(pacer: Pacer | None, on_event: Callable[[Event], None] | None) -> None:
    if pacer is not None and not hasattr(pacer, "slot"):
        raise ConfigurationError("pacer has to be a LocalPacer or a FleetPacer", sent=False)
    if on_event is not None and (not callable(on_event) or iscoroutinefunction(on_event)):
        raise ConfigurationError("on_event has to be a function, and not async", sent=False)

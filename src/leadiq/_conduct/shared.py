"""What the views of one client share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from .coalescing import Flights
from .lifecycle import Lifecycle
from .retry import RetryBudget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .._core.protocol import Envelope
    from .._http.transport import Reply, Transport
    from .events import Watchers
    from .pacing import Pacer


@dataclass(frozen=True)
class Attempt:
    """One sending of one call, as middleware sees it."""

    request_id: str
    operation: str
    number: int
    """From 1."""
    body: bytes
    """The JSON that is sent. It holds variables: handle it as personal data."""


class Middleware(Protocol):
    """Runs around every attempt, once for each; it may look, change the reply, or raise."""

    async def __call__(self, attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """Send, and give the reply."""
        ...


@dataclass(frozen=True)
class Shared:
    """One set of connections, one queue, one budget of repetitions, for all views of a client."""

    transport: Transport
    pacer: Pacer
    watchers: Watchers
    random: Callable[[], float]
    secrets: tuple[str, ...] = ()
    """Forms of the key, to be taken out of what a server says."""
    middleware: tuple[Middleware, ...] = ()
    budget: RetryBudget = field(default_factory=RetryBudget)
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    flights: Flights = field(default_factory=Flights)
    heads: dict[tuple[str, frozenset[str]], bytes] = field(default_factory=dict)
    envelopes: dict[type[Any], type[Envelope[Any]]] = field(default_factory=dict)

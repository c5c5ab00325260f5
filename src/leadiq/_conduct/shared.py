"""What the views of one client share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from .clock import Clock
from .coalescing import Flights
from .lifecycle import Lifecycle
from .retry import RetryBudget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .._core.pricing import Unlock
    from .._core.protocol import Envelope
    from .._http.transport import Reply, Transport
    from .events import Watchers
    from .pacing import Pacer
    from .pipeline import Selection


class Attempt(NamedTuple):
    """One sending of one call, as middleware sees it."""

    request_id: str
    operation: str
    number: int
    """From 1."""
    body: bytes
    """The JSON that is sent. It holds variables: handle it as personal data."""

    def __repr__(self) -> str:
        return f"<attempt {self.number} of {self.operation}, {self.request_id}>"


class Middleware(Protocol):
    """Runs around every attempt, once for each; it may look, change the reply, or raise."""

    async def __call__(self, attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        """Send, and give the reply."""
        ...


class Shared:
    """One set of connections, one queue, one budget of repetitions, for all views of a client.

    Args:
        transport: sends.
        pacer: gives slots.
        watchers: are told of events.
        random: source of jitter and of request ids, from 0 up to 1.
        secrets: forms of the key, to be taken out of what a server says.
        budget: bounds repetitions; default: one of its own.
    """

    def __init__(
        self,
        transport: Transport,
        pacer: Pacer,
        watchers: Watchers,
        random: Callable[[], float],
        secrets: tuple[str, ...] = (),
        *,
        budget: RetryBudget | None = None,
    ) -> None:
        self.transport = transport
        self.pacer = pacer
        self.watchers = watchers
        self.random = random
        self.secrets = secrets
        self.budget = budget or RetryBudget()
        self.lifecycle = Lifecycle()
        self.flights = Flights()
        self.clock = Clock()
        self.selections: dict[tuple[str, frozenset[Unlock | str], bool], Selection] = {}
        self.envelopes: dict[type[Any], type[Envelope[Any]]] = {}
        # whether the server's advanced searches have cursors, by root field; found out once
        self.has_after: dict[str, bool] = {}

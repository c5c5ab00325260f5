"""Whether the process can ask LeadIQ, and how long one would wait. It asks LeadIQ for nothing."""

from __future__ import annotations

from pydantic import BaseModel

from fastapi import Request
from leadiq import Lane
from leadiq._conduct.pacing import GateState
from leadiq.fastapi._lifespan import client_of


class Health(BaseModel):
    """What the process's queue is doing; see `PacingStatistics`. Times in seconds."""

    limit: int
    """Requests that a window may hold, of all processes that share the quota."""
    in_flight: int
    waiting: dict[Lane, int]
    limited: int
    """How many 429s there were."""
    gate: GateState
    """Not `open` after a 429: the service answers, and its calls wait."""
    closed_for_s: float
    eta_s: float
    """Until the last of those who wait goes, as if no other process used the quota."""


async def health(request: Request) -> Health:
    """Tell what the queue of the rate limit is doing: `app.add_api_route("/health", health)`.

    Raises:
        ConfigurationError: the application was not started with `lifespan`.
    """
    return Health.model_validate(client_of(request).statistics()._asdict())

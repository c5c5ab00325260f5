"""Unofficial async SDK for the LeadIQ GraphQL API.

    from leadiq import LeadIQ, Unlock

Models, inputs and enums are in `leadiq.types`. Everything loads when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from ._client.client import LeadIQ
    from ._conduct.events import AttemptEnded, AttemptStarted, CallEnded, Event, RetryScheduled
    from ._conduct.options import CallOptions, Options
    from ._conduct.pacing import Lane, LocalPacer, Pacer, PacingStatistics
    from ._conduct.retry import RetryPolicy
    from ._conduct.shared import Attempt, Middleware
    from ._conduct.slots import Slots
    from ._core.errors import (
        AuthenticationError,
        ConfigurationError,
        ConnectError,
        ErrorItem,
        GraphQLError,
        InputError,
        InsufficientCreditsError,
        LeadIQError,
        RateLimitError,
        RequestTimeoutError,
        SchemaDriftError,
        ServerError,
        SlotTimeoutError,
        TransportError,
    )
    from ._core.pricing import PriceRange, Prices, Unlock
    from ._core.receipts import Receipt
    from ._fleet.pacer import FleetPacer
    from ._http.transport import Reply
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "Attempt",
    "AttemptEnded",
    "AttemptStarted",
    "AuthenticationError",
    "CallEnded",
    "CallOptions",
    "ConfigurationError",
    "ConnectError",
    "ErrorItem",
    "Event",
    "FleetPacer",
    "GraphQLError",
    "InputError",
    "InsufficientCreditsError",
    "Lane",
    "LeadIQ",
    "LeadIQError",
    "LocalPacer",
    "Middleware",
    "Options",
    "Pacer",
    "PacingStatistics",
    "PriceRange",
    "Prices",
    "RateLimitError",
    "Receipt",
    "Reply",
    "RequestTimeoutError",
    "RetryPolicy",
    "RetryScheduled",
    "SchemaDriftError",
    "ServerError",
    "SlotTimeoutError",
    "Slots",
    "TransportError",
    "Unlock",
    "__version__",
]

_MODULES = {
    "LeadIQ": "_client.client",
    "AuthenticationError": "_core.errors",
    "ConfigurationError": "_core.errors",
    "ConnectError": "_core.errors",
    "ErrorItem": "_core.errors",
    "GraphQLError": "_core.errors",
    "InputError": "_core.errors",
    "InsufficientCreditsError": "_core.errors",
    "LeadIQError": "_core.errors",
    "RateLimitError": "_core.errors",
    "RequestTimeoutError": "_core.errors",
    "SchemaDriftError": "_core.errors",
    "ServerError": "_core.errors",
    "SlotTimeoutError": "_core.errors",
    "TransportError": "_core.errors",
    "AttemptEnded": "_conduct.events",
    "AttemptStarted": "_conduct.events",
    "CallEnded": "_conduct.events",
    "Event": "_conduct.events",
    "RetryScheduled": "_conduct.events",
    "FleetPacer": "_fleet.pacer",
    "CallOptions": "_conduct.options",
    "Options": "_conduct.options",
    "Lane": "_conduct.pacing",
    "LocalPacer": "_conduct.pacing",
    "Pacer": "_conduct.pacing",
    "PacingStatistics": "_conduct.pacing",
    "PriceRange": "_core.pricing",
    "Prices": "_core.pricing",
    "Unlock": "_core.pricing",
    "Receipt": "_core.receipts",
    "RetryPolicy": "_conduct.retry",
    "Attempt": "_conduct.shared",
    "Middleware": "_conduct.shared",
    "Slots": "_conduct.slots",
    "Reply": "_http.transport",
}

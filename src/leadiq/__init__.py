"""Unofficial async SDK for the LeadIQ GraphQL API.

    from leadiq import LeadIQ, Unlock

Models, inputs and enums are in `leadiq.types`. Everything loads when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from ._client import LeadIQ
    from ._errors import (
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
    from ._events import AttemptEnded, AttemptStarted, CallEnded, Event, RetryScheduled
    from ._fleet import FleetPacer
    from ._options import CallOptions, Options
    from ._pacing import Lane, LocalPacer, Pacer, PacingStatistics
    from ._pricing import PriceRange, Prices, Unlock
    from ._receipts import Receipt
    from ._retry import RetryPolicy
    from ._shared import Attempt, Middleware
    from ._slots import Slots
    from ._transport import Reply
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
    "LeadIQ": "_client",
    "AuthenticationError": "_errors",
    "ConfigurationError": "_errors",
    "ConnectError": "_errors",
    "ErrorItem": "_errors",
    "GraphQLError": "_errors",
    "InputError": "_errors",
    "InsufficientCreditsError": "_errors",
    "LeadIQError": "_errors",
    "RateLimitError": "_errors",
    "RequestTimeoutError": "_errors",
    "SchemaDriftError": "_errors",
    "ServerError": "_errors",
    "SlotTimeoutError": "_errors",
    "TransportError": "_errors",
    "AttemptEnded": "_events",
    "AttemptStarted": "_events",
    "CallEnded": "_events",
    "Event": "_events",
    "RetryScheduled": "_events",
    "FleetPacer": "_fleet",
    "CallOptions": "_options",
    "Options": "_options",
    "Lane": "_pacing",
    "LocalPacer": "_pacing",
    "Pacer": "_pacing",
    "PacingStatistics": "_pacing",
    "PriceRange": "_pricing",
    "Prices": "_pricing",
    "Unlock": "_pricing",
    "Receipt": "_receipts",
    "RetryPolicy": "_retry",
    "Attempt": "_shared",
    "Middleware": "_shared",
    "Slots": "_slots",
    "Reply": "_transport",
}

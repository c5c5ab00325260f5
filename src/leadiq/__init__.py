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
        TransportError,
    )
    from ._pricing import PriceRange, Prices, Unlock
    from ._retry import RetryPolicy
else:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_MODULES.get(name, '_errors')}", __name__), name)

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "AuthenticationError",
    "ConfigurationError",
    "ConnectError",
    "ErrorItem",
    "GraphQLError",
    "InputError",
    "InsufficientCreditsError",
    "LeadIQ",
    "LeadIQError",
    "PriceRange",
    "Prices",
    "RateLimitError",
    "RequestTimeoutError",
    "RetryPolicy",
    "SchemaDriftError",
    "ServerError",
    "TransportError",
    "Unlock",
    "__version__",
]

_MODULES = {
    "LeadIQ": "_client",
    "PriceRange": "_pricing",
    "Prices": "_pricing",
    "RetryPolicy": "_retry",
    "Unlock": "_pricing",
}

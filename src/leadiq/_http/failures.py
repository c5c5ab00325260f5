"""What a failure of the network means: whether LeadIQ may have seen the request. Pure.

Exceptions are told by name, because a caller's own client may be of a library that is not
installed with this SDK but has httpx's exceptions: httpx2, or another descendant.
"""

from __future__ import annotations

import ssl

from .._core.errors import (
    ConfigurationError,
    ConnectError,
    LeadIQError,
    RequestTimeoutError,
    ServerError,
    TransportError,
)

_LIBRARIES = ("httpx", "httpcore", "anyio", "aiohttp")  # by the beginning of a module's name

_NOT_CONNECTED = {"ConnectError", "ProxyError", "UnsupportedProtocol"}
_NOT_BEGUN = {"ConnectTimeout", "PoolTimeout"}


def names(error: BaseException) -> set[str]:
    """Give the names of an error's classes, if an HTTP library of httpx's kin made them."""
    return {kind.__name__ for kind in type(error).__mro__ if kind.__module__.startswith(_LIBRARIES)}


def meaning(error: Exception, host: str, timeout_s: float) -> LeadIQError | None:
    """Give the error that a failure of the network means, or None when it is no such failure.

    No text of the library's is taken over: it may hold what was sent.

    Args:
        error: what sending or reading raised.
        host: where the request was to go.
        timeout_s: how long it was allowed to take.
    """
    called = names(error)
    kind = type(error).__name__
    if called & _NOT_BEGUN:
        return RequestTimeoutError(f"no connection to {host} in time", sent=False)
    if isinstance(error, TimeoutError) or "TimeoutException" in called:
        return RequestTimeoutError(f"no answer from LeadIQ within {timeout_s:g} seconds")
    if called & _NOT_CONNECTED:
        return ConnectError(f"cannot connect to {host} ({kind})", sent=False)
    if "DecodingError" in called:  # a hook of the caller's has read the reply
        return ServerError("the reply cannot be decompressed")
    if "InvalidURL" in called:
        return ConfigurationError("the HTTP client does not take the endpoint", sent=False)
    if called or isinstance(error, ssl.SSLError | ConnectionError):
        return TransportError(f"the connection to LeadIQ broke ({kind})")
    return None

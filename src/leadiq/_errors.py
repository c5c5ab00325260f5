"""Every error of the SDK, branched by what the caller should do.

    LeadIQError
    ├── ConfigurationError        set the client up differently; nothing was sent
    ├── InputError                change the input
    ├── AuthenticationError       fix the key (401)
    ├── InsufficientCreditsError  buy credits, or unlock less (402)
    ├── RateLimitError            wait, or send less (429)
    ├── TransportError            try again: the network failed
    │   ├── ConnectError          LeadIQ has not seen the request
    │   └── RequestTimeoutError   LeadIQ may have seen the request
    ├── ServerError               try again later: 5xx, or a reply that cannot be read
    ├── SchemaDriftError          update the SDK: LeadIQ's schema has changed
    └── GraphQLError              read `errors`: LeadIQ refused for a reason of its own

No error's text holds a key, an address, a phone number, a name or a variable.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Self


class ErrorItem(NamedTuple):
    """One entry of a reply's `errors`, with what was sent taken out of its message."""

    message: str
    path: tuple[str | int, ...] = ()
    code: str | None = None
    """`extensions.code`."""
    status: int | None = None
    """The HTTP status that LeadIQ means: `extensions.response.status` [samples]."""


class LeadIQError(Exception):
    """Root of all errors of the SDK. Every error can be pickled.

    Attributes:
        operation: name of the operation, if one was under way.
        status: HTTP status that LeadIQ means, wherever it said so; None without a reply.
        errors: what the reply's `errors` said, redacted.
        data: what came back beside the errors, as the operation's model; None when there was
            nothing or it does not fit. It may have been paid for.
        attempts: how often the request was sent.
        waited_s: seconds spent waiting for a slot and between attempts.
        sent: False when LeadIQ is known not to have taken the request.
        retry_after_s: how many seconds the server asked to wait, if it did.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        errors: tuple[ErrorItem, ...] = (),
        data: Any = None,
        sent: bool = True,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message)
        self.operation: str | None = None
        self.status = status
        self.errors = errors
        self.data = data
        self.attempts = 0
        self.waited_s = 0.0
        self.sent = sent
        self.retry_after_s = retry_after_s

    def after(self, operation: str, attempts: int, waited_s: float) -> Self:
        """Note what was done before the error was given to the caller; return it."""
        self.operation = operation
        self.attempts = attempts
        self.waited_s = waited_s
        return self

    def __str__(self) -> str:
        text = super().__str__()
        if self.operation is None:
            return text
        tries = f" after {self.attempts} attempts" if self.attempts > 1 else ""
        return f"{self.operation}: {text}{tries}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[LeadIQError], args: tuple[Any, ...], state: dict[str, Any]) -> LeadIQError:
    error = kind(*args)
    error.__dict__.update(state)
    return error


class ConfigurationError(LeadIQError):
    """The client cannot work as it is set up. Nothing was sent."""


class InputError(LeadIQError):
    """The input is wrong: refused before anything was sent (`sent` is False), or by LeadIQ."""


class AuthenticationError(LeadIQError):
    """LeadIQ does not accept the key (401). Nothing was charged."""


class InsufficientCreditsError(LeadIQError):
    """The account's credits do not cover the call (402). It is final: waiting does not help."""


class RateLimitError(LeadIQError):
    """The key has sent too many requests (429), and waiting would have taken too long."""


class TransportError(LeadIQError):
    """The network failed. `sent` tells whether LeadIQ may have seen, and charged, the request."""


class ConnectError(TransportError):
    """No connection came about. LeadIQ has not seen the request."""


class RequestTimeoutError(TransportError):
    """No answer came in time. LeadIQ may have seen, and charged, the request."""


class ServerError(LeadIQError):
    """LeadIQ, or something in front of it, failed: 5xx, or a reply that cannot be read."""


class SchemaDriftError(LeadIQError):
    """LeadIQ's schema has changed: it refused a field of ours, or answered what does not fit."""


class GraphQLError(LeadIQError):
    """LeadIQ refused the operation for a reason of its own: see `errors`."""

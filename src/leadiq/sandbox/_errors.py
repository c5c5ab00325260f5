"""LeadIQ's error envelope, and the refusals of the sandbox.

A refusal's status stands at `errors[0].extensions.response.status` of a body that is sent with HTTP
200 [samples]; the words of a message are ours. No message repeats a value that the caller sent
except where GraphQL's own messages do, and none is logged.
"""

from __future__ import annotations

from typing import Any

from graphql import GraphQLError

INPUT_STATUS = 400

_CODES = {
    400: "BAD_USER_INPUT",
    401: "UNAUTHENTICATED",
    402: "INSUFFICIENT_CREDITS",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMITED",
    500: "INTERNAL_SERVER_ERROR",
    502: "BAD_GATEWAY",
    503: "SERVICE_UNAVAILABLE",
    504: "GATEWAY_TIMEOUT",
}
_INVALID = {"code": "GRAPHQL_VALIDATION_FAILED"}


class Refusal(Exception):
    """A request that gets no data.

    `status` is what a REST API would have answered, `code` goes to `extensions.code`.
    """

    def __init__(self, status: int, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code or _CODES.get(status, _CODES[500])


class InputRefused(GraphQLError):
    """A root field whose input would not do: a client error inside the GraphQL reply."""

    def __init__(self, message: str) -> None:
        extensions = _extensions(_CODES[INPUT_STATUS], INPUT_STATUS)
        super().__init__(message, extensions=extensions)


class FieldRefused(GraphQLError):
    """A root field that is answered with a status of its own, while others go on."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message, extensions=_extensions(_CODES[status], status))


class FieldFailed(GraphQLError):
    """A field that failed on request, as a failure inside LeadIQ would look."""

    def __init__(self) -> None:
        super().__init__("This field failed.", extensions=_extensions(_CODES[500], 500))


class NotImplementedHere(GraphQLError):
    """A root field that the schema has and the sandbox has not.

    It carries no status: a 501 would look like a fault that is worth another try.
    """

    def __init__(self, field: str) -> None:
        super().__init__(
            f"The sandbox does not implement `{field}` yet.",
            extensions={"code": "NOT_IMPLEMENTED"},
        )


def envelope(refusal: Refusal) -> dict[str, Any]:
    """Return the reply body of a refusal."""
    extensions = _extensions(refusal.code, refusal.status)
    return {"errors": [{"message": str(refusal), "extensions": extensions}], "data": None}


def format_error(error: GraphQLError) -> dict[str, Any]:
    """Return one entry of `errors`; what no resolver meant to raise says nothing of itself.

    An error without a path is about the request, so it is the client's: graphql-core stumbles over
    whole numbers of thousands of digits, and over names whose lower case is longer.
    """
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        formatted = dict(error.formatted)
        formatted.setdefault("extensions", _INVALID)
        return formatted
    message, extensions = "The sandbox failed on this field.", _extensions(_CODES[500], 500)
    if error.path is None:
        message, extensions = "A value of the request cannot be read.", _INVALID
    masked = GraphQLError(message, error.nodes, path=error.path, extensions=extensions)
    return dict(masked.formatted)


def _extensions(code: str, status: int) -> dict[str, Any]:
    return {"code": code, "response": {"status": status}}

"""What a request asks for, read from its head and body."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from leadiq.sandbox._errors import Refusal

if TYPE_CHECKING:
    from leadiq.sandbox._wire import Headers, Message

PATH = "/graphql"


class Asked(NamedTuple):
    """A document, its variables, and which of its operations is meant.

    `is_hashed`: a hashed address may be looked up.
    """

    text: str
    variables: dict[str, Any]
    operation: str | None
    is_hashed: bool


def check_route(scope: Message, headers: Headers) -> None:
    """Let a POST of JSON to the endpoint pass.

    Raises:
        Refusal: 404, 405 or 415.
    """
    if scope["path"].rstrip("/") != PATH:
        raise Refusal(404, f"The GraphQL endpoint is {PATH}.")
    if scope["method"] != "POST":
        raise Refusal(405, "Send a POST.")
    kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    if kind != b"application/json":
        raise Refusal(415, "Send Content-Type: application/json.")


def read_asked(content: bytes, most_document_bytes: int) -> Asked:
    """Read a request's body.

    Raises:
        Refusal: 400, it is not one operation in JSON, or its document is too large.
    """
    try:
        body: object = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is not JSON.") from None
    if isinstance(body, list):
        raise Refusal(400, "Batches of operations are not supported; use aliases.")
    members = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    query, variables = members.get("query"), members.get("variables")
    operation = members.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise Refusal(400, "There is no query string.", code="MISSING_QUERY_STRING")
    if (
        len(query) > most_document_bytes
        or len(query.encode(errors="replace")) > most_document_bytes
    ):
        raise Refusal(400, f"The document is larger than {most_document_bytes} bytes.")
    if not isinstance(variables, dict | None):
        raise Refusal(400, "variables must be an object.")
    if not isinstance(operation, str | None):
        raise Refusal(400, "operationName must be a string.")
    hashed = b"hashedEmail" in content
    return Asked(query, cast("dict[str, Any]", variables or {}), operation or None, hashed)


def _refuse(word: str) -> None:
    """NaN and Infinity are no JSON, whatever Python's reader thinks."""
    raise ValueError(word)

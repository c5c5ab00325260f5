"""What a reply means: status and bytes in, the operation's model or an error out. Pure.

LeadIQ reports most failures inside an HTTP 200, and the same failure can come as an HTTP status
[guide][samples]: hence every sign in the reply is read, of all errors and not of the first one.
The good path decodes the bytes once, straight into the model.
"""

from __future__ import annotations

import codecs
import gc
import re
from typing import Any, Generic, TypeVar

from pydantic import BaseModel as PydanticBaseModel
from pydantic import ConfigDict, ValidationError
from pydantic_core import from_json

from .._ground.json import mapping, sequence
from .errors import (
    AuthenticationError,
    ConfigurationError,
    ErrorItem,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    SchemaDriftError,
    ServerError,
)
from .redaction import redact

M = TypeVar("M", bound=PydanticBaseModel)


class Envelope(PydanticBaseModel, Generic[M]):
    """A GraphQL reply whose `data` is a model."""

    model_config = ConfigDict(defer_build=True, hide_input_in_errors=True)

    data: M | None = None
    # whatever its shape: an odd way to say "no errors" must not cost an answer that was paid for
    errors: Any = None


# What each status means to the caller. The order is the order of precedence among several errors:
# no credits is final, whatever else went wrong.
_BY_STATUS: dict[int, tuple[type[LeadIQError], str]] = {
    401: (AuthenticationError, "LeadIQ does not accept the API key; check LEADIQ_API_KEY"),
    402: (InsufficientCreditsError, "the account's credits do not cover this call"),
    429: (RateLimitError, "the key has sent more requests than its limit allows"),
    403: (AuthenticationError, "the API key may not do this"),
    400: (InputError, "LeadIQ refused the input"),
}

_STATUS_OF_CODE = {
    "UNAUTHENTICATED": 401,
    "UNAUTHORIZED": 401,
    "FORBIDDEN": 403,
    "PAYMENT_REQUIRED": 402,
    "INSUFFICIENT_CREDITS": 402,
    "RATE_LIMITED": 429,
    "RATE_LIMIT": 429,
    "TOO_MANY_REQUESTS": 429,
    "BAD_USER_INPUT": 400,
    "MISSING_QUERY_STRING": 400,
    "INTERNAL_SERVER_ERROR": 500,
}

# The last resort, for errors that carry neither a status nor a code.
_STATUS_OF_WORDS = (
    ("too many requests", 429),
    ("rate limit", 429),
    ("insufficient credit", 402),
    ("not enough credit", 402),
    ("unauthorized", 401),
    ("unauthenticated", 401),
    ("got invalid value", 400),
)

_SHOW_DRIFT = "`leadiq schema diff` shows the differences"
_DRIFT_CODES = {"GRAPHQL_VALIDATION_FAILED"}
_NOT_AN_INPUT = "is not defined by type"
_DRIFT_WORDS = ("cannot query field", "unknown type", "unknown argument", "unknown fragment")

_REDIRECT = range(300, 400)
_HTTP_STATUS = re.compile(r"[1-5][0-9][0-9]")

_LARGE_BODY_BYTES = 64 * 1024


def read_reply(
    envelope: type[Envelope[M]],
    status: int,
    body: bytes,
    variables: Any = None,
) -> M | LeadIQError:
    """Give the model that a reply holds, or the error that it means; nothing is raised.

    Args:
        envelope: `Envelope` of the operation's model.
        status: HTTP status.
        body: the body, without transfer encodings; a byte order mark is skipped.
        variables: what was sent; such values are taken out of the server's messages.
    """
    answer = read_answer(envelope, status, body)
    return read_failure(envelope, status, body, variables) if answer is None else answer


def read_answer(envelope: type[Envelope[M]], status: int, body: bytes) -> M | None:
    """Give the model that a reply holds, or None when it means anything else; see `read_reply`."""
    if status != 200:
        return None
    reply = _decode(envelope, body.removeprefix(codecs.BOM_UTF8))
    return None if reply is None or reply.errors else reply.data


def _decode(envelope: type[Envelope[M]], body: bytes) -> Envelope[M] | None:
    """Decode in one pass, with the garbage collector kept out of large bodies.

    While thousands of models come about and none goes, the collector looks through all of them
    again and again, for two thirds of the time that a page of 100 people takes.
    """
    pause = len(body) > _LARGE_BODY_BYTES and gc.isenabled()
    if pause:
        gc.disable()
    try:
        return envelope.model_validate_json(body)
    except ValidationError:
        return None
    finally:
        if pause:
            gc.enable()


def read_failure(
    envelope: type[Envelope[M]], status: int, body: bytes, variables: Any = None
) -> LeadIQError:
    """Give the error that a reply means which is no answer; see `read_reply`."""
    try:
        raw = mapping(from_json(body.removeprefix(codecs.BOM_UTF8)))
    except ValueError:
        raw = {}
    if raw.get("errors"):
        return _read_errors(envelope, status, raw, variables)
    if status != 200:
        return _from_status(status)
    if "data" not in raw:
        return ServerError("the reply is not a GraphQL reply", status=status)
    return _drift(envelope, raw)


def _read_errors(
    envelope: type[Envelope[M]], status: int, raw: dict[str, Any], variables: Any
) -> LeadIQError:
    listed = sequence(raw["errors"])
    items = tuple(_item(error, variables) for error in listed)
    drift = any(_is_drift(error) for error in listed)
    meant = {status, *(item.status for item in items if item.status)}
    data = _partial(envelope, raw.get("data"))
    for known, (kind, text) in _BY_STATUS.items():
        # servers call a document that they do not understand wrong input too
        if known in meant and not (drift and kind is InputError):
            detail = f": {items[0].message}" if kind is InputError else ""
            return kind(text + detail, status=known, errors=items, data=data)
    if drift:
        refused = next(i for i, error in zip(items, listed, strict=True) if _is_drift(error))
        text = f"LeadIQ's schema differs from this SDK's: {refused.message}; {_SHOW_DRIFT}"
        return SchemaDriftError(text, status=status, errors=items, data=data)
    worst = max(meant)
    if worst >= 500:
        return ServerError(f"LeadIQ failed ({worst})", status=worst, errors=items, data=data)
    return GraphQLError(items[0].message, status=worst, errors=items, data=data)


def _item(error: Any, variables: Any) -> ErrorItem:
    """Read one error; a malformed one keeps its text, for losing that would be worse."""
    known = mapping(error) or {"message": str(error)}
    message = str(known.get("message") or "LeadIQ gave no reason")
    extensions = mapping(known.get("extensions"))
    code = extensions.get("code")
    return ErrorItem(
        message=redact(message, variables),
        path=tuple(_step(p) for p in sequence(known.get("path")) if isinstance(p, str | int)),
        code=None if code is None else redact(str(code), variables),
        status=_status(extensions, message),
    )


def _status(extensions: dict[str, Any], message: str) -> int | None:
    for holder in (mapping(extensions.get("response")), extensions):
        said = str(holder.get("status"))
        if _HTTP_STATUS.fullmatch(said):
            return int(said)
    code = str(extensions.get("code")).upper()
    if code in _STATUS_OF_CODE:
        return _STATUS_OF_CODE[code]
    lowered = message.lower()
    return next((status for words, status in _STATUS_OF_WORDS if words in lowered), None)


def _step(part: str | int) -> str | int:
    """Field names and indices are no secrets; the server may have put something else there."""
    return redact(part) if isinstance(part, str) else part


def _is_drift(error: Any) -> bool:
    """Judge by what the server wrote, not by what is left of it when values are taken out."""
    known = mapping(error) or {"message": error}
    lowered = str(known.get("message")).lower()
    code = str(mapping(known.get("extensions")).get("code"))
    if _NOT_AN_INPUT in lowered:  # ours are those of the schema: the server's differs
        return True
    if "got invalid value" in lowered:  # graphql-js gives it the code of a wrong document
        return False
    return code in _DRIFT_CODES or any(words in lowered for words in _DRIFT_WORDS)


def _partial(envelope: type[Envelope[M]], data: Any) -> M | None:
    """Give what came beside the errors; a `data` of nulls is nothing."""
    if all(value is None for value in mapping(data).values()):
        return None
    try:
        return envelope.model_validate({"data": data}).data
    except ValidationError:
        return None


def _from_status(status: int) -> LeadIQError:
    if status in _REDIRECT:
        text = "the endpoint answered with a redirect, which is not followed with credentials"
        text += "; set LEADIQ_ENDPOINT to where it leads"
        return ConfigurationError(text, status=status, sent=False)
    kind, text = _BY_STATUS.get(status, (ServerError, f"LeadIQ answered with HTTP {status}"))
    return kind(text, status=status)


def _drift(envelope: type[Envelope[M]], raw: dict[str, Any]) -> LeadIQError:
    try:
        envelope.model_validate(raw)
    except ValidationError as error:
        places = (".".join(map(str, e["loc"])) for e in error.errors())
        listed = ", ".join(sorted(places)[:5])
        text = f"the reply does not fit this SDK's schema at {listed}; {_SHOW_DRIFT}"
        return SchemaDriftError(text, status=200)
    return ServerError("the reply has neither data nor errors", status=200)

"""Faults of the reply: no JSON, no GraphQL, LeadIQ's errors in all their forms, another schema."""

from __future__ import annotations

import json
from typing import Any

from .case import Case
from .steps import PERSON, Step, answer, error, page, send


def reply(body: Any, status: str = "200 OK") -> tuple[Step, ...]:
    """Answer with that body."""
    return (send(answer(body, status)),)


GOOD = json.dumps(page()).encode()
UNREADABLE = "ServerError"
DRIFT = "SchemaDriftError"

NOT_JSON = [
    Case("HTML", UNREADABLE, reply(b"<html><body>Bad gateway</body></html>")),
    Case("empty body", UNREADABLE, reply(b"")),
    Case("byte order mark", "ok", reply(b"\xef\xbb\xbf" + GOOD)),
    Case("UTF-16", UNREADABLE, reply(GOOD.decode().encode("utf-16"))),
    Case("bad UTF-8", UNREADABLE, reply(GOOD.replace(b"Ada", b"\xff\xfe"))),
    Case("half a surrogate", UNREADABLE, reply(GOOD.replace(b"Ada", b"\\ud800"))),
    Case("null byte inside a text", "ok", reply(GOOD.replace(b"Ada", b"A\\u0000"))),
    Case("deep nesting", UNREADABLE, reply(b'{"data":' + b"[" * 100_000)),
    Case("deep nesting beside the data", UNREADABLE,
         reply(b'{"extensions":' + b"[" * 9000 + b"]" * 9000 + b"," + GOOD[1:])),
    Case("JSON that is cut off", UNREADABLE, reply(GOOD[:-9])),
    Case("text behind the JSON", UNREADABLE, reply(GOOD + b"<!-- -->")),
    Case("white space around the JSON", "ok", reply(b"\r\n " + GOOD + b"\n\n")),
    Case("JSON array", UNREADABLE, reply(b"[]")),
    Case("JSON null", UNREADABLE, reply(b"null")),
    Case("JSON text", UNREADABLE, reply(b'"sorry"')),
]  # fmt: skip

NOT_AS_AGREED = [
    Case("huge integer", UNREADABLE, reply(GOOD.replace(b": 1,", b": " + b"9" * 5000 + b",", 1))),
    Case("large integer", "ok", reply(page(totalResults=2**80))),
    Case("NaN", DRIFT, reply(GOOD.replace(b": 1,", b": NaN,", 1))),
    Case("Infinity", DRIFT, reply(GOOD.replace(b": 1,", b": Infinity,", 1))),
    Case("duplicate keys", "ok", reply(b'{"data": null, ' + GOOD[1:])),
    Case("unknown fields", "ok", reply(page(results=[PERSON | {"shoeSize": 44}], more={"a": 1}))),
    Case("unknown enum value", "ok",
         reply(page(results=[PERSON | {"personalEmails": [
             {"type": "Quantum", "value": "a@example.com", "status": "Entangled",
              "updatedAt": "2026-01-01T00:00:00Z"}]}]))),
    Case("unknown union member", "ok: UnknownVariant",
         reply({"data": {"workatoToken": {"__typename": "WorkatoTokenResponseLater", "at": 1}}}),
         call="union"),
    Case("union member without a name", DRIFT, reply({"data": {"workatoToken": {"at": 1}}}),
         call="union"),
    Case("number as text", "ok", reply(page(totalResults="1"))),
    Case("text for a number", DRIFT, reply(page(totalResults="many"))),
    Case("object for a list", DRIFT, reply(page(results={"0": PERSON}))),
    Case("missing field", DRIFT, reply({"data": {"searchPeople": {"hasMore": False}}})),
    Case("null for what is never null", DRIFT, reply(page(results=None))),
    Case("null for the root", DRIFT, reply({"data": {"searchPeople": None}})),
    Case("neither data nor errors", UNREADABLE, reply(b"{}")),
    Case("data of null without errors", UNREADABLE, reply(b'{"data": null}')),
    Case("errors of null beside data", "ok", reply(page() | {"errors": None})),
    Case("no errors in a list beside data", "ok", reply(page() | {"errors": []})),
]  # fmt: skip

# What LeadIQ means by each status, wherever it says it.
_SAID = {
    400: ("InputError", "400 Bad Request", "BAD_USER_INPUT"),
    401: ("AuthenticationError", "401 Unauthorized", "UNAUTHENTICATED"),
    402: ("InsufficientCreditsError", "402 Payment Required", "PAYMENT_REQUIRED"),
    403: ("AuthenticationError", "403 Forbidden", "FORBIDDEN"),
    429: ("RateLimitError", "429 Too Many Requests", "TOO_MANY_REQUESTS"),
    500: ("ServerError", "500 Internal Server Error", "INTERNAL_SERVER_ERROR"),
}

SAID = [
    case
    for status, (meant, line, code) in _SAID.items()
    for case in (
        Case(f"LeadIQ's {status} as HTTP status", meant, reply(error(), line)),
        Case(f"LeadIQ's {status} inside 200", meant, reply(error(response={"status": status}))),
        Case(f"LeadIQ's {status} inside 200, as text", meant,
             reply(error(response={"status": str(status)}))),
        Case(f"LeadIQ's {status} inside 200, as code", meant, reply(error(code=code))),
    )
]  # fmt: skip

FAILED = {"message": "refused", "path": ["searchPeople"]}
CREDITS = {"message": "no", "extensions": {"response": {"status": 402}}}

ERRORS = [
    Case("error of validation", DRIFT,
         reply(error('Cannot query field "a" on type "B".', code="GRAPHQL_VALIDATION_FAILED"),
               "400 Bad Request")),
    Case("error without a reason", "GraphQLError", reply({"errors": [{}]})),
    Case("error of an unknown kind", "GraphQLError", reply(error("no", code="QUOTA_OF_MOONS"))),
    Case("errors that are text", "GraphQLError", reply({"errors": "broken"})),
    Case("errors that are numbers", "GraphQLError", reply({"errors": [7, None]})),
    Case("the second error is the serious one", "InsufficientCreditsError",
         reply({"data": None, "errors": [FAILED, CREDITS]})),
    Case("partial data", "GraphQLError", reply(page() | {"errors": [FAILED]}), data=True),
    Case("partial data, no credits", "InsufficientCreditsError",
         reply(page() | {"errors": [CREDITS]}), data=True),
    Case("partial data that does not fit", "GraphQLError",
         reply(page(results=None) | {"errors": [FAILED]})),
    Case("flood of errors", "GraphQLError", reply({"errors": [FAILED] * 5000})),
]  # fmt: skip

CASES = [*NOT_JSON, *NOT_AS_AGREED, *SAID, *ERRORS]

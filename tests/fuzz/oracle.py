"""What is wrong with a reply, whatever was asked: the rules that no request may break."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse

from leadiq._conformance.envelope import codes_of, faults_of, read_body, statuses_of
from leadiq._conformance.shapes import misfits

#: What no reply holds: it would be of the program, and not of the world.
INSIDES = ("Traceback", 'File "', "site-packages", "NOT_IMPLEMENTED", "object at 0x")
_SERVER_ERROR = 500


def amiss(status: int, body: bytes, schema: GraphQLSchema, asked: dict[str, Any]) -> list[str]:
    """Tell what is wrong with a reply to a POST of `asked`; nothing, if all is well.

    A reply is a GraphQL envelope, never a 5xx in HTTP or inside, and its data is what the document
    selects. A document that cannot be read gets no data.
    """
    wrong = insides(status, body)
    reply = read_body(body)
    if reply is None:
        return [*wrong, f"HTTP {status} with a body that is no JSON object"]
    wrong += faults_of(reply)
    wrong += [f"status {found}" for found in statuses_of(reply) if found >= _SERVER_ERROR]
    wrong += [f"code {code}" for code in codes_of(reply) if code == "INTERNAL_SERVER_ERROR"]
    if reply.get("data") is not None:
        wrong += _data(schema, asked, reply["data"])
    return wrong


def insides(status: int, body: bytes) -> list[str]:
    """Tell what of the program shows in an answer of any kind: a failure, or its own words."""
    failed = [f"HTTP {status}"] if status >= _SERVER_ERROR else []
    return failed + [f"says {word}" for word in INSIDES if word.encode() in body]


def _data(schema: GraphQLSchema, asked: dict[str, Any], data: Any) -> list[str]:
    document = _parsed(str(asked.get("query")))
    if document is None:
        return ["data for a document that cannot be read"]
    variables = asked.get("variables") or {}
    try:
        return misfits(schema, document, asked.get("operationName") or None, variables, data)
    except StopIteration:
        return ["data for an operation that is not there"]


@lru_cache(maxsize=256)
def _parsed(text: str) -> DocumentNode | None:
    try:
        return parse(text)
    except (GraphQLError, RecursionError):
        return None

"""Rules of the oracle: what no reply may be, and that it looks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fuzz.oracle import amiss
from leadiq._schema.packaged import packaged_schema

ASKED = {"query": "query Q($n: Int) { lists(limit: $n) { nextCursor } }", "variables": None}
GOOD = {"data": {"lists": {"nextCursor": None}}}


def refusal(status: int, code: str = "X") -> dict[str, Any]:
    return {"message": "no", "extensions": {"code": code, "response": {"status": status}}}


def judged(body: Any, status: int = 200, asked: dict[str, Any] | None = None) -> list[str]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return amiss(status, content, packaged_schema(), ASKED if asked is None else asked)


@pytest.mark.parametrize(
    "body",
    [GOOD, {"errors": [refusal(401)], "data": None}, {"data": None, "errors": [refusal(400)]}],
)
def test_replies_that_are_in_order(body: Any) -> None:
    """Data as selected, or a refusal."""
    assert judged(body) == []


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (GOOD, 500, "HTTP 500"),
        (b"<html>", 200, "HTTP 200 with a body that is no JSON object"),
        ({"errors": [refusal(503)]}, 200, "status 503"),
        ({"errors": [refusal(400, "INTERNAL_SERVER_ERROR")]}, 200, "code INTERNAL_SERVER_ERROR"),
        ({"errors": [{"message": "Traceback (most recent"}]}, 200, "says Traceback"),
        ({"errors": []}, 200, "errors: no list with an error in it"),
        ({"data": {"lists": {}}}, 200, "data.lists.nextCursor: missing"),
    ],
)
def test_replies_that_are_not(body: Any, status: int, told: str) -> None:
    """A 5xx in either place, what is no envelope, insides, data that does not fit."""
    assert judged(body, status) == [told]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"query": "{ lists"}, "data for a document that cannot be read"),
        ({}, "data for a document that cannot be read"),
        ({"query": "{" * 5_000}, "data for a document that cannot be read"),
        ({**ASKED, "operationName": "R"}, "data for an operation that is not there"),
    ],
)
def test_data_that_nobody_asked_for(asked: dict[str, Any], told: str) -> None:
    """A document that cannot be read, or has no such operation, gets none."""
    assert judged(GOOD, asked=asked) == [told]

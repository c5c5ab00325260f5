"""Rules of the envelope: what may stand around data and errors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leadiq._conformance.envelope import codes_of, faults_of, read_body, statuses_of

REFUSED = {"message": "x", "extensions": {"code": "UNAUTHENTICATED", "response": {"status": 401}}}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b"\xff", b'{"data": NaN}', b'{"a": Infinity}', b"[" * 100_000],
)
def test_what_is_no_object_in_json(body: bytes) -> None:
    """Whatever it is, reading it does not fail."""
    assert read_body(body) is None


@pytest.mark.parametrize(
    "reply",
    [
        {"data": {"a": 1}},
        {"data": None, "errors": [REFUSED]},
        {"errors": [{"message": "x"}], "extensions": {}},
        {"data": {"a": None}, "errors": [{"message": "x", "path": ["a", 0, "b"]}]},
        {"data": {"a": [1, None]}, "errors": [{"message": "x", "path": ["a", 1], "locations": []}]},
        {"data": None, "errors": [{"message": "x", "path": ["a"]}]},
        {"data": {"a": 1}, "errors": [{"message": "x", "path": None}]},
    ],
)
def test_a_reply(reply: dict[str, Any]) -> None:
    """Data, errors, or both; a path leads to null, or null stands on the way."""
    assert read_body(json.dumps(reply).encode()) == reply
    assert faults_of(reply) == []


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ({}, "neither data nor errors"),
        ({"extensions": {}}, "neither data nor errors"),
        ({"data": []}, "data: no object"),
        ({"data": {}, "error": 1}, "error: not a member of a reply"),
        ({"errors": []}, "errors: no list with an error in it"),
        ({"errors": "x"}, "errors: no list with an error in it"),
        ({"errors": ["x"]}, "errors[0]: no object"),
        ({"errors": [{}]}, "errors[0].message: no text"),
        ({"errors": [{"message": "x"}, {"message": 5}]}, "errors[1].message: no text"),
        ({"errors": [{"message": "x", "extensions": 1}]}, "errors[0].extensions: no object"),
        *(
            (
                {"data": {"a": {"b": [1]}}, "errors": [{"message": "x", "path": path}]},
                "errors[0].path: leads to something that is there",
            )
            for path in (["a"], ["a", "b", 0], ["c"], ["a", "b", 7], ["a", "b", "x"], [])
        ),
    ],
)
def test_what_is_no_reply_is_told(reply: dict[str, Any], told: str) -> None:
    """One sentence for each member that GraphQL does not allow."""
    assert faults_of(reply) == [told]


def test_statuses_and_codes_stand_in_extensions() -> None:
    """Where LeadIQ puts them [samples]; what stands there in another form is none."""
    reply = {"errors": [REFUSED, {"extensions": 1}, "x", {"extensions": {"code": 1}}]}
    assert statuses_of(reply) == [401]
    assert codes_of(reply) == ["UNAUTHENTICATED"]
    assert statuses_of({}) == codes_of({}) == []
    assert statuses_of({"errors": [{"extensions": {"response": {"status": "401"}}}]}) == []

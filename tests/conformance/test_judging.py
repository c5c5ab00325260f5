"""Rules of judging: each expectation is met by what it says and by nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leadiq._conformance.case import Case, Data, Expected, Invalid, Kept, Part, Refused
from leadiq._conformance.judging import (
    Answer,
    MissingError,
    differences,
    filled,
    find,
    status_of,
)

QUERY = "query($n: Int) { lists(limit: $n) { items { id } } }"
GOOD = {"data": {"lists": {"items": [{"id": "a"}, {"id": "b"}]}}}
JSON = "application/json; charset=utf-8"


def refusal(status: int = 401, **more: Any) -> dict[str, Any]:
    extensions = {"code": "UNAUTHENTICATED", "response": {"status": status}}
    return {"errors": [{"message": "ada@example.com", "extensions": extensions}], **more}


def judged(expect: Expected, body: Any, status: int = 200, kind: str = JSON, **kept: Any) -> Any:
    case = Case(name="x", query=QUERY, expect=expect)
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return differences(case, Answer(status, kind, content), kept)


@pytest.mark.parametrize(
    ("expect", "body", "status"),
    [
        (Data(), GOOD, 200),
        (Data({"lists.items.*.id": ["a", "b"]}), GOOD, 200),
        (Data({"lists.items.0.id": Kept("first")}, {"lists.items.1.id": Kept("first")}), GOOD, 200),
        (Refused(401), refusal(), 200),
        (Refused(401), refusal(data=None), 200),
        (Refused(401), refusal(data={"lists": None}), 401),
        (Refused(401), {"errors": [{"message": "x"}]}, 401),
        (Refused(401, "UNAUTHENTICATED"), refusal(), 200),
        (Invalid(), {"errors": [{"message": "x"}]}, 200),
        (Invalid(), {"errors": [{"message": "x"}], "data": None}, 200),
    ],
)
def test_what_is_expected(expect: Expected, body: Any, status: int) -> None:
    """Data as selected, a refusal in either form, errors alone."""
    assert judged(expect, body, status, first="a") == []


@pytest.mark.parametrize(
    ("expect", "body", "status", "told"),
    [
        (Data(), b"<html>", 502, "HTTP 502 with a body that is no JSON object"),
        (Data(), GOOD, 500, "HTTP 500, no errors, instead of data"),
        (Data(), refusal(), 200,
         "HTTP 200, 1 errors, status 401, UNAUTHENTICATED, instead of data"),
        (Data(), {"data": {"lists": 5}}, 200,
         "data.lists: no object, where ListConnection is promised"),
        (Data({"lists.items": []}), GOOD, 200, "data.lists.items: not what it has to be"),
        (Data(unlike={"lists.items.0.id": Kept("first")}), GOOD, 200,
         "data.lists.items.0.id: the same as before"),
        (Refused(402), refusal(), 200,
         "HTTP 200, 1 errors, status 401, UNAUTHENTICATED, instead of a refusal with status 402"),
        (Refused(401, "X"), refusal(), 200,
         "HTTP 200, 1 errors, status 401, UNAUTHENTICATED, instead of the code X"),
        (Refused(401), refusal(data=GOOD["data"]), 200, "data beside a refusal"),
        (Invalid(), GOOD | refusal(), 200, "data, instead of errors alone"),
        (Invalid(), {"data": None}, 200, "HTTP 200, no errors, instead of errors in an HTTP 200"),
        (Invalid(), {"errors": [{"message": "x"}]}, 400,
         "HTTP 400, 1 errors, instead of errors in an HTTP 200"),
        (Invalid(), {"errors": [{"message": "x"}, {}]}, 200, "errors[1].message: no text"),
    ],
)  # fmt: skip
def test_what_differs_is_told(expect: Expected, body: Any, status: int, told: str) -> None:
    """One sentence each, with statuses and codes and without a word of the server's."""
    assert judged(expect, body, status, first="a") == [told]


def test_a_reply_is_json_by_its_content_type() -> None:
    """GraphQL's own type is JSON too."""
    assert judged(Data(), GOOD, kind="text/html") == ["the content type is not JSON"]
    assert judged(Data(), GOOD, kind="application/graphql-response+json") == []


def test_a_code_that_is_no_code_is_not_repeated() -> None:
    """A server may write anything there, somebody's address as well."""
    body = {"errors": [{"message": "x", "extensions": {"code": "ada@example.com"}}]}
    assert judged(Data(), body) == ["HTTP 200, 1 errors, instead of data"]


def test_values_are_filled_from_what_was_kept() -> None:
    """Whole values and parts of texts, at any depth; what was not kept is missing."""
    value = {"a": [Kept("x"), {"b": Part("n-{}", "x")}], "c": 1, "d": None}
    assert filled(value, {"x": 7}) == {"a": [7, {"b": "n-7"}], "c": 1, "d": None}
    for kept in ({}, {"x": None}):
        with pytest.raises(MissingError, match="x"):
            filled(value, kept)


def test_paths_lead_through_objects_and_lists() -> None:
    """A number is an item, a star is all of them, and what is not there is None."""
    data = {"a": [{"b": 1}, {"b": 2}]}
    assert find(data, "a.*.b") == [1, 2]
    assert find(data, "a.*") == [{"b": 1}, {"b": 2}]
    assert find(data, "a.1.b") == 2
    assert find(data, "a.7.b") is find(data, "x.y") is None


def test_a_status_stands_in_http_or_in_the_body() -> None:
    """HTTP's own wins unless it is 200."""
    body = json.dumps(refusal(402)).encode()
    assert status_of(Answer(200, JSON, body)) == 402
    assert status_of(Answer(429, JSON, body)) == 429
    assert status_of(Answer(200, JSON, b"x")) == 200

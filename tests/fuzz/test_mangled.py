"""Rules of bad input: whatever arrives is answered in LeadIQ's envelope, never with a failure."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given, settings

from fuzz import mangled
from fuzz.oracle import amiss, insides
from leadiq._conformance.envelope import read_body
from leadiq._schema.packaged import packaged_schema
from leadiq.sandbox import SandboxApp, SandboxSettings, build_app

EXAMPLES = 40


@lru_cache(maxsize=1)
def sandbox() -> SandboxApp:
    return build_app(SandboxSettings(people=500, requests_per_minute=None))


def answer(
    content: bytes, method: str = "POST", path: str = "/graphql", **headers: str
) -> httpx.Response:
    """Send one request in process; what the application raises comes out here."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=sandbox())
        async with httpx.AsyncClient(transport=transport) as http:
            known = {
                "Authorization": f"Basic {sandbox().settings.key}",
                "Content-Type": "application/json",
            }
            url = f"https://sandbox.example.com{path}"
            return await http.request(method, url, content=content, headers=known | headers)

    return anyio.run(send)


def check(reply: httpx.Response, asked: Any) -> None:
    known = asked if isinstance(asked, dict) else {}
    assert not amiss(reply.status_code, reply.content, packaged_schema(), known)


@settings(max_examples=EXAMPLES)
@given(mangled.bodies)
def test_any_json_is_answered(body: Any) -> None:
    """Broken documents, wrong types, deep nesting, circles, batches."""
    check(answer(json.dumps(body).encode()), body)


@settings(max_examples=EXAMPLES)
@given(mangled.requests())
def test_any_request_is_answered(request: mangled.Request) -> None:
    """Bodies cut off, bytes, other methods and types, odd headers."""
    asked = read_body(request.content) or {}
    headers = {"Content-Type": request.content_type, **dict(request.headers)}
    check(answer(request.content, request.method, **headers), asked)


@settings(max_examples=EXAMPLES)
@given(mangled.elsewhere())
def test_any_path_is_answered(asked: tuple[str, mangled.Request]) -> None:
    """What is beside the endpoint does not fail either."""
    path, request = asked
    headers = {"Content-Type": request.content_type, **dict(request.headers)}
    reply = answer(request.content, request.method, path, **headers)
    assert insides(reply.status_code, reply.content) == []


def test_any_authorization_is_answered() -> None:
    """Whatever stands there is no key, and gets a 401."""
    query = json.dumps({"query": "{ account { __typename } }"}).encode()
    for value in mangled.AUTHORIZATIONS:
        raw: Any = value.encode("latin-1")
        (error,) = answer(query, Authorization=raw).json()["errors"]
        assert error["extensions"]["response"]["status"] == 401


QUERY = "query Q($i: SearchPeopleInput!) { searchPeople(input: $i) { totalResults } }"
FIRM = '{name: "a", domain: "a.example.com", customData: 1e999}'


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (json.dumps({"query": QUERY, "variables": {"i": {"\u0130": None}}}), None),
        (
            json.dumps({"query": '{ icpDefinitions(productLines: ["\u0130"]) { __typename } }'}),
            None,
        ),
        (json.dumps({"query": "{ lists(limit: %s) { __typename } }" % ("1" * 5_000)}), None),
        (json.dumps({"query": QUERY, "variables": {"i": {"id": "x", "limit": 10**4_000}}}), None),
        ('{"query": "{ __typename }", "variables": {"n": NaN}}', 400),
        ('{"query": "{ __typename }", "variables": {"n": -Infinity}}', 400),
        ('{"query": "{ __typename }", "variables": {"n": %s}}' % ("1" * 5_000), 400),
    ],
    ids=["name", "enum", "literal", "variable", "nan", "infinity", "digits"],
)
def test_what_libraries_fall_over_is_the_askers_fault(content: str, status: int | None) -> None:
    """Names that grow in lower case, numbers of thousands of digits, numbers that are none."""
    reply = answer(content.encode())
    check(reply, json.loads(content) if status is None else {})
    body = reply.json()
    assert not body.get("data")
    assert body["errors"][0]["extensions"].get("response", {"status": None})["status"] == status


def test_an_answer_is_json_whatever_was_kept() -> None:
    """A number that is too large to be one comes back as null."""
    below = "{ companies { success company { customData } } }"
    query = f"mutation {{ addTrackedCompanies(input: {{companies: [{FIRM}]}}) {below} }}"
    reply = answer(json.dumps({"query": query}).encode())
    check(reply, {"query": query})
    (added,) = reply.json()["data"]["addTrackedCompanies"]["companies"]
    assert added == {"success": True, "company": {"customData": None}}


def test_a_body_that_has_no_end_is_not_executed() -> None:
    """Who goes away in the middle of a request pays for nothing, whatever had come by then."""
    app = build_app(SandboxSettings(people=500))
    query = {"query": "{ flatAdvancedSearch(input: {limit: 1}) { people { id } } }"}
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def call(*messages: dict[str, Any]) -> None:
        left = iter(messages)
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "headers": [
                (b"authorization", f"Basic {app.settings.key}".encode()),
                (b"content-type", b"application/json"),
            ],
        }

        async def receive() -> Any:
            return next(left)

        await app(scope, receive, send)

    part = {"type": "http.request", "body": json.dumps(query).encode()}
    anyio.run(call, {**part, "more_body": True}, {"type": "http.disconnect"})
    assert app.ledger() == []
    assert b"The body has no end." in sent[-1]["body"]
    anyio.run(call, {**part, "more_body": False})
    assert len(app.ledger()) == 1

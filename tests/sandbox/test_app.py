"""Rules of the endpoint: credentials, the limit, bodies, the two error forms, silence."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import anyio
import pytest

from leadiq.sandbox._errors import Refusal
from leadiq.sandbox._lookup import addresses
from leadiq.sandbox._world import World

Make = Callable[..., Any]
PLANS = "{ account { plans { name } } }"


def status(body: Any) -> int:
    assert body["data"] is None
    return int(body["errors"][0]["extensions"]["response"]["status"])


@pytest.mark.anyio
async def test_a_lookup_on_both_event_loops(make: Make, world: World) -> None:
    """The application runs on asyncio and trio, its slow searches in a thread."""
    sandbox = make()
    for query in (PLANS, "{ flatAdvancedSearch(input: {}) { totalPeople } }"):
        reply = await sandbox.post({"query": query})
        assert reply.status_code == 200
        assert "errors" not in reply.json()
    hashed = '{ searchPeople(input: {hashedEmail: "00"}) { totalResults } }'
    assert (await sandbox.post({"query": hashed})).json()["data"]["searchPeople"]


@pytest.mark.parametrize(
    "header",
    [None, "", "Basic", "Basic ", "Bearer {key}", "{key}", "Basic {twice}", "Basic {key}x"],
)
def test_a_missing_or_wrong_key_is_a_401(make: Make, header: str | None) -> None:
    """Only `Basic` and the key verbatim opens; encoding the key once more does not [guide]."""
    sandbox = make()
    key = sandbox.app.settings.key
    twice = b64encode(f"{key}:".encode()).decode()
    headers = {} if header is None else {"Authorization": header.format(key=key, twice=twice)}
    reply = sandbox.reply({"query": PLANS}, headers=headers)
    assert reply.status_code == 200
    assert status(reply.json()) == 401
    assert sandbox.reply({"query": "{ broken"}, headers=headers).json()["errors"]
    assert status(sandbox.reply({"query": "{ broken"}, headers=headers).json()) == 401


def test_the_scheme_is_case_insensitive(make: Make) -> None:
    """As HTTP has it."""
    sandbox = make()
    headers = {"Authorization": f"basic  {sandbox.app.settings.key} "}
    assert sandbox.reply({"query": PLANS}, headers=headers).json()["data"]


def test_introspection_is_for_everybody(make: Make) -> None:
    """It needs no credentials, and does not count against anybody's limit [live]."""
    sandbox = make(requests_per_minute=1)
    for _ in range(3):
        body = sandbox.reply({"query": "{ __schema { queryType { name } } }"}, headers={}).json()
        assert body == {"data": {"__schema": {"queryType": {"name": "Query"}}}}
    assert sandbox.reply({"query": PLANS}).json()["data"]


@pytest.mark.parametrize("form", ["body", "http"])
def test_where_a_status_stands(make: Make, form: str) -> None:
    """A refusal has its status in the body, and in HTTP as well only if so set."""
    sandbox = make(error_form=form, requests_per_minute=1)
    replies = [sandbox.reply({"query": PLANS}, headers={}), sandbox.reply({"query": PLANS}),
               sandbox.reply({"query": PLANS})]  # fmt: skip
    wanted = [401, 200, 429] if form == "http" else [200, 200, 200]
    assert [reply.status_code for reply in replies] == wanted
    assert [status(replies[0].json()), status(replies[2].json())] == [401, 429]
    assert "retry-after" not in replies[2].headers


@pytest.mark.parametrize("window", ["fixed", "sliding", "bucket"])
def test_the_limit_counts_requests(make: Make, window: str) -> None:
    """A request counts once whatever its aliases, and even if its document is broken."""
    sandbox = make(requests_per_minute=2, window=window)
    sandbox.ask("{ a: __typename b: __typename }")
    sandbox.ask("{ broken")
    assert status(sandbox.ask(PLANS)) == 429
    sandbox.clock.now += 60
    assert sandbox.ask(PLANS)["data"]


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"content": b""}, 400),
        ({"content": b"{"}, 400),
        ({"content": b"\xff\xfe"}, 400),
        ({"content": b"[" * 100_000}, 400),
        ({"content": b"[]"}, 400),
        ({"content": b"null"}, 400),
        ({"content": b'"x"'}, 400),
        ({"content": b"{}"}, 400),
        ({"content": b'{"query": 5}'}, 400),
        ({"content": b'{"query": " "}'}, 400),
        ({"content": b'{"query": "{ __typename }", "variables": []}'}, 400),
        ({"content": b'{"query": "{ __typename }", "operationName": 5}'}, 400),
        ({"content": b"x" * 2001}, 413),
        ({"content": b"{}", "kind": "text/plain"}, 415),
        ({"content": b"{}", "kind": ""}, 415),
        ({"content": b"{}", "method": "GET"}, 405),
        ({"content": b"{}", "method": "PUT"}, 405),
        ({"content": b"{}", "url": "http://sandbox.test/"}, 404),
        ({"content": b"{}", "url": "http://sandbox.test/graphql/x"}, 404),
    ],
)
def test_bad_requests_are_answered(make: Make, request_: dict[str, Any], code: int) -> None:
    """Whatever arrives, the answer is an envelope with a status, never a traceback."""
    sandbox = make(max_body_bytes=2000 if code == 413 else 10**6)
    kind = request_.pop("kind", "application/json; charset=utf-8")
    headers = {"Authorization": f"Basic {sandbox.app.settings.key}", "Content-Type": kind}
    reply = sandbox.reply(headers=headers, **request_)
    assert reply.status_code == 200
    assert status(reply.json()) == code


@pytest.mark.parametrize("content", [b"{}", b"null", b'{"query": ""}'])
def test_a_missing_query_has_its_code(make: Make, content: bytes) -> None:
    """extensions.code is MISSING_QUERY_STRING, as LeadIQ says it [samples]."""
    sandbox = make()
    headers = {
        "Authorization": f"Basic {sandbox.app.settings.key}",
        "Content-Type": "application/json",
    }
    (error,) = sandbox.reply(headers=headers, content=content).json()["errors"]
    assert error["extensions"]["code"] == "MISSING_QUERY_STRING"


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("{ nope }", {}),
        ("{ account", {}),
        ("subscription { x }", {}),
        ("query($id: String!) { searchPeople(input: {id: $id}) { totalResults } }", {}),
        ("query($i: SearchPeopleInput!) { searchPeople(input: $i) { totalResults } }",
         {"variables": {"i": {"emial": "x"}}}),
        ("query A { __typename } query B { __typename }", {}),
        ("query A { __typename }", {"operationName": "C"}),
        ("fragment F on Query { __typename }", {}),
    ],
)  # fmt: skip
def test_broken_graphql_is_a_graphql_error(make: Make, query: str, rest: dict[str, Any]) -> None:
    """Unknown fields, wrong variables and missing operations: 200, errors, no data, no trace."""
    reply = make().reply({"query": query, **rest})
    body = reply.json()
    assert reply.status_code == 200
    assert body["errors"]
    assert not body.get("data")
    assert "Traceback" not in reply.text
    assert "File" not in reply.text


def test_several_operations_run_by_name(make: Make) -> None:
    """operationName chooses; an empty one is none."""
    sandbox = make()
    text = "query A { a: __typename } query B { b: __typename }"
    assert sandbox.data(text, operationName="B") == {"b": "Query"}
    assert sandbox.data("{ a: __typename }", operationName="") == {"a": "Query"}


def test_text_that_is_not_utf8_able_is_answered(make: Make) -> None:
    """Half a surrogate pair in a variable does not break the reply."""
    sandbox = make()
    query = "query($i: SearchPeopleInput!) { searchPeople(input: $i) { totalResults } }"
    headers = {
        "Authorization": f"Basic {sandbox.app.settings.key}",
        "Content-Type": "application/json",
    }
    for field in ("email", "x"):
        content = json.dumps({"query": query, "variables": {"i": {field: "\ud800"}}}).encode()
        assert sandbox.reply(headers=headers, content=content).status_code == 200


def test_half_a_surrogate_pair_in_an_answer_is_replaced(make: Make) -> None:
    """What an error repeats of a request can be written whatever it is."""
    sandbox = make()
    headers = {
        "Authorization": f"Basic {sandbox.app.settings.key}",
        "Content-Type": "application/json",
    }
    content = json.dumps({"query": "{ __typename }", "operationName": "\ud800"}).encode()
    body = sandbox.reply(headers=headers, content=content).json()
    assert "?" in body["errors"][0]["message"]


def test_the_index_of_hashes_is_built_beside_the_loop_once(make: Make, world: World) -> None:
    """The first look-up by hash may take long, the next ones do not."""
    sandbox = make()
    address = next(a for i in range(50) for a in addresses(world.person(i)))
    hashed = sha256(address.encode()).hexdigest()
    query = "query($h: String) { searchPeople(input: {hashedEmail: $h}) { totalResults } }"
    for _ in range(2):
        assert sandbox.data(query, {"h": hashed}) == {"searchPeople": {"totalResults": 1}}


def test_a_body_may_come_in_pieces(make: Make) -> None:
    """Chunks are joined, and counted together against the limit of the body."""

    async def pieces() -> Any:
        for byte in json.dumps({"query": PLANS}).encode():
            yield bytes([byte])

    for most, wanted in ((10_000, None), (10, 413)):
        sandbox = make(max_body_bytes=most)
        headers = {
            "Authorization": f"Basic {sandbox.app.settings.key}",
            "Content-Type": "application/json",
        }
        body = sandbox.reply(headers=headers, content=pieces()).json()
        assert bool(body["data"]) == (wanted is None)
        assert wanted is None or status(body) == wanted


@pytest.mark.anyio
async def test_other_protocols_are_declined(make: Make) -> None:
    """The lifespan protocol is refused the way servers understand as "not supported"."""

    async def nothing(*_: Any) -> Any:
        raise AssertionError

    with pytest.raises(NotImplementedError):
        await make().app({"type": "lifespan"}, nothing, nothing)


def test_nothing_is_logged_or_printed(
    make: Make, world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Lookups, mistakes and failures of ours leave no trace of whom they were about."""
    caplog.set_level(logging.DEBUG)
    sandbox = make()
    query = "query($i: SearchPeopleInput!) { searchPeople(input: $i) { results { id } } }"
    for given in ({"email": "ada@example.com"}, {"emial": "ada@example.com"}, {}):
        sandbox.ask(query, {"i": given})

    def fail(_query: Any) -> Any:
        raise RuntimeError("ada@example.com")

    sandbox.app._service.matcher.people = fail
    body = sandbox.ask(query, {"i": {"email": "ada@example.com"}})
    assert body["errors"][0]["extensions"]["response"]["status"] == 500
    assert "ada" not in json.dumps(body)
    ours = [record for record in caplog.records if not record.name.startswith(("asyncio", "httpx"))]
    assert ours == []
    assert "ada" not in "".join(capfd.readouterr())
    assert "ada" not in repr(Refusal(401, "x"))


def test_a_fork_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that got the application by forking would keep a second account."""
    sandbox = make()
    monkeypatch.setattr("os.getpid", lambda: 1)
    body = sandbox.ask(PLANS)
    assert status(body) == 503
    assert "another process" in body["errors"][0]["message"]


@pytest.mark.parametrize("fault", ["flood", "removed:field=Nobody.id", "latency"])
def test_a_fault_that_makes_no_sense_is_refused(make: Make, fault: str) -> None:
    """What a request asks for in its header is checked like what is set."""
    sandbox = make()
    headers = {"Authorization": f"Basic {sandbox.app.settings.key}", "X-Sandbox-Fault": fault}
    body = sandbox.reply({"query": PLANS}, headers=headers).json()
    assert status(body) == 400
    assert body["errors"][0]["message"].startswith("faults")


def test_a_body_that_breaks_off_is_not_executed(make: Make) -> None:
    """A client that goes before the end of its body is charged for nothing."""
    sandbox = make()
    whole = json.dumps({"query": "{ flatAdvancedSearch(input: {}) { totalPeople } }"}).encode()
    messages = [
        {"type": "http.request", "body": whole, "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    key = f"Basic {sandbox.app.settings.key}".encode()
    headers = [(b"content-type", b"application/json"), (b"authorization", key)]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers}
    anyio.run(sandbox.app, scope, receive, send)
    assert status(json.loads(sent[1]["body"])) == 400
    assert sandbox.app.ledger() == []

"""Rules of the sandbox's own paths: no key, plain HTTP statuses, and no word about a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadiq.sandbox import Refused
from leadiq.sandbox._world import World

Make = Callable[..., Any]
HOST = "http://sandbox.test/_sandbox/"
FIND = (
    "query Find($id: String!) { searchPeople(input: {id: $id})"
    " { results { id personalEmails { value } } } }"
)


def control(sandbox: Any, method: str, name: str, body: Any = None, **rest: Any) -> Any:
    return sandbox.reply(body, method=method, url=HOST + name, headers={}, **rest)


def test_the_ledger_says_what_each_request_was_charged_for(make: Make, world: World) -> None:
    """Request, data point, price and reason stand there, with the client's name for the request."""
    sandbox = make()
    person = world.person(5)
    headers = {"Authorization": f"Basic {sandbox.app.settings.key}", "X-Request-Id": "row-7"}
    sandbox.reply({"query": FIND, "variables": {"id": person.id}}, headers=headers)
    body = control(sandbox, "GET", "ledger").json()
    assert body["teams"][0]["team"] == "sandbox"
    assert {line["client_request_id"] for line in body["charges"]} == {"row-7"}
    assert {line["operation"] for line in body["charges"]} == {"Find"}
    assert {tuple(line["subjects"]) for line in body["charges"]} == {(person.id,)}
    spent = sum(float(line["credits"]) for line in body["charges"])
    assert float(body["teams"][0]["balance"]) == 1000 - spent


def test_the_ledger_knows_no_person_but_by_id(make: Make, world: World) -> None:
    """Names, addresses and numbers stand nowhere in it."""
    sandbox = make()
    people = [world.person(index) for index in range(30)]
    for person in people:
        sandbox.data(FIND, {"id": person.id})
    text = control(sandbox, "GET", "ledger").text
    assert "@" not in text
    assert not any(person.last.display in text for person in people)


def test_faults_are_set_shown_and_taken_away(make: Make) -> None:
    """POST replaces them all, GET shows them, DELETE and an empty list end them."""
    sandbox = make()
    shown = control(sandbox, "POST", "faults", [{"kind": "refused", "status": 503}]).json()
    assert shown["faults"][0]["status"] == 503
    assert sandbox.app.faults == (Refused(status=503),)
    assert "errors" in sandbox.ask("{ __typename }")
    assert control(sandbox, "GET", "faults/").json() == shown
    assert control(sandbox, "DELETE", "faults").json() == {"faults": []}
    assert sandbox.data("{ __typename }")
    control(sandbox, "POST", "faults", [{"kind": "refused"}])
    assert control(sandbox, "POST", "faults", []).json() == {"faults": []}


def test_a_reset_goes_back_to_the_settings(make: Make, world: World) -> None:
    """Balance, unlocks, limit, ledger, faults and lists are as they were at the start."""
    sandbox = make(requests_per_minute=3, faults=(Refused(requests=(9,)),))
    for _ in range(2):
        sandbox.data(FIND, {"id": world.person(5).id})
        sandbox.data('mutation { createList(input: {name: "a"}) { __typename } }')
        control(sandbox, "POST", "faults", [{"kind": "gateway"}])
        reply = control(sandbox, "POST", "reset")
        assert reply.json()["faults"][0]["requests"] == [9]
        assert sandbox.app.ledger() == []
        assert sandbox.data("{ lists { items { id } } }")["lists"]["items"] == []
        sandbox.app.reset()


@pytest.mark.parametrize(
    ("method", "name", "rest", "status"),
    [
        ("GET", "nothing", {}, 404),
        ("GET", "", {}, 404),
        ("PUT", "faults", {}, 405),
        ("POST", "ledger", {}, 405),
        ("GET", "reset", {}, 405),
        ("POST", "faults", {"content": b"{"}, 400),
        ("POST", "faults", {"body": [{"kind": "flood"}]}, 400),
        ("POST", "faults", {"body": [{"kind": "removed", "field": "Nobody.id"}]}, 400),
        ("POST", "faults", {"content": b"x" * 1001}, 413),
    ],
)
def test_a_wrong_request_is_told(
    make: Make, method: str, name: str, rest: dict[str, Any], status: int
) -> None:
    """It gets a real HTTP status and one sentence, and changes nothing."""
    sandbox = make(max_body_bytes=1000)
    reply = control(sandbox, method, name, **rest)
    assert reply.status_code == status
    assert reply.json()["error"].endswith(".")
    assert sandbox.app.faults == ()


def test_it_can_be_switched_off(make: Make) -> None:
    """With control=False there are no such paths, and the header asks in vain."""
    sandbox = make(control=False)
    body = control(sandbox, "GET", "ledger").json()
    assert body["errors"][0]["extensions"]["response"]["status"] == 404
    headers = {"Authorization": f"Basic {sandbox.app.settings.key}", "X-Sandbox-Fault": "gateway"}
    assert sandbox.reply({"query": "{ __typename }"}, headers=headers).json()["data"]

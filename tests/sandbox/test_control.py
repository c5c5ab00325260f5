"""Rules of the sandbox's own paths: no key, plain HTTP statuses, and no word about a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadiq.sandbox import NoIntrospection, Refused
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
        ("POST", "", {}, 404),
        ("GET", "web/nothing.js", {}, 404),
        ("POST", "web/style.css", {}, 404),
        ("POST", "status", {}, 405),
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


def test_a_page_of_another_site_changes_nothing(make: Make) -> None:
    """What a browser sends on behalf of another site may look and not touch."""
    sandbox = make()
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200)):
        headers = {"Sec-Fetch-Site": site}
        found = sandbox.reply([], method="POST", url=HOST + "faults", headers=headers)
        assert found.status_code == status
        assert control(sandbox, "GET", "faults").status_code == 200


def test_the_ledger_of_one_request(make: Make, world: World) -> None:
    """Asked for the client's own name of a request, it gives the lines of that request."""
    sandbox = make()
    for name in ("a b&c", "row-8"):
        headers = {"Authorization": f"Basic {sandbox.app.settings.key}", "X-Request-Id": name}
        sandbox.reply({"query": FIND, "variables": {"id": world.person(5).id}}, headers=headers)
    assert len(control(sandbox, "GET", "ledger").json()["charges"]) == 4
    found = control(sandbox, "GET", "ledger?client_request_id=a%20b%26c").json()["charges"]
    assert [line["client_request_id"] for line in found] == ["a b&c"] * 2
    assert control(sandbox, "GET", "ledger?client_request_id=x").json()["charges"] == []


def test_the_kinds_of_faults_are_told(make: Make) -> None:
    """A form can be made of them: words, members, choices."""
    found = control(make(), "GET", "faults?kinds").json()
    kinds = {one["properties"]["kind"]["const"]: one for one in found["kinds"]}
    assert found["faults"] == []
    assert len(kinds) == 13
    assert kinds["latency"]["required"] == ["seconds"]
    assert kinds["gateway"]["properties"]["body"]["enum"] == ["html", "empty"]


def test_what_goes_on_is_told(make: Make, world: World) -> None:
    """Teams, limits, the latest requests with their charges, and faults; newest first."""
    sandbox = make(requests_per_minute=60, faults=(Refused(status=503, requests=(2,)),))
    sandbox.data(FIND, {"id": world.person(5).id}, operationName="Find")
    sandbox.ask(FIND, {"id": world.person(5).id}, operationName="Find")
    sandbox.ask("{ nothing }")
    sandbox.reply({"query": FIND}, headers={})
    sandbox.clock.now += 3
    found = control(sandbox, "GET", "status").json()
    requests = [
        (one["number"], one["team"], one["operation"], one["status"], one["errors"], one["faults"])
        for one in found["requests"]
    ]
    assert requests == [
        (4, None, None, 401, 0, []),
        (3, "sandbox", None, 200, 1, []),
        (2, "sandbox", "Find", 503, 0, ["refused"]),
        (1, "sandbox", "Find", 200, 0, []),
    ]
    assert {one["age_s"] for one in found["requests"]} == {3.0}
    assert {one["took_ms"] for one in found["requests"]} == {0.0}
    assert found["limits"] == [{"team": "sandbox", "key": 1, "requests_per_minute": 60, "left": 57}]
    assert found["requests"][-1]["credits"] == "0.1"
    assert sum(float(line["credits"]) for line in found["charges"]) == 0.1
    assert (found["answered"], found["teams"][0]["balance"]) == (4, "999.9")
    assert found["faults"][0]["status"] == 503
    control(sandbox, "POST", "reset")
    assert control(sandbox, "GET", "status").json()["requests"] == []


def test_a_key_that_was_chosen_is_not_told(make: Make) -> None:
    """The explorer is given the sandbox's usual key only: another may be worth something."""
    assert control(make(), "GET", "about").json()["key"] == make().app.settings.key
    found = control(make(key="c2VjcmV0Og=="), "GET", "about")
    assert found.json()["key"] is None
    assert (
        "c2VjcmV0Og==" not in found.text + control(make(key="c2VjcmV0Og=="), "GET", "status").text
    )


def test_the_explorer_is_told_of_somebody(make: Make, world: World) -> None:
    """The person and company that its examples are about are there."""
    sandbox = make()
    person = control(sandbox, "GET", "about").json()["person"]
    assert person["id"] == world.person(0).id
    who = "{firstName: $firstName, lastName: $lastName, company: {name: $company}}"
    document = "query Q($firstName: String, $lastName: String, $company: String)"
    document += f" {{ searchPeople(input: {who}) {{ results {{ id }} }} }}"
    found = sandbox.data(document, {name: person[name] for name in person if name != "id"})
    assert found["searchPeople"]["results"] == [{"id": person["id"]}]


def test_the_contract_is_told_beside_faults_and_limits(make: Make) -> None:
    """Looking at the schema counts nowhere, and no fault hides it."""
    sandbox = make()
    sandbox.app.set_faults([NoIntrospection()])
    found = control(sandbox, "GET", "schema").json()["__schema"]
    assert {"PersonRecord", "SearchPeopleInput"} <= {one["name"] for one in found["types"]}
    assert control(sandbox, "GET", "status").json()["answered"] == 0


def test_it_can_be_switched_off(make: Make) -> None:
    """With control=False there are no such paths and pages, and the header asks in vain."""
    sandbox = make(control=False)
    page = sandbox.reply(method="GET", url="http://sandbox.test/")
    assert page.json()["errors"][0]["extensions"]["response"]["status"] == 404
    body = control(sandbox, "GET", "ledger").json()
    assert body["errors"][0]["extensions"]["response"]["status"] == 404
    headers = {"Authorization": f"Basic {sandbox.app.settings.key}", "X-Sandbox-Fault": "gateway"}
    assert sandbox.reply({"query": "{ __typename }"}, headers=headers).json()["data"]

"""Rules of lists and prospects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadiq.sandbox._world import World

Make = Callable[..., Any]

CREATE = "mutation($i: CreateListInput!) { createList(input: $i) { id name description status visibility startDate endDate createdAt updatedAt } }"  # noqa: E501
ADD = (
    "mutation($l: ID!, $i: CreateProspectInput!) { addProspectToList(listId: $l, input: $i)"
    " { id personId linkedinId linkedinUrl firstName lastName name picture title seniority function"
    " workEmail emailStatus personalEmails mobilePhones { value status }"
    " location { streetLine1 streetLine2 city state zip country formatted }"
    " company { id name domain industry employees phone location { city } }"
    " listIds notes createdAt updatedAt } }"
)
LISTS = "query($l: Int, $c: ID) { lists(limit: $l, cursor: $c) { items { name } nextCursor } }"
MEMBERS = "query($id: ID!, $l: Int, $c: ID) { list(id: $id) { updatedAt prospects(limit: $l, cursor: $c) { items { id name } nextCursor } } }"  # noqa: E501

ADA = {"firstName": "Ada", "lastName": "Lovelace"}


def create(sandbox: Any, name: str = "Leads", **rest: Any) -> Any:
    return sandbox.data(CREATE, {"i": {"name": name, **rest}})["createList"]


def add(sandbox: Any, to: str, **rest: Any) -> Any:
    return sandbox.data(ADD, {"l": to, "i": {**ADA, **rest}})["addProspectToList"]


def refusal(body: Any) -> tuple[int, str]:
    (error,) = body["errors"]
    return error["extensions"]["response"]["status"], error["message"]


def test_a_list_is_made_and_found(make: Make) -> None:
    """A new list has an id of 24 hex digits, keeps what was sent, and can be read."""
    sandbox = make()
    made = create(sandbox, "  Leads ", description="for spring")
    assert len(made["id"]) == 24
    assert int(made["id"], 16) >= 0
    assert (made["name"], made["description"]) == ("Leads", "for spring")
    assert made["createdAt"] == made["updatedAt"] == "2026-01-01T00:00:00.000Z"
    found = sandbox.data(f'{{ list(id: "{made["id"]}") {{ id name status visibility }} }}')["list"]
    assert found == {key: made[key] for key in ("id", "name", "status", "visibility")}


@pytest.mark.parametrize("again", ["Leads", "leads", " LEADS "])
def test_a_name_in_use_is_a_conflict(make: Make, again: str) -> None:
    """The second list of a name is refused with 409 and makes nothing."""
    sandbox = make()
    create(sandbox)
    status, _ = refusal(sandbox.ask(CREATE, {"i": {"name": again}}))
    assert status == 409
    assert len(sandbox.data(LISTS)["lists"]["items"]) == 1


def test_a_list_needs_a_name(make: Make) -> None:
    """A blank name is a client error."""
    assert refusal(make().ask(CREATE, {"i": {"name": " "}}))[0] == 400


def test_lists_come_in_pages_of_25(make: Make) -> None:
    """Without a limit a page has 25 lists; nextCursor leads on and is null at the end."""
    sandbox = make()
    for number in range(30):
        create(sandbox, f"List {number}")
    first = sandbox.data(LISTS)["lists"]
    assert [row["name"] for row in first["items"]] == [f"List {n}" for n in range(25)]
    rest = sandbox.data(LISTS, {"c": first["nextCursor"]})["lists"]
    assert [row["name"] for row in rest["items"]] == [f"List {n}" for n in range(25, 30)]
    assert rest["nextCursor"] is None
    assert refusal(sandbox.ask(LISTS, {"c": "x"}))[0] == 400
    assert refusal(sandbox.ask(LISTS, {"l": 0}))[0] == 400
    assert refusal(sandbox.ask(LISTS, {"l": 101}))[0] == 400


def test_every_call_makes_a_prospect(make: Make) -> None:
    """The same input twice makes two prospects, and both are in the list in their order."""
    sandbox = make()
    made = create(sandbox)
    sandbox.clock.now += 5
    first, second = add(sandbox, made["id"]), add(sandbox, made["id"])
    assert first["id"] != second["id"]
    assert {**first, "id": ""} == {**second, "id": ""}
    assert first["createdAt"] == "2026-01-01T00:00:05.000Z"
    page = sandbox.data(MEMBERS, {"id": made["id"], "l": 1})["list"]
    assert page["updatedAt"] == "2026-01-01T00:00:05.000Z"
    assert page["prospects"]["items"] == [{"id": first["id"], "name": "Ada Lovelace"}]
    cursor = page["prospects"]["nextCursor"]
    rest = sandbox.data(MEMBERS, {"id": made["id"], "c": cursor})["list"]["prospects"]
    assert rest == {"items": [{"id": second["id"], "name": "Ada Lovelace"}], "nextCursor": None}
    assert refusal(sandbox.ask(MEMBERS, {"id": made["id"], "l": 0}))[0] == 400


def test_prospects_keep_what_was_sent(make: Make, world: World) -> None:
    """What was sent comes back; the rest of the company is looked up by its domain."""
    sandbox = make()
    company = world.company(0)
    sent = {
        "workEmail": "ada@example.com",
        "emailStatus": "Verified",
        "title": "Countess",
        "seniority": "Other",
        "function": "Research",
        "company": "Engines",
        "companyDomain": company.domain,
        "linkedinUrl": "https://www.linkedin.com/in/ada-sandbox",
        "location": {"city": "London", "country": "United Kingdom"},
        "notes": "met in spring",
    }
    made = add(sandbox, create(sandbox)["id"], **sent)
    for name in ("workEmail", "emailStatus", "title", "seniority", "function", "notes"):
        assert made[name] == sent[name]
    assert made["location"]["city"] == "London"
    assert made["company"]["name"] == "Engines"
    assert made["company"]["id"] == company.id
    assert made["company"]["location"]["city"]
    read = sandbox.data(f'{{ prospect(id: "{made["id"]}") {{ id notes listIds }} }}')["prospect"]
    assert read == {key: made[key] for key in ("id", "notes", "listIds")}
    assert add(sandbox, made["listIds"][0])["company"] is None
    unknown = add(sandbox, made["listIds"][0], company="Nobody", companyIndustry="None")["company"]
    assert (unknown["id"], unknown["name"], unknown["industry"]) == (None, "Nobody", "None")


def test_a_number_is_verified_by_its_person(make: Make, world: World) -> None:
    """A number counts as verified only with the id of the person whose verified number it is."""
    sandbox = make()
    to = create(sandbox)["id"]
    person = next(
        person
        for person in map(world.person, range(200))
        if person.personal_phone
        and person.personal_phone.status == "Verified"
        and person.linkedin_id
    )
    assert person.personal_phone
    number = person.personal_phone.value
    written = f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    told = add(sandbox, to, phone=written, personId=person.id)
    assert told["mobilePhones"] == [{"value": written, "status": "Verified"}]
    assert told["linkedinId"] == person.linkedin_id
    for rest in ({}, {"personId": "PersonID-x"}, {"personId": world.person(1).id}):
        made = add(sandbox, to, phone=written, **rest)
        assert made["mobilePhones"] == [{"value": written, "status": None}]
    assert add(sandbox, to)["mobilePhones"] == []


@pytest.mark.parametrize(
    ("rest", "status"),
    [({"emailStatus": "Invalid"}, 400), ({"seniority": "Emperor"}, 400)],
)
def test_words_that_are_none_are_refused(make: Make, rest: Any, status: int) -> None:
    """emailStatus and seniority take LeadIQ's words only, and nothing is saved otherwise."""
    sandbox = make()
    to = create(sandbox)["id"]
    assert refusal(sandbox.ask(ADD, {"l": to, "i": {**ADA, **rest}}))[0] == status
    assert sandbox.data(MEMBERS, {"id": to})["list"]["prospects"]["items"] == []


def test_what_is_not_there(make: Make) -> None:
    """Reading an unknown list or prospect gives null, writing to one is a 404."""
    sandbox = make()
    assert sandbox.data('{ list(id: "x") { id } prospect(id: "x") { id } }') == {
        "list": None,
        "prospect": None,
    }
    assert refusal(sandbox.ask(ADD, {"l": "x", "i": ADA}))[0] == 404

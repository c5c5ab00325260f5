"""Rules of tracked companies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]

ADD = (
    "mutation($c: [AddTrackedCompanyInput!]!) { addTrackedCompanies(input: {companies: $c}) {"
    " companies { input { name domain customData } company { id name domain customData }"
    " success errors } totalAdded trackedCompanies(first: 1) { pageInfo { total } } } }"
)
REMOVE = (
    "mutation($i: [ID!]!) { removeTrackedCompanies(input: {ids: $i}) { companies { id name domain }"
    " notFound totalRemoved trackedCompanies { edges { node { name } } } } }"
)
READ = (
    "query($f: Int, $a: ID) { trackedCompanies(first: $f, after: $a) { edges { cursor node { id"
    " name } } pageInfo { total startCursor endCursor hasPreviousPage hasNextPage } } }"
)


def companies(*numbers: int) -> list[dict[str, str]]:
    return [{"name": f"Firm {n}", "domain": f"firm-{n}.example.com"} for n in numbers]


def add(sandbox: Any, sent: list[Any]) -> Any:
    return sandbox.data(ADD, {"c": sent})["addTrackedCompanies"]


def names(sandbox: Any) -> list[str]:
    edges = sandbox.data(READ)["trackedCompanies"]["edges"]
    return [edge["node"]["name"] for edge in edges]


def test_companies_are_added_with_what_was_sent(make: Make) -> None:
    """Each company gets an id and keeps its own data; totalAdded counts them."""
    sent: list[dict[str, Any]] = [
        {**companies(1)[0], "customData": {"owner": ["ada", 1]}},
        *companies(2),
    ]
    answer = add(make(), sent)
    assert (answer["totalAdded"], answer["trackedCompanies"]["pageInfo"]["total"]) == (2, 2)
    first = answer["companies"][0]
    assert first["input"] == sent[0]
    assert first["success"] is True
    assert {**first["company"], "id": ""} == {**sent[0], "id": ""}
    assert answer["companies"][1]["company"]["customData"] is None


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": "X", "domain": "nowhere"}, "domain"),
        ({"name": "X", "domain": "a b.example.com"}, "domain"),
        ({"name": " ", "domain": "x.example.com"}, "name"),
        ({"name": "X", "domain": "https://www.FIRM-1.example.com/"}, "already"),
    ],
)
def test_one_may_fail_while_others_are_added(make: Make, wrong: Any, why: str) -> None:
    """An entry that is wrong or tracked already fails alone, and says why."""
    sandbox = make()
    answer = add(sandbox, [*companies(1), wrong, *companies(2)])
    failed = answer["companies"][1]
    assert (failed["success"], failed["company"]) == (False, None)
    assert why in failed["errors"][0]
    assert answer["totalAdded"] == 2
    assert names(sandbox) == ["Firm 1", "Firm 2"]


def test_removed_companies_can_be_added_again(make: Make) -> None:
    """Removing tells what was removed and what was not there, and repeating does no harm."""
    sandbox = make()
    ids = [row["company"]["id"] for row in add(sandbox, companies(1, 2, 3))["companies"]]
    asked = {"i": [ids[1], "x", ids[1]]}
    gone = sandbox.data(REMOVE, asked)["removeTrackedCompanies"]
    assert gone["companies"] == [{"id": ids[1], "name": "Firm 2", "domain": "firm-2.example.com"}]
    assert (gone["notFound"], gone["totalRemoved"]) == (["x"], 1)
    assert [edge["node"]["name"] for edge in gone["trackedCompanies"]["edges"]] == [
        "Firm 1",
        "Firm 3",
    ]
    assert sandbox.data(REMOVE, asked)["removeTrackedCompanies"]["totalRemoved"] == 0
    again = add(sandbox, companies(2))["companies"][0]["company"]["id"]
    assert again not in ids
    assert names(sandbox) == ["Firm 1", "Firm 3", "Firm 2"]


def test_all_are_removed_at_once(make: Make) -> None:
    """Afterwards nothing is tracked, and each company can be added again."""
    sandbox = make()
    add(sandbox, companies(1, 2))
    for _ in range(2):
        gone = sandbox.data("mutation { removeAllTrackedCompanies { success totalRemaining } }")
        assert gone == {"removeAllTrackedCompanies": {"success": True, "totalRemaining": 0}}
    assert names(sandbox) == []
    assert add(sandbox, companies(1))["totalAdded"] == 1


def test_the_connection_pages(make: Make) -> None:
    """first and after walk all companies; pageInfo tells the total and where the page stands."""
    sandbox = make()
    add(sandbox, companies(*range(5)))
    seen: list[str] = []
    after, more = None, True
    while more:
        page = sandbox.data(READ, {"f": 2, "a": after})["trackedCompanies"]
        info = page["pageInfo"]
        assert info["total"] == 5
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert info["hasPreviousPage"] == (after is not None)
        seen += [edge["node"]["name"] for edge in page["edges"]]
        after, more = info["endCursor"], info["hasNextPage"]
    assert seen == [f"Firm {n}" for n in range(5)]
    for wrong in ({"f": 0}, {"f": 1001}, {"a": "x"}):
        assert "errors" in sandbox.ask(READ, wrong)

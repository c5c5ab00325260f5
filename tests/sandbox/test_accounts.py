"""Rules of teams and keys: a balance for each team, a limit for each key."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from leadiq.sandbox import Key, Team
from leadiq.sandbox._world import World

Make = Callable[..., Any]
FIND = "query($id: String!) { searchPeople(input: {id: $id}) { results { id } } }"
TEAMS = (
    Team(name="north", keys=(Key(key="n1"), Key(key="n2")), credits=Decimal("0.3")),
    Team(name="south", keys=(Key(key="s1", requests_per_minute=1),), plan="api"),
)


def ask(sandbox: Any, key: str, query: str = FIND, person: Any = None) -> Any:
    variables = {"id": person.id} if person else None
    headers = {"Authorization": f"Basic {key}"}
    return sandbox.reply({"query": query, "variables": variables}, headers=headers).json()


def status(body: Any) -> int:
    return int(body["errors"][0]["extensions"]["response"]["status"])


def test_the_keys_of_a_team_share_its_balance(make: Make, world: World) -> None:
    """What one key unlocks is free for the other and not for another team; the rest is a 402."""
    sandbox = make(teams=TEAMS)
    for key in ("n1", "n2", "s1", sandbox.app.settings.key):
        assert ask(sandbox, key, person=world.person(5))["data"]
    charged = [(c.team, str(c.credits)) for c in sandbox.app.ledger()]
    assert charged == [("north", "0.1"), ("north", "0"), ("south", "0.1"), ("sandbox", "0.1")]
    for number in (6, 7):
        assert ask(sandbox, "n2", person=world.person(number))["data"]
    assert status(ask(sandbox, "n1", person=world.person(8))) == 402
    assert [account.balance for account in sandbox.app.accounts()][1] == 0


def test_each_key_has_its_limit(make: Make) -> None:
    """A key that has sent too much leaves the others alone."""
    sandbox = make(teams=TEAMS)
    assert ask(sandbox, "s1", "{ __typename }")["data"]
    assert status(ask(sandbox, "s1", "{ __typename }")) == 429
    assert ask(sandbox, "n1", "{ __typename }")["data"]


def test_each_team_sees_its_own_plan_and_lists(make: Make) -> None:
    """The account and what has been written are the team's."""
    sandbox = make(teams=TEAMS)
    query = "{ account { universalPlan { available } } lists { items { id } } }"
    ask(sandbox, "n1", 'mutation { createList(input: {name: "a"}) { __typename } }')
    assert ask(sandbox, "s1", query)["data"] == {
        "account": {"universalPlan": None}, "lists": {"items": []},
    }  # fmt: skip
    north = ask(sandbox, "n2", query)["data"]
    assert north["account"]["universalPlan"] == {"available": 0}
    assert len(north["lists"]["items"]) == 1


def test_aliases_can_count(make: Make) -> None:
    """As a setting, each root field is a request; what is refused leaves the rest of the limit."""
    two = "{ a: __typename b: __typename }"
    sandbox = make(requests_per_minute=3, aliases="counted")
    assert sandbox.data(two)
    assert status(sandbox.ask(two)) == 429
    assert sandbox.data("{ a: __typename }")
    sandbox = make(requests_per_minute=2)
    assert sandbox.data(two)
    assert sandbox.data(two)


def test_aliases_can_be_bounded(make: Make) -> None:
    """More root fields than allowed are a 400 before anything is executed; errors come first."""
    sandbox = make(max_aliases=2)
    assert sandbox.data("{ a: __typename b: __typename }")
    assert status(sandbox.ask("{ a: __typename b: __typename c: __typename }")) == 400
    assert sandbox.data(
        "query A { a: __typename } query B { b: __typename c: __typename }", operationName="A"
    )


def test_a_document_can_be_too_large(make: Make) -> None:
    """The bound is in bytes of UTF-8, and the body's own stands beside it."""
    sandbox = make(max_document_bytes=30)
    assert sandbox.data("{ __typename }")
    assert status(sandbox.ask("{ __typename } # " + "é" * 8)) == 400
    assert status(sandbox.ask("{ __typename }" + " " * 20)) == 400
    assert sandbox.data("{ __typename } # " + "e" * 8)

"""Rules of what teams have written: shared by their keys, hidden from others, forgotten at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadiq.sandbox._settings import Key, Team

Make = Callable[..., Any]

CREATE = 'mutation { createList(input: {name: "Leads"}) { id } }'
LISTS = "{ lists { items { id } } }"


def asked(sandbox: Any, key: str, query: str) -> Any:
    headers = {"Authorization": f"Basic {key}"}
    return sandbox.reply({"query": query}, headers=headers).json()["data"]


def test_a_team_shares_what_it_has_written(make: Make) -> None:
    """What one key writes every key of the team sees, and no other team."""
    teams = (
        Team(name="north", keys=(Key(key="n1"), Key(key="n2"))),
        Team(name="south", keys=(Key(key="s1"),)),
    )
    sandbox = make(teams=teams)
    made = asked(sandbox, "n1", CREATE)["createList"]
    assert asked(sandbox, "n2", LISTS)["lists"]["items"] == [made]
    assert asked(sandbox, "s1", LISTS)["lists"]["items"] == []
    assert asked(sandbox, sandbox.app.settings.key, LISTS)["lists"]["items"] == []
    other = asked(sandbox, "s1", CREATE)["createList"]
    assert other != made
    assert asked(sandbox, "s1", f'{{ list(id: "{made["id"]}") {{ id }} }}') == {"list": None}


def test_a_reset_forgets_everything(make: Make) -> None:
    """After a reset the same writes make the same ids again."""
    sandbox = make()
    made = sandbox.data(CREATE)
    sandbox.app.reset()
    assert sandbox.data(LISTS)["lists"]["items"] == []
    assert sandbox.data(CREATE) == made

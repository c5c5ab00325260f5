"""Rules of regenerate and regeneratedTime."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadiq.sandbox._world import World

Make = Callable[..., Any]


def start(sandbox: Any, query: Any) -> Any:
    return sandbox.data(
        "mutation($i: RegenerateRecordInput!) { regenerate(input: $i) }", {"i": query}
    )["regenerate"]


def time(sandbox: Any, query: Any) -> Any:
    return sandbox.data(
        "query($i: RegeneratedTimeInput!) { regeneratedTime(input: $i) { time } }", {"i": query}
    )["regeneratedTime"]["time"]


@pytest.mark.parametrize("key", ["personId", "linkedinUrl"])
def test_research_starts_runs_and_ends(make: Make, world: World, key: str) -> None:
    """Started, InProgress until its seconds are over, then a time; the old time shows meanwhile."""
    sandbox = make(regenerate_s=5.0)
    person = next(p for p in map(world.person, range(9)) if p.linkedin_slug)
    values = {
        "personId": person.id,
        "linkedinUrl": f"https://www.linkedin.com/in/{person.linkedin_slug}",
    }
    query = {key: values[key]}
    assert time(sandbox, query) is None
    assert start(sandbox, query) == "Started"
    sandbox.clock.now += 4.9
    assert (start(sandbox, query), time(sandbox, query)) == ("InProgress", None)
    sandbox.clock.now += 0.1
    assert time(sandbox, {"personId": person.id}) == "2026-01-01T00:00:05.000Z"
    sandbox.clock.now += 55
    assert start(sandbox, query) == "Started"
    assert time(sandbox, query) == "2026-01-01T00:00:05.000Z"
    sandbox.clock.now += 5
    assert time(sandbox, query) == "2026-01-01T00:01:05.000Z"


def test_who_is_not_found(make: Make) -> None:
    """Nobody is NotFound and has no time; without an identifier it is a client error."""
    sandbox = make()
    assert start(sandbox, {"personId": "x"}) == "NotFound"
    assert time(sandbox, {"linkedinUrl": "https://www.linkedin.com/in/x"}) is None
    for query in ({}, {"personId": " "}):
        body = sandbox.ask(
            "mutation($i: RegenerateRecordInput!) { regenerate(input: $i) }", {"i": query}
        )
        assert body["errors"][0]["extensions"]["response"]["status"] == 400

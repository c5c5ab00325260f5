"""The rules of `leadiq feedback`: checked before it is sent, and its id is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox import Sandbox

PERSON = World(people=500, seed=1).person(0).id
GOOD = ("--id", PERSON, "--value", "+1 555 010 0100", "--status", "invalid")


@pytest.fixture(autouse=True)
def sandbox(use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox) -> None:
    """The environment points at the sandbox."""
    use(shared_sandbox)


def test_it_is_taken(leadiq: Callable[..., Any]) -> None:
    """LeadIQ's id of it is printed."""
    ran = leadiq("feedback", *GOOD, "--reason", "wrong-person", "--type", "work-phone")
    assert (ran.code, ran.err) == (0, "leadiq: LeadIQ has taken it, under this id\n")
    assert ran.out.strip()
    assert json.loads(leadiq("feedback", *GOOD, "--json").out)["id"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([*GOOD, "--status", "maybe"], "--status"),
        ([*GOOD, "--type", "telex"], "--type: choose from"),
        ([*GOOD, "--last-seen", "soon"], "--last-seen takes a day"),
        (["--value", "a@example.com", "--status", "correct"], "whom is it about"),
        (["--id", PERSON, "--value", "?", "--status", "correct"], "value: "),
    ],
)
def test_what_makes_no_sense_is_refused(
    leadiq: Callable[..., Any], words: list[str], says: str
) -> None:
    """Feedback that can't be meant is exit 2 and sends nothing."""
    ran = leadiq("feedback", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err

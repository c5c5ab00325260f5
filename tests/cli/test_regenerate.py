"""The rules of `leadiq regenerate`: asked for once, and waited for if that is wanted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PEOPLE = World(people=50, seed=1)
FAST = ("--requests-per-minute", "600000")


@pytest.fixture(scope="module")
def own_sandbox() -> Iterator[Sandbox]:
    """A sandbox in which a regeneration takes no time."""
    with Sandbox(SandboxSettings(people=50, requests_per_minute=None, regenerate_s=0)) as sandbox:
        yield sandbox


@pytest.fixture
def regenerate(
    use: Callable[[Sandbox], Sandbox], own_sandbox: Sandbox, leadiq: Callable[..., Any]
) -> Callable[..., Any]:
    """`leadiq regenerate` at that sandbox."""
    use(own_sandbox)
    return lambda *words: leadiq("regenerate", *words, *FAST)


def test_it_is_asked_for(regenerate: Callable[..., Any]) -> None:
    """LeadIQ's word is printed."""
    assert regenerate(PEOPLE.person(0).id) == (0, "Started\n", "")
    nobody = "PersonID-00000000-0000-4000-8000-000000000000"
    assert json.loads(regenerate(nobody, "--wait", "--json").out) == {
        "answer": "NotFound",
        "finishedAt": None,
    }


def test_it_is_waited_for(regenerate: Callable[..., Any]) -> None:
    """With --wait the time of the end is told; a wait that is too short is exit 1."""
    ran = regenerate(PEOPLE.person(1).id, "--wait")
    assert ran.code == 0
    assert ran.out.startswith("Started 20")


def test_a_wait_that_is_too_short(
    use: Callable[[Sandbox], Sandbox], leadiq: Callable[..., Any]
) -> None:
    """What is not over in time goes on; exit 1."""
    with Sandbox(SandboxSettings(people=50, requests_per_minute=None, regenerate_s=9)) as sandbox:
        use(sandbox)
        ran = leadiq("regenerate", PEOPLE.person(2).id, "--wait", "--wait-s", 0, *FAST)
    assert (ran.code, ran.out) == (1, "")
    assert "it goes on at LeadIQ" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "name one person"),
        ([PEOPLE.person(0).id, "--linkedin-url", "linkedin.com/in/x"], "name one person"),
        (["7"], "ID: "),
        (["--linkedin-url", "example.com"], "--linkedin-url: "),
        ([PEOPLE.person(0).id, "--wait-s", "-1"], "--wait-s"),
    ],
)
def test_what_makes_no_sense_is_refused(
    regenerate: Callable[..., Any], words: list[str], says: str
) -> None:
    """A person who can't be told is exit 2 and sends nothing."""
    ran = regenerate(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err

"""The rules of `leadiq company`: id and name by default, everything when it is paid for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox import Sandbox

WORLD = World(people=500, seed=1)


@pytest.fixture(autouse=True)
def sandbox(use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox) -> None:
    """The environment points at the sandbox."""
    use(shared_sandbox)


def test_each_identifier_finds_the_company(leadiq: Callable[..., Any]) -> None:
    """Id, domain (in an address too) and name lead to the same company."""
    id_, name, domain = WORLD.ids.company_id(0), WORLD.firm_name(0)[0], WORLD.domain(0)
    for words in (
        ["--id", id_],
        ["--domain", f"https://www.{domain}/about"],
        ["--name", f" {name} "],
    ):
        ran = leadiq("company", *words, "--json")
        assert (ran.code, ran.err) == (0, "")
        assert json.loads(ran.out)["results"] == [{"id": id_, "name": name}]


def test_what_is_paid_for_is_shown(leadiq: Callable[..., Any]) -> None:
    """--unlock company shows all that fits on lines; without it there are two."""
    words = ("company", "--domain", WORLD.domain(0))
    plain, full = leadiq(*words), leadiq(*words, "--unlock", "company", "--unlock", "profile")
    assert len(plain.out.splitlines()) == 3
    assert WORLD.domain(0) in full.out
    for name in ("industry", "location", "type ", "email domains"):
        assert name in full.out
    assert "technologies" not in full.out
    assert full.err == "leadiq: 1 of 1 shown\n"


def test_no_company_is_an_answer_too(leadiq: Callable[..., Any]) -> None:
    """An unknown company is no failure."""
    ran = leadiq("company", "--domain", "unknown.example.org")
    assert ran == (0, "", "leadiq: no company found\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "no company named"),
        (["--domain", "Example Inc"], "company domain is malformed"),
        (["--name", "x", "--unlock", "work-email"], "no contacts to unlock"),
    ],
)
def test_what_makes_no_sense_is_refused(
    leadiq: Callable[..., Any], words: list[str], says: str
) -> None:
    """A lookup that can't be meant is exit 2 and sends nothing."""
    ran = leadiq("company", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err

"""The rules of `leadiq person`: one lookup by the strongest identifier, shown or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox import Sandbox


@pytest.fixture
def known(use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox) -> Any:
    """A person of the sandbox who has everything."""
    use(shared_sandbox)
    world = World(people=500, seed=1)
    people = map(world.person, range(500))
    return next(one for one in people if one.linkedin_slug and one.current[0].email)


def test_each_identifier_finds_the_person(leadiq: Callable[..., Any], known: Any) -> None:
    """Id, LinkedIn address, and name with company all lead to the same person."""
    world = World(people=500, seed=1)
    company = known.current[0].company
    name = f"{known.first.display} {known.last.display}"
    for words in (
        ["--id", known.id],
        ["--linkedin-url", f"linkedin.com/in/{known.linkedin_slug}"],
        ["--name", name, "--domain", world.domain(company)],
        ["--name", name, "--company", world.firm_name(company)[0]],
        [
            *("--first-name", known.first.display, "--last-name", known.last.display),
            *("--domain", world.domain(company)),
        ],
    ):
        ran = leadiq("person", *words, "--json")
        assert (ran.code, ran.err) == (0, "")
        assert [one["id"] for one in json.loads(ran.out)["results"]] == [known.id]


def test_a_person_is_shown_in_lines(leadiq: Callable[..., Any], known: Any) -> None:
    """For people there is a line for each value; what was not asked for is not there."""
    ran = leadiq("person", "--id", known.id, "--unlock", "work-email")
    assert ran.code == 0
    lines = dict(line.split(maxsplit=1) for line in ran.out.splitlines() if line)
    assert lines["id"] == known.id
    assert "work email status" in ran.out
    assert "phone" not in ran.out
    assert ran.err == "leadiq: 1 of 1 shown\n"


def test_nobody_is_an_answer_too(leadiq: Callable[..., Any], known: Any) -> None:
    """An unknown person is no failure."""
    ran = leadiq("person", "--email", "nobody@unknown.example.com")
    assert ran == (0, "", "leadiq: nobody found; not charged\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "no identifier"),
        (["--email", "nobody"], "the e-mail has no @"),
        (["--name", "Ann Example"], "without a company"),
        (
            ["--email", "a@example.com", "--limit", "0"],
            "limit has to be a whole number of",
        ),
        (["--email", "a@example.com", "--domain", "example.com"], "give email alone"),
        (["--name", "Ann Example", "--company", "Example Inc", "--domain", "soon"], "malformed"),
    ],
)
def test_whoever_is_not_named_is_not_looked_up(
    leadiq: Callable[..., Any], words: list[str], says: str
) -> None:
    """A malformed identifier is exit 2 and sends nothing."""
    ran = leadiq("person", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_without_a_key_the_exit_code_is_2(leadiq: Callable[..., Any]) -> None:
    """No key is bad usage."""
    assert leadiq("person", "--email", "a@example.com").code == 2


def test_a_refused_key_is_exit_4(
    leadiq: Callable[..., Any], known: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that LeadIQ refuses is exit 4, in one sentence without it."""
    monkeypatch.setenv("LEADIQ_API_KEY", "not-this-one")
    ran = leadiq("person", "--email", "a@example.com")
    assert ran.code == 4
    assert "not-this-one" not in ran.err

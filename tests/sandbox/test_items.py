"""Rules of what matchProfile hands over; the bill's tests cover look-ups and searches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadiq.sandbox._world import World

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("selection", "spent"),
    [
        ("people { confidence __typename }", []),
        ("people { person { __typename } }", []),
        ("people { person { id name } }", ["1 Profile 0.1"]),
        ("people { person { id workEmails verifiedWorkEmails } }", ["1 PersonEmail 1"]),
        ("people { person { company { id name } } }", ["1 Profile 0.1"]),
        ("people { person { id company { domain } } }", ["1 Company 3"]),
        ("fallbackCompanies { id domain }", []),
    ],
)
def test_a_match_is_priced_like_a_look_up(
    make: Make, world: World, selection: str, spent: list[str]
) -> None:
    """Profile, addresses, numbers and companies have their prices [unknown]."""
    person = next(
        p for p in map(world.person, range(200))
        if p.current[0].email and p.current[0].email.status == "Verified"
    )  # fmt: skip
    sandbox = make()
    query = f"query($e: String!) {{ matchProfile(input: {{email: $e}}) {{ {selection} }} }}"
    sandbox.data(query, {"e": person.current[0].email.value})
    assert sorted(sandbox.spent()) == spent


def test_a_company_in_a_persons_place_is_priced(make: Make, world: World) -> None:
    """Where nobody is found, the company of the domain is company information."""
    sandbox = make()
    query = (
        "query($e: String!) { matchProfile(input: {email: $e})"
        " { people { person { workPhones } } fallbackCompanies { domain } } }"
    )
    sandbox.data(query, {"e": f"nobody-at-all@{world.domain(3)}"})
    assert sandbox.spent() == ["1 Company 3"]

"""Rules of the world's proportions: docs/sandbox-world.md says what is measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadiq.sandbox._values import Company, Person
from leadiq.sandbox._world import World

PAGE = Path(__file__).parents[2] / "docs" / "sandbox-world.md"
PEOPLE = 6000
TOLERANCE = 1.8
# A world has few companies for a percentage: 300 of them.
COMPANY_TOLERANCE = 6.0


def status(value: Any) -> str | None:
    return value.status if value else None


def contacts(person: Person) -> list[Any]:
    main = person.current[0]
    return [main.email, main.phone, person.personal_email, person.personal_phone]


def contact_rows(kind: str, place: int, *statuses: str) -> dict[str, Callable[[Person], bool]]:
    def row(wanted: str | None) -> Callable[[Person], bool]:
        return lambda person: status(contacts(person)[place]) == wanted

    return {f"{kind} {name}": row(name) for name in statuses} | {f"no {kind}": row(None)}


OF_PEOPLE: dict[str, Callable[[Person], bool]] = {
    **contact_rows(
        "work address", 0, "Verified", "VerifiedLikely", "Unverified", "Invalid", "Suppressed"
    ),
    **contact_rows("personal address", 2, "Verified", "Suppressed"),
    **contact_rows("work phone", 1, "Verified", "Suppressed"),
    **contact_rows("personal phone", 3, "Verified", "LikelyAccurate"),
    "no address and no phone of any kind": lambda p: not any(contacts(p)),
    "two current positions": lambda p: len(p.current) == 2,
    "another company before": lambda p: p.job_change == "JobChange",
    "another title at the same company before": lambda p: p.job_change == "TitleChange",
    "no earlier position": lambda p: not p.past,
    "a new job or title within 90 days": lambda p: bool(p.past) and p.current[0].start <= 90,
    "no LinkedIn profile": lambda p: p.linkedin_slug is None,
    "no place": lambda p: p.city is None,
    "a middle name": lambda p: p.middle is not None,
    "a name beyond ASCII": lambda p: not p.full_name.isascii(),
    "a name in another script than Latin": lambda p: max(p.full_name) >= "\u0370",
}
OF_COMPANIES: dict[str, Callable[[Company], bool]] = {
    "companies without a head count": lambda c: c.employees is None,
    "companies without a revenue": lambda c: c.revenue is None,
    "companies without a description": lambda c: not c.has_description,
    "companies with funding": lambda c: c.funding is not None,
    "companies with a parent company": lambda c: c.parent is not None,
    "companies with a second e-mail domain": lambda c: c.second_email_domain,
}


@pytest.fixture(scope="module")
def crowd() -> World:
    return World(people=PEOPLE, seed=1)


def documented() -> dict[str, int]:
    rows = re.findall(r"^\| (.+?) \| (\d+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: int(percent) for name, percent in rows}


def test_the_table_has_every_measure() -> None:
    """What is measured is documented, and what is documented is measured."""
    assert set(documented()) == {*OF_PEOPLE, *OF_COMPANIES}


@pytest.mark.parametrize("row", OF_PEOPLE)
def test_people_are_as_documented(crowd: World, row: str) -> None:
    """The share of such people is within two percent of the table."""
    holds = OF_PEOPLE[row]
    share = 100 * sum(holds(crowd.person(index)) for index in range(PEOPLE)) / PEOPLE
    assert share == pytest.approx(documented()[row], abs=TOLERANCE)


@pytest.mark.parametrize("row", OF_COMPANIES)
def test_companies_are_as_documented(crowd: World, row: str) -> None:
    """The share of such companies is near the table."""
    holds = OF_COMPANIES[row]
    companies = [crowd.company(index) for index in range(crowd.companies)]
    share = 100 * sum(map(holds, companies)) / len(companies)
    assert share == pytest.approx(documented()[row], abs=COMPANY_TOLERANCE)


def test_another_seed_is_as_documented() -> None:
    """The proportions belong to no seed."""
    other = World(people=3000, seed=7)
    people = [other.person(index) for index in range(3000)]
    for row, holds in OF_PEOPLE.items():
        share = 100 * sum(map(holds, people)) / len(people)
        assert share == pytest.approx(documented()[row], abs=1.5 * TOLERANCE), row

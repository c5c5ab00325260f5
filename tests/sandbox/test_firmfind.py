"""Rules of finding companies: every written form leads back, in any size of world."""

from __future__ import annotations

import pytest

from leadiq.sandbox._firmfind import FirmFinder
from leadiq.sandbox._firms import LEADS, MIDDLES, TRADES
from leadiq.sandbox._world import World

BIG = World(people=20_000_000, seed=4)
SMALL = World(people=2000, seed=1)
PLAIN = len(LEADS) * len(TRADES)
# The first and last company of each way of naming: plain, with a middle word, with a number.
EDGES = [0, PLAIN - 1, PLAIN, PLAIN * (len(MIDDLES) + 1) - 1, PLAIN * (len(MIDDLES) + 1), 999_999]


@pytest.mark.parametrize("index", EDGES)
def test_name_domain_slug_and_number_lead_back(index: int) -> None:
    """A company is found by each identifier that its record shows, however it is decorated."""
    finder = FirmFinder(BIG)
    company = BIG.company(index)
    assert finder.by_id(company.id) == index
    domain = company.domain
    for written in (domain, f"https://www.{domain.upper()}/x", f"mail.{domain}", f"a@{domain}"):
        assert finder.by_domain(written) == index
    url = f"https://www.linkedin.com/company/{company.slug}/about"
    for link in (company.linkedin_id, company.slug, url):
        assert finder.by_linkedin(link) == index
    for name in (
        company.name,
        f"The {company.name.upper()}, Inc.",
        f"{company.name} {company.legal_form}",
    ):
        assert finder.by_name(name) == index


def test_names_are_unique() -> None:
    """No two companies of a world share a name or a slug."""
    world = World(people=400_000, seed=1)
    names = {world.firm_name(index) for index in range(world.companies)}
    assert len(names) == len({slug for _, slug in names}) == world.companies


@pytest.mark.parametrize(
    "text",
    ["", "Northwind", "Northwind Unknown", "Unknown Software", "Northwind Coastal Blue Software",
     "Northwind Sideways Software", "Northwind Software 1", "Northwind Software 02",
     "Northwind Software ٣", "Northwind Software " + "9" * 5000, "Inc."],
)  # fmt: skip
def test_other_names_are_no_company(text: str) -> None:
    """A name that no company of the world could have is not read."""
    assert FirmFinder(BIG).by_name(text) is None


def test_a_company_outside_the_world_is_not_found() -> None:
    """Identifiers of a larger world with the same seed mean nobody in a smaller one."""
    finder = FirmFinder(SMALL)
    other = World(people=200_000, seed=1).company(SMALL.companies)
    assert finder.by_id(other.id) is None
    assert finder.by_domain(other.domain) is None
    assert finder.by_linkedin(other.linkedin_id) is None
    assert finder.by_domain("northwind-software.example.net") is None
    assert finder.by_id("nonsense") is None


def test_one_word_fans_out() -> None:
    """The first word of a name finds every company that begins with it."""
    finder = FirmFinder(SMALL)
    name = SMALL.company(3).name.split()[0]
    found = finder.by_lead(name)
    every = [i for i in range(SMALL.companies) if SMALL.company(i).name.split()[0] == name]
    assert found == every
    assert 3 in found
    assert finder.by_lead("Unknown") == finder.by_lead(SMALL.company(3).name) == []

"""The rules of the census: every row counts once, and what is free again is set apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from leadiq._core.pricing import Unlock
from leadiq._engine.identity import InvalidLead, Lead
from leadiq._jobs.census import Census
from leadiq._jobs.known import Known
from leadiq._jobs.plan import Counts

IDS = [f"PersonID-00000000-0000-4000-8000-00000000000{n}" for n in range(3)]


class Remembered:
    """What earlier jobs have looked up: whoever is called so."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def charged(self, lead: Lead, unlock: object) -> Decimal | None:
        """A credit for each of them."""
        return Decimal(1) if lead.key.endswith(self._names) else None


def leads() -> Iterator[Lead | InvalidLead]:
    """Five people by address, one of them twice, two by id, and nobody."""
    for name in ("ann", "bob", "cyd", "dan", "eve", "ann"):
        yield Lead.from_text(email=f"{name}@example.com")
    for person_id in IDS[:2]:
        yield Lead.from_text(person_id=person_id)
    yield InvalidLead("no identifier")


def census(known: Remembered, *unlock: Unlock, size: int = 10) -> Census:
    """The census of those leads."""
    with Census(known=cast("Known", known), unlock=unlock, size=size, seed=1) as taken:
        for lead in leads():
            taken.add(lead)
    return taken


def test_every_row_counts_once() -> None:
    """As invalid, as a duplicate, or as a lookup, of which some cannot be previewed."""
    taken = census(Remembered("nobody"))
    assert taken.counts == Counts(rows=9, invalid=1, duplicates=1, lookups=7, known=0, unseen=2)
    assert (taken.new, taken.unseen, taken.repeated) == (5, 2, Decimal(0))
    assert {asked.email for asked in taken.sample} == {
        f"{name}@example.com" for name in ("ann", "bob", "cyd", "dan", "eve")
    }
    assert len(census(Remembered("nobody"), size=2).sample) == 2


def test_what_is_free_again_is_not_sampled() -> None:
    """What it cost is told; a lookup without preview can be free too."""
    taken = census(Remembered("ann@example.com", IDS[0]), Unlock.WORK_EMAIL)
    assert taken.counts == Counts(rows=9, invalid=1, duplicates=1, lookups=7, known=2, unseen=2)
    assert (taken.new, taken.unseen, taken.repeated) == (4, 1, Decimal(2))
    assert "ann@example.com" not in {asked.email for asked in taken.sample}


def test_company_information_is_paid_again() -> None:
    """With it, what is known counts as if it were new."""
    taken = census(Remembered("ann@example.com", IDS[0]), Unlock.COMPANY)
    assert taken.counts.known == 2
    assert (taken.new, taken.unseen, taken.repeated) == (5, 2, Decimal(0))

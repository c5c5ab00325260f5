"""What an answer is charged for, as LeadIQ's guide says, and as the sandbox's ledger has it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from leadiq import LeadIQ, Prices, Unlock
from leadiq._core.pricing import DataPoint
from leadiq._jobs.charges import charge, unlocked
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.types import FlatSearchInput, PersonRecord, SearchPeopleInput

from .conftest import WHEN, email, person, position

SOME = {"id": "c1", "name": "Example Inc", "domain": "example.com", "updatedDate": WHEN}
CHECKED = {"updatedAt": WHEN, "verificationStatus": "Verified"}
SAME = {"id": "c1", "name": "Example Inc"}


def phone(status: str = "Verified") -> dict[str, Any]:
    return {"type": "WorkPhone", "status": status, "value": "+1 555 0100", **CHECKED}


def mobile(status: str = "Verified") -> dict[str, Any]:
    return {**phone(status), "type": "PersonalMobile"}


@pytest.mark.parametrize(
    ("who", "unlock", "cost"),
    [
        (person(), [], "0.1"),
        (person(), list(Unlock), "0.1"),
        (person(currentPositions=[position(emails=[email()])]), [], "0.1"),
        (person(currentPositions=[position(emails=[email()])]), [Unlock.WORK_EMAIL], "1"),
        (person(currentPositions=[position(workEmail=email())]), [Unlock.WORK_EMAIL], "1"),
        (person(currentPositions=[position(emails=[email(status="Suppressed")])]),
         [Unlock.WORK_EMAIL], "0.1"),
        (person(currentPositions=[position(emails=[email("")])]), [Unlock.WORK_EMAIL], "0.1"),
        (person(personalEmails=[{**email(), "type": "PersonalEmail"}]),
         [Unlock.PERSONAL_EMAIL], "1"),
        (person(currentPositions=[position(phones=[phone()])]), [Unlock.WORK_PHONE], "10"),
        (person(personalPhones=[mobile()], currentPositions=[position(emails=[email()])]),
         list(Unlock), "11"),
        (person(currentPositions=[position(companyInfo=SAME)]), [Unlock.COMPANY], "0.1"),
        (person(currentPositions=[position(companyInfo=SOME), position(companyInfo=SOME),
                                  position(companyInfo={**SOME, "id": "c2"})]),
         [Unlock.COMPANY], "6"),
        (person(currentPositions=[position(companyInfo=SOME, emails=[email()])]),
         [Unlock.COMPANY, Unlock.WORK_EMAIL], "4"),
    ],
)  # fmt: skip
def test_a_person_costs_what_was_asked_for_and_came_back(
    who: dict[str, Any], unlock: list[Unlock], cost: str
) -> None:
    """Larger data points replace the profile fee; what is missing or suppressed is free."""
    assert charge(PersonRecord.model_validate(who), unlock) == Decimal(cost)


def test_the_price_list_is_the_accounts() -> None:
    """Another price list gives another charge for the same data points."""
    who = PersonRecord.model_validate(person(currentPositions=[position(emails=[email()])]))
    assert charge(who, [Unlock.WORK_EMAIL], Prices(email=Decimal("0.75"))) == Decimal("0.75")
    assert unlocked(who, [Unlock.WORK_EMAIL]) == {DataPoint.PROFILE, DataPoint.EMAIL}


@pytest.mark.anyio
async def test_charges_add_up_to_the_servers_ledger() -> None:
    """Over many people and every unlock, the sum is what the sandbox has charged."""
    ours = Decimal(0)
    settings = SandboxSettings(requests_per_minute=600_000, credits=Decimal(100_000))
    with Sandbox(settings) as sandbox:
        async with LeadIQ(
            sandbox.key, endpoint=sandbox.url, requests_per_minute=600_000, burst=100
        ) as leadiq:
            for page, unlock in enumerate([[], *([point] for point in Unlock), list(Unlock)]):
                some = await leadiq.flat_advanced_search(
                    FlatSearchInput(skip=page * 25, limit=25), everyone=True
                )
                for one in some.people:
                    who = SearchPeopleInput(id=one.id, limit=1)
                    found = await leadiq.search_people(who, unlock=unlock)
                    ours += sum(charge(one, unlock) for one in found.results)
        theirs = sum(one.credits for one in sandbox.ledger() if one.field == "searchPeople")
    assert ours == theirs > 100

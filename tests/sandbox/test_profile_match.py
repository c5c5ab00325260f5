"""Rules of matchProfile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadiq.sandbox._world import World

READ = (
    "query($e: String!) { matchProfile(input: {email: $e}) { people { confidence person { id"
    " companyId company { id name } name title workEmails verifiedWorkEmails"
    " verifiedLikelyWorkEmails workPhones personalEmails personalPhones } }"
    " fallbackCompanies { id domain } } }"
)


def match(sandbox: Any, email: str) -> Any:
    return sandbox.data(READ, {"e": email})["matchProfile"]


def test_an_address_finds_its_person(make: Callable[..., Any], world: World) -> None:
    """Each shown address of a person finds them, with their shown addresses and numbers."""
    sandbox = make()
    seen: set[str] = set()
    for person in map(world.person, range(60)):
        for email in (person.current[0].email, person.personal_email):
            if email is None or not email.value or email.status == "Invalid":
                continue
            answer = match(sandbox, email.value)
            assert answer["fallbackCompanies"] == []
            (found,) = answer["people"]
            assert found["confidence"] == 100
            record = found["person"]
            assert (record["id"], record["name"]) == (person.id, person.full_name)
            assert record["company"]["id"] == record["companyId"]
            work = email is person.current[0].email
            assert email.value in record["workEmails" if work else "personalEmails"]
            assert (email.value in record["verifiedWorkEmails"]) == (
                work and email.status == "Verified"
            )
            assert (email.value in record["verifiedLikelyWorkEmails"]) == (
                work and email.status == "VerifiedLikely"
            )
            seen.update(name for name, value in record.items() if value)
    assert {"workPhones", "personalPhones", "workEmails", "personalEmails"} <= seen


def test_an_unknown_address_falls_back(make: Callable[..., Any], world: World) -> None:
    """Nobody at a known domain gives its company, an unknown domain nothing."""
    sandbox = make()
    company = world.company(0)
    answer = match(sandbox, f"nobody@{company.domain}")
    assert answer["people"] == []
    assert answer["fallbackCompanies"] == [{"id": company.id, "domain": company.domain}]
    assert match(sandbox, "x@example.org") == {"people": [], "fallbackCompanies": []}

"""Synthetic records as LeadIQ writes them, for tests of what is made of them."""

from __future__ import annotations

from typing import Any

from leadiq.types import PersonRecord

WHEN = "2026-01-01T00:00:00Z"


def contact(value: str, status: str, type_: str = "WorkEmail", **more: Any) -> dict[str, Any]:
    """Return an e-mail or, with another type, a phone, as LeadIQ writes it."""
    base = {"type": type_, "status": status, "updatedAt": WHEN, "value": value}
    return base | ({"verificationStatus": "None"} if "Email" not in type_ else {}) | more


def position(company: str = "Example Inc", **more: Any) -> dict[str, Any]:
    """Return a position at a company whose id is its name."""
    return {
        "companyId": company,
        "title": "Clerk",
        "updatedAt": WHEN,
        "matchedQuery": False,
        "companyInfo": {"id": company, "name": company},
    } | more


def person(**more: Any) -> PersonRecord:
    """Return Ann Example, with one position and no contacts, changed as told."""
    return PersonRecord.model_validate(
        {
            "id": "PersonID-00000000-0000-4000-8000-000000000000",
            "name": {"first": "Ann", "fullName": "Ann Example", "last": "Example"},
            "currentPositions": [position()],
            "pastPositions": [],
            "profiles": [],
            "education": [],
        }
        | more
    )

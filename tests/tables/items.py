"""Synthetic items for tests of tables."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import records
from leadiq import Outcome, Status, Unlock
from leadiq._core.pricing import DataPoint
from leadiq._engine.answers import Receipt, Source
from leadiq.types import Person, PersonRecord

ALL = frozenset(Unlock)
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
COMPANY = {
    "id": "c",
    "name": "Example Inc",
    "domain": "example.com",
    "numberOfEmployees": 7,
    "employeeRange": "1-10",
    "foundedYear": 1999,
}
RECEIPT = Receipt(
    source=Source.API,
    reserved=Decimal(11),
    charged=Decimal(1),
    attempts=2,
    waited_s=0.5,
    request_id="0123456789abcdef",
    unlocked=frozenset({DataPoint.PROFILE, DataPoint.EMAIL}),
    updated_at=WHEN,
)


def found(**more: Any) -> Person:
    """Somebody of an advanced search."""
    return Person.model_validate({"id": "p", "companyId": "c", "updatedAt": records.WHEN} | more)


def looked_up(company: dict[str, Any] | None = None) -> PersonRecord:
    """Ann Example, with a work address that may be used and a personal one that may not."""
    address = records.contact("ann@example.com", "Verified")
    hidden = records.contact("ann.example@example.com", "Suppressed", "PersonalEmail")
    job = records.position(workEmail=address, companyInfo=company or COMPANY)
    return records.person(currentPositions=[job], personalEmails=[hidden], confidence=90)


def outcome(row: Any = None, line: int = 1, **more: Any) -> Outcome[Any]:
    """An outcome in which Ann Example was found."""
    members = {"status": Status.FOUND, "person": looked_up(), "matches": 1, "receipts": (RECEIPT,)}
    return Outcome(line=line, row=row, **members | more)

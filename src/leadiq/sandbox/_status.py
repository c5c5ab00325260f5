"""What the status page shows: teams, limits, the latest requests and charges, faults. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leadiq.sandbox._accounts import Member
    from leadiq.sandbox._faults import Fault
    from leadiq.sandbox._ledger import Charge, Ledger
    from leadiq.sandbox._recent import Seen

LATEST_CHARGES = 50


def shown_teams(ledgers: Iterable[Ledger]) -> list[dict[str, Any]]:
    """Return the account of every team; numbers of credits are text, so that they stay exact."""
    return [
        {
            "team": account.team,
            "plan": account.plan,
            "granted": str(account.granted),
            "balance": str(account.balance),
        }
        for account in ledgers
    ]


def shown_charges(charges: Iterable[Charge]) -> list[dict[str, Any]]:
    """Return lines of the ledger."""
    return [{**asdict(charge), "credits": str(charge.credits)} for charge in charges]


def shown_faults(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return faults in the form in which they are set."""
    return [json.loads(fault.model_dump_json()) for fault in faults]


def shown_limits(members: Sequence[Member], now: float) -> list[dict[str, Any]]:
    """Return what each key may still send; a key has no name but its place in its team."""
    return [
        {
            "team": member.ledger.team,
            "key": member.place,
            "requests_per_minute": member.requests_per_minute,
            "left": member.left(now),
        }
        for member in members
    ]


def shown_requests(requests: Iterable[Seen], now: float) -> list[dict[str, Any]]:
    """Return the latest requests, with their age in seconds."""
    return [
        {
            "number": seen.number,
            "age_s": round(max(0.0, now - seen.began), 1),
            "took_ms": None if seen.took_s is None else round(seen.took_s * 1000, 1),
            "team": seen.team,
            "operation": seen.operation,
            "status": seen.status,
            "errors": seen.errors,
            "credits": str(seen.credits),
            "faults": seen.faults,
        }
        for seen in requests
    ]

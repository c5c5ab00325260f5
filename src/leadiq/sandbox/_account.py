"""What `account` and `usage` show of a team's plan; both are free.

The bill is the same whatever the plan. Which lines a plan without Universal Credits has is not
published [unknown]: here it is one line of exact matches whose cap is what the team was granted.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._billing import DataPoint
from leadiq.sandbox._dates import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from leadiq.sandbox._ledger import Ledger
    from leadiq.sandbox._settings import Decimals

Record = dict[str, Any]

BILLED_POINTS = (
    DataPoint.PROFILE,
    DataPoint.PERSON_EMAIL,
    DataPoint.PERSON_PHONE,
    DataPoint.COMPANY,
)


def account_record(ledger: Ledger, epoch: datetime, decimals: Decimals) -> Record:
    """Return an `Account`: its plans, and with Universal Credits the balance and live prices."""
    period = stamp(epoch + timedelta(days=30))
    api = {
        "__typename": "ApiPlan",
        "name": "Sandbox API",
        "product": "Api",
        "status": "Trialing" if ledger.plan == "trial" else "Active",
        "nextBillingPeriod": period,
        "usage": _plan_usage(ledger),
    }
    if ledger.plan != "universal":
        return {"plans": [api], "dataHubPlan": None, "universalPlan": None}
    universal = {"nextBillingPeriod": period, **_universal_plan(ledger, decimals)}
    return {"plans": [universal, api], "dataHubPlan": None, "universalPlan": universal}


def usage_record(ledger: Ledger) -> Record:
    """Return a `UsageMetaType`; what belongs to a trial is not among the plan's usage [ref]."""
    lines, trial = _plan_usage(ledger), ledger.plan == "trial"
    spent = {"units": ledger.used, "cap": ledger.cap}
    return {
        "planUsage": [] if trial else lines,
        "trialUsage": lines if trial else [],
        "subscription": {"status": "Active"},
        "universalUsage": [spent] if ledger.plan == "universal" else [],
    }


def _universal_plan(ledger: Ledger, decimals: Decimals) -> Record:
    points = [point.value for point in BILLED_POINTS]
    costs = [_cost(point, ledger.tariff.price(point), decimals) for point in BILLED_POINTS]
    return {
        "__typename": "UniversalPlan",
        "name": "Sandbox Universal",
        "product": "Universal",
        "status": "Active",
        "available": ledger.available,
        "used": ledger.used,
        "visibility": [{"sku": "Api", "dataPoints": points}],
        "costs": [{"sku": "Api", "costs": costs}],
    }


def _cost(point: DataPoint, price: Decimal, decimals: Decimals) -> Record:
    return {
        "dataPoint": point.value,
        "cost": int(price.to_integral_value(ROUND_CEILING)),
        "costInDecimals": str(price) if decimals == "string" else price,
    }


def _plan_usage(ledger: Ledger) -> list[Record]:
    pages = _usage_line(ledger, "AdvancedSearch", "Page", ledger.pages, None)
    if ledger.plan == "universal":
        return [pages]
    return [_usage_line(ledger, "API", "ExactMatch", ledger.used, ledger.cap), pages]


def _usage_line(ledger: Ledger, name: str, unit: str, used: int, cap: int | None) -> Record:
    trial = ledger.plan == "trial"
    return {
        "name": name,
        "usageType": "Standard",
        "creditType": unit,
        "units": used,
        "cap": cap,
        "billingType": "FreeCredits" if trial else "Prepaid",
        "trial": trial,
    }

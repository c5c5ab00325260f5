"""What has to hold of the service under load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from leadiq.testing._people import Somebody

from .load import Load

P95_S = 1.0
"""Within which 95 of 100 answers to somebody who waits have to be there."""


class Figures(NamedTuple):
    """What was measured beside the load itself."""

    charged: Decimal
    """By LeadIQ's own ledger."""
    told: Mapping[str, Decimal]
    """What each tenant's budget says is spent."""
    counts: Mapping[str, int]
    """What LeadIQ answered, and refused for the limit."""


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of all does not exceed; of nothing, infinity."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else float("inf")


def wrong(load: Load, listed: Sequence[Somebody], figures: Figures) -> list[str]:
    """Say what does not hold."""
    lost = _lost(load, listed)
    p95_s = percentile(load.took_s(beside_the_job=True), 0.95)
    paid = sum((_charged(row) for row in load.rows), Decimal(len(load.asked)))
    checks = {
        f"5xx: {dict(load.statuses)}": any(status >= 500 for status in load.statuses),
        f"refused: {dict(load.statuses)}": any(400 <= status < 500 for status in load.statuses),
        f"wrong answers: {load.wrong[:3]}": bool(load.wrong),
        f"lost rows: {len(lost)}, the first {lost[:3]}": bool(lost),
        f"the job ended as {load.job}": load.job.get("state") != "done",
        f"429s: {figures.counts['limited']}": figures.counts["limited"] > 0,
        f"p95 of {p95_s:.2f} s is above {P95_S} s": p95_s > P95_S,
        f"charged {figures.charged}, receipts say {paid}": figures.charged != paid,
        f"charged {figures.charged}, budgets say {dict(figures.told)}": (
            figures.charged > sum(figures.told.values())
        ),
    }
    return [text for text, is_wrong in checks.items() if is_wrong]


def _lost(load: Load, listed: Sequence[Somebody]) -> list[int]:
    """Number the rows whose result is missing, at another place, or somebody else's."""
    found = [(row["line"], (row["person"] or {}).get("id")) for row in load.rows]
    wanted = list(enumerate((one.id for one in listed), 1))
    if len(found) != len(wanted):
        return list(range(min(len(found), len(wanted)) + 1, len(wanted) + 1)) or [len(wanted)]
    return [
        line for (line, _), one, other in zip(wanted, wanted, found, strict=True) if one != other
    ]


def _charged(row: Mapping[str, Mapping[str, str]]) -> Decimal:
    return Decimal(row["receipt"]["price_charged"])

"""What `leadiq plan` found out about a file, for people and for machines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from .._core.pricing import DataPoint, Unlock
from .._jobs.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .._jobs.columns import Columns
    from .._jobs.findings import Findings
    from .._jobs.forecast import Addition, Chance

_HITS: Final = {
    DataPoint.PROFILE: "people",
    DataPoint.EMAIL: "people with an e-mail",
    DataPoint.PHONE: "people with a phone",
    DataPoint.COMPANY: "companies",
}
_ONE: Final = {
    DataPoint.EMAIL: "person with an e-mail",
    DataPoint.PHONE: "person with a phone",
    DataPoint.COMPANY: "company",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found out about a file, and the plan that follows from it."""

    source: str
    columns: Columns
    digest: str
    now: float
    found: Findings

    @property
    def plan(self) -> Plan:
        """What a job may spend."""
        found = self.found
        return Plan(
            digest=self.digest,
            columns={field.value: at for field, at in self.columns.positions.items()},
            unlock=found.unlock,
            prices=found.prices,
            counts=found.counts,
            credits=found.credits,
            budget=found.budget,
            created=datetime.fromtimestamp(self.now, UTC).isoformat(timespec="seconds"),
            stages=tuple(map(str, found.stages)),
        )

    def as_json(self) -> str:
        """Return the plan, and what it follows from, as one JSON object."""
        found = self.found
        more: dict[str, Any] = {
            "source": self.source,
            "sample": {
                "seed": found.seed,
                "previews": len(found.seen),
                "failed": found.failed,
                **self._seen,
            },
            "hits": {point.value: hits._asdict() for point, hits in found.hits.items()},
            "unlocks": [_texts(one) for one in found.additions],
            "requests": found.requests,
            "requests_per_minute": found.rate,
            "minutes": found.minutes,
        }
        return json.dumps({**self.plan.to_dict(), **more}, indent=2)

    def lines(self) -> Iterator[str]:
        """Yield the lines for a person."""
        plan, found = self.plan, self.found
        counts, credits_ = plan.counts, plan.credits
        yield f"{self.source}: {many(counts.rows, 'row')}"
        yield _line("invalid", counts.invalid)
        yield _line("duplicates", counts.duplicates)
        yield _line("lookups", counts.lookups)
        yield from self._notes()
        yield f"expected, for {', '.join(sorted(found.unlock)) or 'the profile alone'}"
        for stage in found.stages:
            yield f"  then {stage}"
        for point, hits in found.hits.items():
            yield _line(_HITS[point], hits.expected, _between(hits))
        yield _line(
            "credits",
            f"{credits_.expected:,f}",
            f"95 of 100 such files: {credits_.low:,f} to {credits_.high:,f}; at most "
            f"{credits_.most:,f}",
        )
        yield _line("budget", f"{plan.budget:,f}", "so that the job comes to its end")
        yield _line(
            "requests",
            found.requests,
            f"{duration(found.requests, found.rate)} at {found.rate:,} a minute",
        )
        yield f"  {'unlock':22}{'expected':>12}{'at most':>12}  price"
        for one in found.additions:
            yield _addition(one)

    def _notes(self) -> Iterator[str]:
        found, counts = self.found, self.found.counts
        if counts.known:
            paid = Unlock.COMPANY in found.unlock
            yield _line(
                "known",
                counts.known,
                "from earlier jobs: "
                + ("counted as new, as companies may be charged again" if paid else "free again"),
            )
        if counts.unseen:
            yield _line(
                "without preview",
                counts.unseen,
                "by LeadIQ id or the like: expected to cost what the others do",
            )
        seen = self._seen
        yield _line(
            "previews",
            len(found.seen),
            f"{seen['found']:,} found, {seen['email']:,} likely with an e-mail, "
            f"{seen['phone']:,} with a phone",
        )
        if found.failed:
            yield _line("previews failed", found.failed, "they are not counted")

    @property
    def _seen(self) -> dict[str, int]:
        seen = self.found.seen
        return {
            "found": sum(one.found for one in seen),
            "email": sum(one.email is True for one in seen),
            "phone": sum(one.phone is True for one in seen),
        }


def _addition(one: Addition) -> str:
    verb, sign = ("drop", -1) if one.selected else ("add", 1)
    return (
        f"  {f'{verb} {one.unlock}':22}{sign * one.expected:>+12,f}{sign * one.most:>+12,f}"
        f"  {sign * one.each:+,f} per {_ONE[one.unlock.data_point]}"
    )


def _line(name: str, value: object, note: str = "") -> str:
    number = f"{value:,}" if isinstance(value, int) else str(value)
    return f"  {name:24}{number:>10}{f'  {note}' if note else ''}"


def _between(hits: Chance) -> str:
    return f"{hits.low:,} to {hits.high:,}"


def _texts(one: Addition) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | bool) else f"{value:f}"
        for name, value in one._asdict().items()
    }


def _minutes(requests: int, rate: int) -> int:
    return -(-requests // rate)


def duration(requests: int, rate: int) -> str:
    """Say how long so many requests take at so many a minute."""
    minutes = _minutes(requests, rate)
    return f"about {many(minutes, 'minute')}"


def many(count: int, noun: str) -> str:
    """Say how many there are of something."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

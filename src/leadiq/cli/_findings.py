"""What `leadiq plan` found out about a file, for people and for machines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from .._core.pricing import DataPoint, Prices, Unlock
from .._jobs.forecast import Addition, Chance, Forecast, most_of
from .._jobs.plan import Plan, budget_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .._jobs.census import Census
    from .._jobs.previews import Previews
    from ._columns import Columns

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


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was found out, and what follows from it."""

    source: str
    columns: Columns
    unlock: frozenset[Unlock]
    seed: int
    rate: int
    digest: str
    now: float
    census: Census
    prices: Prices
    previews: Previews

    @property
    def _forecast(self) -> Forecast:
        census = self.census
        return Forecast(self.previews.seen, census.new, self.prices, unseen=census.unseen)

    @property
    def _plan(self) -> Plan:
        credits_ = self._forecast.credits(self.unlock)
        reserve = most_of(self.unlock, self.prices)
        return Plan(
            digest=self.digest,
            columns={field.value: at for field, at in self.columns.positions.items()},
            unlock=self.unlock,
            prices=self.prices,
            counts=self.census.counts,
            credits=credits_,
            budget=budget_for(credits_, reserve, self.census.repeated),
            created=datetime.fromtimestamp(self.now, UTC).isoformat(timespec="seconds"),
        )

    def as_json(self) -> str:
        """Return the plan, and what it follows from, as one JSON object."""
        more: dict[str, Any] = {
            "source": self.source,
            "sample": {
                "seed": self.seed,
                "previews": len(self.previews.seen),
                "failed": self.previews.failed,
                **self._seen,
            },
            "hits": {
                point.value: hits._asdict()
                for point, hits in self._forecast.hits(self.unlock).items()
            },
            "unlocks": [_texts(one) for one in self._forecast.additions(self.unlock)],
            "requests": self.census.counts.lookups,
            "requests_per_minute": self.rate,
            "minutes": _minutes(self.census.counts.lookups, self.rate),
        }
        return json.dumps({**self._plan.to_dict(), **more}, indent=2)

    def lines(self) -> Iterator[str]:
        """Yield the lines for a person."""
        plan = self._plan
        counts, credits_ = plan.counts, plan.credits
        yield f"{self.source}: {many(counts.rows, 'row')}"
        yield _line("invalid", counts.invalid)
        yield _line("duplicates", counts.duplicates)
        yield _line("lookups", counts.lookups)
        yield from self._notes()
        yield f"expected, for {', '.join(sorted(self.unlock)) or 'the profile alone'}"
        for point, hits in self._forecast.hits(self.unlock).items():
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
            counts.lookups,
            f"{duration(counts.lookups, self.rate)} at {self.rate:,} a minute",
        )
        yield f"  {'unlock':22}{'expected':>12}{'at most':>12}  price"
        for one in self._forecast.additions(self.unlock):
            yield _addition(one)

    def _notes(self) -> Iterator[str]:
        counts, previews = self.census.counts, self.previews
        if counts.known:
            paid = Unlock.COMPANY in self.unlock
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
            len(previews.seen),
            f"{seen['found']:,} found, {seen['email']:,} likely with an e-mail, "
            f"{seen['phone']:,} with a phone",
        )
        if previews.failed:
            yield _line("previews failed", previews.failed, "they are not counted")

    @property
    def _seen(self) -> dict[str, int]:
        seen = self.previews.seen
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

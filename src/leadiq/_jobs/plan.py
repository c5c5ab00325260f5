"""A plan: what a job may spend, on which file, for which data points."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from .._core.errors import ConfigurationError
from .._core.pricing import Prices, Unlock
from .forecast import Credits

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

VERSION: Final = 1
"""Of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a file holds."""

    rows: int
    invalid: int
    duplicates: int
    """Rows that share the lookup of an earlier row."""
    lookups: int
    known: int
    """Lookups that an earlier job has made, within a year."""
    unseen: int
    """Lookups of which no preview is possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a job may spend, on which file, for which data points."""

    digest: str
    """SHA-256 of the input's bytes."""
    columns: Mapping[str, int]
    """Where each identifier stands in a row, from 0."""
    unlock: frozenset[Unlock]
    prices: Prices
    counts: Counts
    credits: Credits
    budget: Decimal
    """Credits that a run of the plan may spend at most."""
    created: str
    """ISO 8601, in UTC."""
    stages: tuple[str, ...] = ()
    """What is unlocked later, and of whom, in words."""

    def check(
        self,
        digest: str,
        unlock: Collection[Unlock],
        columns: Mapping[str, int],
        stages: Sequence[str] = (),
    ) -> None:
        """Require that a job is what was planned.

        Raises:
            ConfigurationError: the file has changed, or other data or columns are asked for.
        """
        for is_same, what in (
            (digest == self.digest, "IN has changed since"),
            (frozenset(unlock) - {Unlock.PROFILE} == self.unlock, "it is for another --unlock"),
            (tuple(stages) == self.stages, "it is for another --then"),
            (dict(columns) == dict(self.columns), "it reads IN by other columns (--map)"),
        ):
            if not is_same:
                text = f"the plan does not fit: {what}; make a new one with leadiq plan"
                raise ConfigurationError(text, sent=False)

    def to_dict(self) -> dict[str, Any]:
        """Give what is written to the file; amounts are strings."""
        return {
            "version": VERSION,
            "created": self.created,
            "digest": self.digest,
            "columns": dict(self.columns),
            "unlock": sorted(self.unlock),
            "then": list(self.stages),
            "prices": _texts(self.prices._asdict()),
            "counts": asdict(self.counts),
            "credits": _texts(self.credits._asdict()),
            "budget": str(self.budget),
        }


def budget_for(credits_: Credits, reserve: Decimal, repeated: Decimal) -> Decimal:
    """Give the budget that lets a file of this forecast come to its end, in whole credits.

    That is the high end of the forecast, and more for two reasons: a lookup is only sent while
    the most that it can cost is left, the last one too; and a job cannot see that what was
    unlocked before is free again, and counts it.

    Args:
        credits_: the forecast.
        reserve: the most that one lookup can cost.
        repeated: what the lookups cost that are free again.
    """
    enough = min(credits_.high + reserve, credits_.most) + repeated
    return enough.to_integral_value(ROUND_CEILING)


def read_plan(path: Path) -> Plan:
    """Read what `leadiq plan --write` has written.

    Raises:
        ConfigurationError: it cannot be read, is no plan, or one of another version.
    """
    try:
        written: Any = json.loads(path.read_text(encoding="utf-8"))
        if written["version"] == VERSION:
            return _plan(written)
    except OSError as error:
        text = f"cannot read {path}: {error.strerror}"
        raise ConfigurationError(text, sent=False) from None
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        text = f"{path} is no plan: write one with leadiq plan --write"
        raise ConfigurationError(text, sent=False) from None
    text = f"{path} was written by another version of leadiq-sdk: write a new plan"
    raise ConfigurationError(text, sent=False)


def _plan(written: Mapping[str, Any]) -> Plan:
    return Plan(
        digest=str(written["digest"]),
        columns={str(field): int(at) for field, at in written["columns"].items()},
        unlock=frozenset(map(Unlock, written["unlock"])),
        prices=Prices(**_amounts(written["prices"])),
        counts=Counts(**{str(name): int(count) for name, count in written["counts"].items()}),
        credits=Credits(**_amounts(written["credits"])),
        budget=_amount(written["budget"]),
        created=str(written["created"]),
        stages=tuple(map(str, written.get("then", ()))),
    )


def _texts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: f"{amount:f}" for name, amount in amounts.items()}


def _amounts(texts: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: _amount(text) for name, text in texts.items()}


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not (amount.is_finite() and amount >= 0):
        raise ValueError("an amount has to be a number, 0 or more")
    return amount

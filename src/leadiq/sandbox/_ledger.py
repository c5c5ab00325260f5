"""The account: one balance, what the team has unlocked, and an append-only list of charges."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from threading import Lock
from typing import TYPE_CHECKING

from leadiq.sandbox._billing import LARGER, DataPoint, Item, Line, Tariff, bill
from leadiq.sandbox._errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR_S = 365 * 86_400.0


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the ledger: what a request was charged for one data point of one root field.

    `request` counts the answered requests from 1; `data_point` is LeadIQ's name for it; `units` is
    how many were handed over for these credits; `reason` says why that is the price. No name,
    address or id is kept here.
    """

    request: int
    operation: str | None
    field: str
    data_point: str
    units: int
    credits: Decimal
    reason: str


class Ledger:
    """The account of a sandbox. Thread-safe; `charge` is atomic."""

    def __init__(self, balance: Decimal, tariff: Tariff) -> None:
        self.tariff = tariff
        self._granted = balance
        self._used = Decimal(0)
        self._lock = Lock()
        self._requests = 0
        self._pages = 0
        self._charges: list[Charge] = []
        self._unlocked: dict[tuple[str, DataPoint], float] = {}

    @property
    def available(self) -> int:
        """Return the whole credits that are left."""
        return int((self._granted - self._used).to_integral_value(ROUND_FLOOR))

    @property
    def used(self) -> int:
        """Return the credits that are used, begun ones counted whole."""
        return int(self._used.to_integral_value(ROUND_CEILING))

    @property
    def balance(self) -> Decimal:
        """Return the exact balance."""
        return self._granted - self._used

    @property
    def cap(self) -> int:
        """Return the whole credits that the account started with."""
        return int(self._granted)

    @property
    def pages(self) -> int:
        """Return how many search pages were charged."""
        return self._pages

    def charges(self) -> list[Charge]:
        """Return the lines so far, oldest first."""
        with self._lock:
            return list(self._charges)

    def charge(self, operation: str | None, items: Sequence[Item], now: float) -> Decimal:
        """Charge one request and return its credits.

        Raises:
            Refusal: 402, the balance does not cover it; nothing was charged or unlocked.
        """
        with self._lock:
            lines = bill(items, self.tariff, lambda subject, point: self._has(subject, point, now))
            total = sum((line.credits for line in lines), Decimal(0))
            if total > self.balance:
                raise Refusal(402, "Not enough credits for this request.")
            self._used += total
            self._requests += 1
            self._unlock(lines, now)
            self._charges.extend(_entries(self._requests, operation, lines))
            return total

    def _has(self, subject: str, point: DataPoint, now: float) -> bool:
        since = self._unlocked.get((subject, point))
        return since is not None and now - since < YEAR_S

    def _unlock(self, lines: Sequence[Line], now: float) -> None:
        for item, price, _ in lines:
            if item.point is DataPoint.PAGE:
                self._pages += price > 0
            elif item.found:
                # A larger unlock replaced the profile fee, so it holds the profile too.
                profile = (DataPoint.PROFILE,) if item.point in LARGER else ()
                for point in (item.point, *profile):
                    if not self._has(item.subject, point, now):
                        self._unlocked[item.subject, point] = now


def _entries(request: int, operation: str | None, lines: Sequence[Line]) -> list[Charge]:
    units: Counter[tuple[str, str, str, str]] = Counter()
    totals: dict[tuple[str, str, str, str], Decimal] = {}
    for item, price, reason in lines:
        key = (item.key, item.field, item.point.value, reason)
        units[key] += 1
        totals[key] = totals.get(key, Decimal(0)) + price
    return [
        Charge(request, operation, key[1], key[2], units[key], totals[key], key[3]) for key in units
    ]

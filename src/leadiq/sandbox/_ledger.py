"""A team's account: its balance, what it has unlocked, and the append-only book of charges."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from threading import Lock
from typing import TYPE_CHECKING

from leadiq.sandbox._billing import LARGER, DataPoint, Item, Line, Tariff, bill
from leadiq.sandbox._errors import Refusal
from leadiq.sandbox._settings import FIRST_TEAM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leadiq.sandbox._settings import Plan

YEAR_S = 365 * 86_400.0


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the ledger: what a request was charged for one data point of one root field.

    `request` counts the answered requests from 1, of all teams; `client_request_id` is what the
    client sent as X-Request-Id; `data_point` is LeadIQ's name for it; `units` is how many were
    handed over for these credits, `subjects` whose they were; `reason` says why that is the price.
    Nothing about a person is kept here but the id.
    """

    request: int
    team: str
    client_request_id: str | None
    operation: str | None
    field: str
    data_point: str
    units: int
    credits: Decimal
    reason: str
    subjects: tuple[str, ...]


class Book:
    """The charges of every team, in order. Thread-safe; grows without bound."""

    def __init__(self) -> None:
        self._charges: list[Charge] = []
        self._requests = 0
        self._lock = Lock()

    def charges(self) -> list[Charge]:
        """Return the lines so far, oldest first."""
        with self._lock:
            return list(self._charges)

    def latest(self, count: int) -> list[Charge]:
        """Return the last lines, newest first."""
        with self._lock:
            return self._charges[: -count - 1 : -1]

    def enter(
        self, team: str, request_id: str | None, operation: str | None, lines: Sequence[Line]
    ) -> None:
        """Append the lines of one request."""
        with self._lock:
            self._requests += 1
            for group in _grouped(lines):
                (first, _, reason), subjects = group[0], [line.item.subject for line in group]
                self._charges.append(
                    Charge(
                        request=self._requests,
                        team=team,
                        client_request_id=request_id,
                        operation=operation,
                        field=first.field,
                        data_point=first.point.value,
                        units=len(group),
                        credits=sum((line.credits for line in group), Decimal(0)),
                        reason=reason,
                        subjects=tuple(filter(None, subjects)),
                    )
                )


class Ledger:
    """The account of one team. Thread-safe; `charge` is atomic."""

    def __init__(
        self,
        balance: Decimal,
        tariff: Tariff,
        book: Book | None = None,
        *,
        team: str = FIRST_TEAM,
        plan: Plan = "universal",
    ) -> None:
        self.tariff = tariff
        self.book = book or Book()
        self.team = team
        self.plan: Plan = plan
        self.granted = balance
        self._used = Decimal(0)
        self._lock = Lock()
        self._pages = 0
        self._unlocked: dict[tuple[str, DataPoint], float] = {}

    @property
    def available(self) -> int:
        """Return the whole credits that are left."""
        return int((self.granted - self._used).to_integral_value(ROUND_FLOOR))

    @property
    def used(self) -> int:
        """Return the credits that are used, begun ones counted whole."""
        return int(self._used.to_integral_value(ROUND_CEILING))

    @property
    def balance(self) -> Decimal:
        """Return the exact balance."""
        return self.granted - self._used

    @property
    def cap(self) -> int:
        """Return the whole credits that the account started with."""
        return int(self.granted)

    @property
    def pages(self) -> int:
        """Return how many search pages were charged."""
        return self._pages

    def charge(
        self,
        operation: str | None,
        items: Sequence[Item],
        now: float,
        request_id: str | None = None,
    ) -> Decimal:
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
            self._unlock(lines, now)
            self.book.enter(self.team, request_id, operation, lines)
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


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Join the lines of one root field that differ only in whose data it is."""
    groups: dict[tuple[str, DataPoint, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.item.key, line.item.point, line.reason), []).append(line)
    return list(groups.values())

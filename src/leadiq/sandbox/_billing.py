"""What an answer costs: from what was selected and what was found, nothing else.

Pure, and deliberately independent of how the SDK computes prices: this side walks the executed
result beside the selection. Two steps: `items_of` (see _items) lists the data points that an answer
would hand over, `bill` prices them against what is unlocked already.

Rules: a query is charged for the data points that it selects [guide]; a larger unlock replaces the
profile fee, e-mail and phone are 11 [guide], and so does a company that is charged in the record
[unknown]; company information is charged per company [guide], and id and name are none [samples];
what was not found is free [guide]; what the team unlocked in the past year is free [guide]; an
advanced search costs one page [samples]. Any field of an address or number record but `__typename`
counts as that data point [unknown], a suppressed entry never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leadiq.sandbox._settings import Prices, SandboxSettings


class DataPoint(StrEnum):
    """What is charged; the values are LeadIQ's, but for PAGE, which has no published name."""

    PROFILE = "Profile"
    PERSON_EMAIL = "PersonEmail"
    PERSON_PHONE = "PersonPhone"
    COMPANY = "Company"
    PAGE = "Page"


class Item(NamedTuple):
    """One data point that an answer hands over, or (`found` False) was asked for in vain.

    `subject` is the id of the person or company; "" for a page and for nobody. `bearer` is, for a
    company, whose record it stands in, in the form of `whose`.
    """

    field: str
    key: str
    point: DataPoint
    subject: str
    found: bool
    bearer: str | None = None

    @property
    def whose(self) -> str:
        """Return what items of one subject share; nobody and pages are told apart by root field."""
        return whose(self.subject, self.key)


def whose(subject: str, key: str) -> str:
    """Return a subject, or what stands for nobody in the root field of a response key."""
    return subject or f"({key})"


class Line(NamedTuple):
    """The price of one item, and the reason for it."""

    item: Item
    credits: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """The settings that a bill depends on."""

    prices: Prices
    misses_billed: bool
    company_repeats_free: bool

    @classmethod
    def from_settings(cls, settings: SandboxSettings) -> Tariff:
        """Return the tariff of a sandbox."""
        return cls(
            prices=settings.prices,
            misses_billed=settings.misses == "billed",
            company_repeats_free=settings.company_repeats == "free",
        )

    def price(self, point: DataPoint) -> Decimal:
        """Return the credits of one data point."""
        prices = self.prices
        return {
            DataPoint.PROFILE: prices.profile,
            DataPoint.PERSON_EMAIL: prices.person_email,
            DataPoint.PERSON_PHONE: prices.person_phone,
            DataPoint.COMPANY: prices.company,
            DataPoint.PAGE: prices.page,
        }[point]


LARGER = (DataPoint.PERSON_EMAIL, DataPoint.PERSON_PHONE)


def bill(
    items: Sequence[Item], tariff: Tariff, is_unlocked: Callable[[str, DataPoint], bool]
) -> list[Line]:
    """Price the items of one request; each data point of a subject is charged once.

    `is_unlocked` tells what the team has paid for in the past year. A profile fee is replaced by
    an address or number of the same person, and by a company that is charged in that record.
    """
    lines: dict[tuple[str, DataPoint], Line] = {}
    larger = {item.whose for item in items if item.point in LARGER and _counts(item, tariff)}
    # Companies first, because they decide about profiles; what was found before what was not.
    for item in sorted(items, key=lambda i: (i.point is not DataPoint.COMPANY, not i.found)):
        if (item.whose, item.point) in lines:
            continue
        line = _line(item, tariff, is_unlocked, item.whose in larger)
        lines[item.whose, item.point] = line
        if item.bearer and line.credits:
            larger.add(item.bearer)
    return list(lines.values())


def _counts(item: Item, tariff: Tariff) -> bool:
    return item.found or tariff.misses_billed


def _line(
    item: Item,
    tariff: Tariff,
    is_unlocked: Callable[[str, DataPoint], bool],
    larger: bool,
) -> Line:
    if not _counts(item, tariff):
        return Line(item, Decimal(0), "nothing found")
    if item.point is DataPoint.PROFILE and larger:
        return Line(item, Decimal(0), "replaced by a larger unlock")
    repeat = item.point is not DataPoint.COMPANY or tariff.company_repeats_free
    if item.subject and repeat and is_unlocked(item.subject, item.point):
        return Line(item, Decimal(0), "unlocked in the past year")
    return Line(item, tariff.price(item.point), "charged" if item.found else "miss, billed")

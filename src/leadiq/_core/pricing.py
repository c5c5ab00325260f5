"""What a call may cost, from what it selects. Pure; amounts are universal credits as `Decimal`.

LeadIQ charges a query for the data points that it selects and that it finds [guide]. A price
known before sending is therefore a range: nothing is found, or everything is.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class DataPoint(StrEnum):
    """What LeadIQ puts a price on."""

    PROFILE = "profile"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"


class Unlock(StrEnum):
    """What to pay for. The values are the words of the command line.

    `PROFILE` is the cheapest tier and always included. Phones are never selected unless asked for.
    """

    PROFILE = "profile"
    """Name, positions, location, education, social profiles, and the id and name of companies."""
    WORK_EMAIL = "work-email"
    """Work e-mail addresses of the current positions."""
    PERSONAL_EMAIL = "personal-email"
    """Personal e-mail addresses."""
    WORK_PHONE = "work-phone"
    """Work phone numbers of the current positions."""
    PERSONAL_PHONE = "personal-phone"
    """Personal phone numbers."""
    COMPANY = "company"
    """Everything LeadIQ knows of the current companies; charged for each company."""

    @property
    def flag(self) -> str:
        """The variable that stands for this unlock in the operation documents (`workEmail`)."""
        first, _, second = self.value.partition("-")
        return first + second.capitalize()

    @property
    def data_point(self) -> DataPoint:
        """What LeadIQ charges for it: work and personal addresses are one data point [live]."""
        return DataPoint(self.value.rpartition("-")[2])


class Prices(NamedTuple):
    """A price list, in universal credits. The defaults are the published ones [guide].

    The prices of an account are at `account { universalPlan { costs } }` and win over these.
    What a page of an advanced search costs in universal credits is not published: `page` is a
    guess to be replaced by what the account shows.
    """

    profile: Decimal = Decimal("0.1")
    email: Decimal = Decimal(1)
    phone: Decimal = Decimal(10)
    company: Decimal = Decimal(3)
    page: Decimal = Decimal(1)


Basis = Literal["free", "person", "company", "page", "unpublished"]
"""What an operation is charged by: results of that kind, pages, or nobody has said."""


class Bill(NamedTuple):
    """What the selection of an operation can be charged for, as found by reading it."""

    basis: Basis
    always: tuple[DataPoint, ...] = ()
    """Data points that the document always selects."""
    unlocks: tuple[Unlock, ...] = ()
    """What may be unlocked on top."""
    plus: tuple[Bill, ...] = ()
    """What is charged besides; only documents of the user's own ask for several things at once."""


class PriceRange(NamedTuple):
    """The least and the most that a call can cost, in universal credits.

    `maximum` is `Decimal("Infinity")` where no price is published.
    """

    minimum: Decimal
    maximum: Decimal


def price(
    bill: Bill,
    unlock: Iterable[Unlock] = (),
    *,
    prices: Prices = Prices(),  # noqa: B008 - an immutable tuple
    results: int = 1,
    companies: int = 1,
) -> PriceRange:
    """Tell what one call costs at least and at most.

    Args:
        bill: the operation's `bill`.
        unlock: what the call asks for beyond the cheapest tier.
        prices: the account's price list.
        results: how many people or companies the call can answer with.
        companies: how many current companies a person can have (each is charged for).

    Returns:
        A range whose minimum is 0: what is not found is not charged, and what the team unlocked
        within a year is free again [guide].
    """
    asked, bills = tuple(unlock), (bill, *bill.plus)
    most = sum((_most(each, asked, prices, results, companies) for each in bills), Decimal(0))
    return PriceRange(Decimal(0), most)


def _most(
    bill: Bill, unlock: Iterable[Unlock], prices: Prices, results: int, companies: int
) -> Decimal:
    points = {*bill.always, *(u.data_point for u in unlock if u in bill.unlocks)}
    match bill.basis:
        case "free":
            return Decimal(0)
        case "person" | "company":
            return results * _result(points, prices, companies)
        case "page":
            extra = prices.company if DataPoint.COMPANY in points else Decimal(0)
            return prices.page + results * extra
        case _:  # unpublished
            return Decimal("Infinity")


def _result(points: set[DataPoint], prices: Prices, companies: int) -> Decimal:
    """Larger unlocks replace the profile fee: e-mail and phone cost 11, not 11.1 [guide]."""
    tariff: Mapping[str, Decimal] = prices._asdict()
    contact = sum(
        (tariff[p] for p in (DataPoint.EMAIL, DataPoint.PHONE) if p in points), Decimal(0)
    )
    company = companies * prices.company if DataPoint.COMPANY in points else Decimal(0)
    return contact + company or prices.profile

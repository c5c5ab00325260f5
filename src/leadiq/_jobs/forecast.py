"""What a file will cost, from free previews of some of its leads. Pure.

A preview says whether LeadIQ knows a person, and whether an e-mail and a phone are likely. What
"likely" is worth is not published, and of companies it says nothing. So every answer is read in
three ways, by the chances below: as little as it can mean, as much as it probably means, as much
as it can mean. The low end of the interval takes the first and adds the doubt of a sample below
it, the high end takes the last and adds the doubt above. The interval covers what the file costs
in 95 of 100 files, as long as LeadIQ's own rates are within these chances.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from .._core.pricing import DataPoint, Prices, Unlock, price
from .._generated.operations import SEARCH_PEOPLE
from .lookups import MOST_COMPANIES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class Chance(NamedTuple):
    """How often something comes back: at least, probably, at most."""

    low: float
    expected: float
    high: float


class _Chances(NamedTuple):
    """By what the preview said; None is nothing."""

    likely: Chance
    unlikely: Chance
    silent: Chance = Chance(0, 0.5, 1)


# A preview and a lookup find a person by the same identifiers, but nobody has published that they
# find the same one, and a person can opt out between the two.
FOUND: Final = _Chances(Chance(0.95, 1, 1), Chance(0, 0, 0.05))

_WORK: Final = frozenset({Unlock.WORK_EMAIL})
_PERSONAL: Final = frozenset({Unlock.PERSONAL_EMAIL})
EMAIL: Final = (
    # A preview speaks of work addresses [live]; some of them are invalid or suppressed.
    (_WORK, _Chances(Chance(0.6, 0.9, 1), Chance(0, 0.03, 0.15))),
    # So of personal addresses it says little: who has the one often has the other.
    (_PERSONAL, _Chances(Chance(0.2, 0.5, 0.9), Chance(0, 0.1, 0.5))),
    # Either of them is the one data point.
    (_WORK | _PERSONAL, _Chances(Chance(0.7, 0.95, 1), Chance(0, 0.05, 0.3))),
)
_WORK_PHONE: Final = frozenset({Unlock.WORK_PHONE})
_PERSONAL_PHONE: Final = frozenset({Unlock.PERSONAL_PHONE})
PHONE: Final = (
    # A preview does not say of which kind the number is.
    (_WORK_PHONE, _Chances(Chance(0.3, 0.6, 1), Chance(0, 0.03, 0.15))),
    (_PERSONAL_PHONE, _Chances(Chance(0.3, 0.6, 1), Chance(0, 0.03, 0.15))),
    (_WORK_PHONE | _PERSONAL_PHONE, _Chances(Chance(0.7, 0.95, 1), Chance(0, 0.03, 0.15))),
)
COMPANIES: Final = Chance(0.8, 1.05, 1.3)
"""Current companies of a person about which something is known. A preview says nothing of them:
nearly everybody has one, some have none or a second one."""
COMPANIES_VARIANCE: Final = 0.3
_NOTHING: Final = Prices(*(Decimal(0) for _ in Prices._fields))

# Standard deviations on either side. 1.96 hold 95 of 100 normal values; what small samples add up
# to is only nearly normal, so it takes somewhat more.
_Z_LOW: Final = -2.24
_Z_HIGH: Final = 2.24
_TENTH: Final = Decimal("0.1")


class Seen(NamedTuple):
    """What a preview said of one lead; None is nothing."""

    found: bool
    email: bool | None = None
    phone: bool | None = None


_ANYBODY: Final = tuple(
    Seen(found, email, phone)
    for found in (False, True)
    for email in (False, True, None)
    for phone in (False, True, None)
)


class Credits(NamedTuple):
    """What lookups cost, in universal credits.

    95 of 100 files cost from `low` to `high`. `most` is what they would cost if everything were
    found.
    """

    low: Decimal
    expected: Decimal
    high: Decimal
    most: Decimal


class Addition(NamedTuple):
    """What one unlock adds to the price of a file."""

    unlock: Unlock
    selected: bool
    each: Decimal
    """Price of one data point."""
    expected: Decimal
    most: Decimal


class Forecast:
    """What the lookups of a file cost.

    Args:
        seen: what the previews of a random sample said.
        lookups: how many lookups the sample stands for, itself included.
        prices: the account's price list.
        unseen: further lookups, of which no preview is possible. They are taken to cost what the
            others do on average; the interval takes them for anything.

    Without any preview the expectation is half of the most that a person usually costs.
    """

    def __init__(
        self, seen: Sequence[Seen], lookups: int, prices: Prices, *, unseen: int = 0
    ) -> None:
        self._seen = seen
        self._lookups = lookups
        self._prices = prices
        self._unseen = unseen
        self._count = lookups + unseen

    def credits(self, unlock: Collection[Unlock]) -> Credits:
        """Tell what this selection costs."""
        low, expected, high = self._range(unlock, self._prices)
        most = self._count * most_of(unlock, self._prices)
        ceiling = _rounded(high, ROUND_CEILING)
        return Credits(_rounded(low, ROUND_FLOOR), _rounded(expected), min(ceiling, most), most)

    def hits(self, unlock: Collection[Unlock]) -> dict[DataPoint, Chance]:
        """Tell how many times each data point is found: of persons, addresses, numbers, companies.

        Each is a whole number: at least, probably, at most.
        """
        asked = {DataPoint.PROFILE, *(point.data_point for point in unlock)}
        return {point: self._hits(point, unlock) for point in DataPoint if point in asked}

    def additions(self, unlock: Collection[Unlock]) -> list[Addition]:
        """Tell of every unlock what it adds to the others of this selection."""
        return [self._addition(each, unlock) for each in Unlock if each is not Unlock.PROFILE]

    def _addition(self, each: Unlock, unlock: Collection[Unlock]) -> Addition:
        others = {*unlock} - {each}
        without, with_it = self.credits(others), self.credits({*others, each})
        return Addition(
            each,
            each in unlock,
            getattr(self._prices, each.data_point),
            with_it.expected - without.expected,
            with_it.most - without.most,
        )

    def _hits(self, point: DataPoint, unlock: Collection[Unlock]) -> Chance:
        """Count by a price list on which one thing alone costs anything."""
        only = _NOTHING._replace(**{point: Decimal(1)})
        asked = () if point is DataPoint.PROFILE else unlock
        low, expected, high = self._range(asked, only)
        most = float(self._count * most_of(asked, only))
        return Chance(floor(low), round(expected), ceil(min(high, most)))

    def _range(self, unlock: Collection[Unlock], prices: Prices) -> Chance:
        """Give the ends and the middle of what the lookups cost."""
        low, expected, high = (_Reading(unlock, prices, level) for level in range(3))
        return Chance(
            max(low.total(self._seen, self._lookups, _Z_LOW), 0.0),
            expected.mean(self._seen) * self._count,
            high.total(self._seen, self._lookups, _Z_HIGH) + self._unseen * high.top,
        )


def most_of(unlock: Collection[Unlock], prices: Prices) -> Decimal:
    """Give what one lookup can cost at most: what a budget reserves for it."""
    bill = SEARCH_PEOPLE.bill
    return price(bill, unlock, prices=prices, results=1, companies=MOST_COMPANIES).maximum


class _Reading:
    """One way to read what previews say."""

    def __init__(self, unlock: Collection[Unlock], prices: Prices, level: int) -> None:
        self._unlock = frozenset(unlock)
        self._prices = prices
        self._level = level
        self._costs = {seen: self._cost(seen) for seen in _ANYBODY}
        self.top = max(mean for mean, _ in self._costs.values())
        """What a person costs of whom a preview says all that it can."""

    def mean(self, seen: Sequence[Seen]) -> float:
        """Give what one lookup costs on average; half of the top, if none was seen."""
        return sum(self._costs[one][0] for one in seen) / len(seen) if seen else self.top / 2

    def total(self, seen: Sequence[Seen], lookups: int, z: float) -> float:
        """Give what so many lookups cost, of which these were seen, `z` deviations off the middle.

        Of those that were not seen the mean is estimated after Agresti and Coull, carried over
        from shares to values from 0 to `top`: two more of either end are taken to have been seen,
        so that a sample in which something never came up does not prove that it never does.
        """
        costs = [self._costs[one] for one in seen]
        others = lookups - len(costs)
        values = [mean for mean, _ in costs] + 2 * [0.0, self.top]
        mean = sum(values) / len(values)
        between = sum((value - mean) ** 2 for value in values) / len(values)
        within = sum(variance for _, variance in costs)
        each = within / max(len(costs), 1)
        doubt = others**2 * between / len(values) + others * (between + each) + within
        return sum(mean for mean, _ in costs) + others * mean + z * sqrt(doubt)

    def _cost(self, seen: Seen) -> tuple[float, float]:
        """Give mean and variance of what a person costs of whom a preview said this."""
        found = self._chance(FOUND, seen.found)
        email = self._chance(_asked(EMAIL, self._unlock), seen.email)
        phone = self._chance(_asked(PHONE, self._unlock), seen.phone)
        companies = COMPANIES[self._level] if Unlock.COMPANY in self._unlock else 0.0
        prices = self._prices
        rates = ((email, float(prices.email)), (phone, float(prices.phone)))
        nothing = (1 - email) * (1 - phone) * max(1 - companies, 0.0)
        mean = sum(rate * cost for rate, cost in rates) + companies * float(prices.company)
        mean += nothing * float(prices.profile)
        variance = sum(rate * (1 - rate) * cost**2 for rate, cost in rates)
        variance += COMPANIES_VARIANCE * float(prices.company) ** 2 if companies else 0.0
        return found * mean, found * variance + found * (1 - found) * mean**2

    def _chance(self, chances: _Chances | None, said: bool | None) -> float:
        if chances is None:
            return 0.0
        said_so = {True: chances.likely, False: chances.unlikely, None: chances.silent}
        return said_so[said][self._level]


def _asked(
    table: Sequence[tuple[frozenset[Unlock], _Chances]], unlock: frozenset[Unlock]
) -> _Chances | None:
    kinds = frozenset[Unlock]().union(*(kinds for kinds, _ in table)) & unlock
    return next((chances for asked, chances in table if asked == kinds), None)


def _rounded(amount: float, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Round to tenths of a credit, after what binary fractions add to the last digits is gone."""
    return Decimal(repr(round(amount, 6))).quantize(_TENTH, rounding)

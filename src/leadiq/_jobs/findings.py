"""What a plan found out about rows, before anything is paid: a value, and how it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._engine.tariff import live_prices
from .accounts import account_of
from .forecast import Credits, Forecast, most_of
from .plan import budget_for
from .previews import Previews

if TYPE_CHECKING:
    from decimal import Decimal

    from .._client.client import LeadIQ
    from .._core.pricing import DataPoint, Prices, Unlock
    from .._engine.stages import Stage
    from .census import Census
    from .forecast import Addition, Chance, Seen
    from .plan import Counts

_SHARE = 0.5
"""Of how many people a condition is expected to hold; nobody can know before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What rows hold, and what it will cost to look them up.

    Attributes:
        unlock: what all rows unlock.
        stages: what some or all of those who are found unlock besides.
        seed: decided which leads were previewed.
        rate: requests a minute.
        counts: the rows in numbers.
        new: lookups that cost something and of which previews are possible.
        unseen: lookups that cost something and of which no preview is possible.
        repeated: credits that the other lookups cost when they were new.
        prices: the account's price list.
        seen: what the previews said.
        failed: previews without an answer.
    """

    unlock: frozenset[Unlock]
    stages: tuple[Stage, ...]
    seed: int
    rate: int
    counts: Counts
    new: int
    unseen: int
    repeated: Decimal
    prices: Prices
    seen: tuple[Seen, ...]
    failed: int

    @property
    def credits(self) -> Credits:
        """What it costs. A stage with a condition is for half of the people, perhaps for all."""
        least, most = (self._forecast.credits(points) for points in self._selections)
        expected = (least.expected + most.expected) / 2 if self._is_open else most.expected
        return Credits(least.low, expected, most.high, most.most)

    @property
    def budget(self) -> Decimal:
        """The budget that lets the job come to its end, in whole credits."""
        lookups = (self.unlock, *(stage.unlock for stage in self.stages))
        reserve = max(most_of(points, self.prices) for points in lookups)
        return budget_for(self.credits, reserve, self.repeated)

    @property
    def hits(self) -> dict[DataPoint, Chance]:
        """How many times each data point is found, if every stage is for everybody."""
        return self._forecast.hits(self._selections[1])

    @property
    def additions(self) -> list[Addition]:
        """What every unlock adds to the others of the selection, or would add."""
        return self._forecast.additions(self._selections[1])

    @property
    def requests(self) -> int:
        """Requests, if each lookup is one; those of later stages as far as they are expected."""
        found = next(iter(self._forecast.hits(()).values())).expected
        later = sum(found * (1 if stage.when is None else _SHARE) for stage in self.stages)
        return self.counts.lookups + round(later)

    @property
    def minutes(self) -> int:
        """How long the requests take at the rate."""
        return -(-self.requests // self.rate)

    def _repr_html_(self) -> str:
        """What a notebook shows: nothing of a person."""
        from .shown import findings_html

        return findings_html(self)

    @property
    def _forecast(self) -> Forecast:
        return Forecast(self.seen, self.new, self.prices, unseen=self.unseen)

    @property
    def _selections(self) -> tuple[frozenset[Unlock], frozenset[Unlock]]:
        """What everybody unlocks, and what somebody may."""
        certain = (stage.unlock for stage in self.stages if stage.when is None)
        least = self.unlock.union(*certain)
        return least, least.union(*(stage.unlock for stage in self.stages))

    @property
    def _is_open(self) -> bool:
        least, most = self._selections
        return least != most


async def find_out(
    leadiq: LeadIQ,
    census: Census,
    unlock: frozenset[Unlock],
    stages: tuple[Stage, ...],
    *,
    seed: int,
    at_once: int,
) -> Findings:
    """Ask for the account's prices and for free previews of the census's sample.

    Raises:
        AuthenticationError, ConfigurationError, TransportError: as `account_of`.
        LeadIQError: a preview's that would be every preview's.
    """
    account = await account_of(leadiq)
    previews = Previews(leadiq)
    await previews.look(census.sample, at_once=at_once)
    return Findings(
        unlock=unlock,
        stages=stages,
        seed=seed,
        rate=leadiq.statistics().limit,
        counts=census.counts,
        new=census.new,
        unseen=census.unseen,
        repeated=census.repeated,
        prices=live_prices(account),
        seen=tuple(previews.seen),
        failed=previews.failed,
    )

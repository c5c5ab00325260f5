"""The account's own prices and balance, out of what `account` answers. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from .._core.pricing import Prices

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ..types import Account, DataPointCost

#: LeadIQ's name of a data point -> ours. `Person` stands for e-mail and phone where a plan prices
#: them as one [live]: either of them costs as much, and a maximum that counts both is too high.
_NAMES: Final = {
    "Profile": ("profile",),
    "PersonEmail": ("email",),
    "PersonPhone": ("phone",),
    "Person": ("email", "phone"),
    "Company": ("company",),
}
#: The part of the price list that is this API's [live].
_API: Final = "Api"


class Balance(NamedTuple):
    """What the account has in universal credits. LeadIQ tells whole credits only."""

    available: int
    used: int
    """Since the billing period began."""
    renewed_at: datetime | None
    """Begin of the next billing period; None when the plan is not renewed."""


def live_prices(account: Account | None) -> Prices:
    """Give the account's price list for the API.

    What it does not show (a page of an advanced search, or everything where there is no plan of
    universal credits) is as published.
    """
    plan = account and account.universal_plan
    lists = [found.costs for found in plan.costs if found.sku == _API] if plan else []
    prices = Prices()
    for costs in lists:
        prices = _with(prices, costs)
    return prices


def _with(prices: Prices, costs: Iterable[DataPointCost]) -> Prices:
    named = {
        name: cost.cost_in_decimals for cost in costs for name in _NAMES.get(cost.data_point, ())
    }
    return prices._replace(**named)


def balance(account: Account | None) -> Balance | None:
    """Give the balance of universal credits; None when the account has no plan of them."""
    plan = account and account.universal_plan
    return Balance(plan.available, plan.used, plan.next_billing_period) if plan else None

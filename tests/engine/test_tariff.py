"""Live prices and the balance, out of an account in any shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from leadiq import Prices
from leadiq._engine.tariff import Balance, balance, live_prices
from leadiq.types import Account


def cost(point: str, price: object) -> dict[str, Any]:
    return {"dataPoint": point, "cost": 0, "costInDecimals": price}


def account(**lists: list[dict[str, Any]]) -> Account:
    plan = {
        "name": "Universal",
        "product": "UniversalCredits",
        "status": "Active",
        "available": 90,
        "used": 10,
        "visibility": [],
        "costs": [{"sku": sku, "costs": costs} for sku, costs in lists.items()],
    }
    return Account.model_validate({"plans": [], "universalPlan": plan})


def test_the_accounts_prices_win() -> None:
    """Each data point at its exact price, as a number or as text; others are for other products."""
    costs = [
        cost("Profile", 0.25),
        cost("PersonEmail", "1.5"),
        cost("PersonPhone", 8),
        cost("Company", "2"),
        cost("LLMToken", 7),
        cost("BrandNew", 7),
    ]
    prices = live_prices(account(Prospector=[cost("Profile", 99)], Api=costs))
    assert prices == Prices(
        profile=Decimal("0.25"), email=Decimal("1.5"), phone=Decimal(8), company=Decimal(2)
    )


def test_a_price_for_all_contact_data_is_each_ones() -> None:
    """A plan that prices contact data as one: e-mail and phone cost that."""
    prices = live_prices(account(Api=[cost("Person", 5)]))
    assert (prices.email, prices.phone) == (5, 5)


def test_what_the_account_does_not_show_is_as_published() -> None:
    """Without a plan, a list or an account."""
    for nothing in (None, Account(plans=[]), account(), account(Scribe=[cost("Profile", 9)])):
        assert live_prices(nothing) == Prices()


def test_the_balance_is_the_plans() -> None:
    """Whole credits, as LeadIQ counts; None without a plan of them."""
    assert balance(account()) == Balance(available=90, used=10, renewed_at=None)
    assert balance(None) is None
    assert balance(Account(plans=[])) is None

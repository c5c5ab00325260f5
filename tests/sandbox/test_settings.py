"""Rules of the settings: what makes no sense is refused by name."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from leadiq.sandbox import DEFAULT_KEY, Key, Prices, SandboxSettings, Team


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("people", 0),
        ("people", 10**9 + 1),
        ("people", True),
        ("people", 2.5),
        ("seed", -1),
        ("epoch", datetime(2026, 1, 1)),  # noqa: DTZ001 - that is the point
        ("key", ""),
        ("key", "Basic abc"),
        ("key", "schlüssel"),
        ("requests_per_minute", 0),
        ("credits", Decimal(-1)),
        ("credits", Decimal("NaN")),
        ("credits", 100),
        ("hash_limit", 0),
        ("scan_limit", 0),
        ("max_body_bytes", 0),
        ("max_document_bytes", 0),
        ("max_aliases", 0),
        ("aliases", "cheap"),
        ("plan", "golden"),
        ("teams", (Team(name="sandbox", keys=(Key(key="b"),)),)),
        ("teams", (Team(name="b", keys=(Key(key=DEFAULT_KEY),)),)),
        ("cached_documents", 0),
        ("window", "rolling"),
        ("misses", "maybe"),
        ("company_repeats", "half"),
        ("error_form", "xml"),
        ("cursor_end", "wall"),
        ("decimals", "hex"),
        ("tracking_end", "never"),
        ("tracking_s", -0.1),
        ("tracking_s", float("nan")),
        ("tracking_timeout_s", float("inf")),
        ("regenerate_s", True),
        ("regenerate_s", "1"),
        ("tracked_contacts", 0),
    ],
)
def test_a_value_that_would_not_do_is_named(field: str, value: Any) -> None:
    """Each refusal is a ValueError whose sentence begins with the field."""
    with pytest.raises(ValueError, match=f"^{field} .*\\.$"):
        SandboxSettings(**{field: value})


@pytest.mark.parametrize("price", ["profile", "person_email", "person_phone", "company", "page"])
def test_each_price_is_checked(price: str) -> None:
    """A price is a Decimal of zero or more."""
    with pytest.raises(ValueError, match=f"^prices.{price} "):
        Prices(**{price: 0.1})  # type: ignore[arg-type]
    assert getattr(Prices(**{price: Decimal(0)}), price) == 0


def test_edges_are_accepted() -> None:
    """The ends of each range are inside it, and None means no limit."""
    settings = SandboxSettings(
        people=1, seed=0, requests_per_minute=None, epoch=datetime(1999, 1, 1, tzinfo=UTC)
    )
    assert settings.requests_per_minute is None
    assert SandboxSettings(people=10**9).people == 10**9
    assert settings.key == DEFAULT_KEY == "c2FuZGJveC1rZXk6"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("keys", ()), ("credits", 5), ("plan", "golden")],
)
def test_a_team_that_would_not_do_is_refused(field: str, value: Any) -> None:
    """Each refusal names the field of the team."""
    with pytest.raises(ValueError, match=f"^{field} "):
        Team(**{"name": "b", "keys": (Key(key="b"),), field: value})


def test_the_first_team_is_the_settings_own() -> None:
    """Its key, limit, credits and plan are those of the settings; the others follow."""
    other = Team(name="b", keys=(Key(key="b", requests_per_minute=10),), plan="api")
    settings = SandboxSettings(credits=Decimal(7), plan="trial", teams=(other,))
    first, second = settings.all_teams()
    assert (first.name, first.credits, first.plan) == ("sandbox", Decimal(7), "trial")
    assert first.keys == (Key(key=DEFAULT_KEY, requests_per_minute=60),)
    assert second is other

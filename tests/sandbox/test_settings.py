"""Rules of the settings: what makes no sense is refused by name."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from leadiq.sandbox import DEFAULT_KEY, Prices, SandboxSettings


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
        ("cached_documents", 0),
        ("window", "rolling"),
        ("misses", "maybe"),
        ("company_repeats", "half"),
        ("error_form", "xml"),
        ("cursor_end", "wall"),
        ("decimals", "hex"),
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

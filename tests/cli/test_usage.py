"""The rules of `leadiq usage`: what was used, by lines or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from leadiq import LeadIQ
from leadiq.types import UsageMetaType

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox import Sandbox


@pytest.fixture(autouse=True)
def sandbox(use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox) -> None:
    """The environment points at the sandbox."""
    use(shared_sandbox)


def test_usage_is_shown(leadiq: Callable[..., Any]) -> None:
    """There is a line for the subscription and one for the credits."""
    ran = leadiq("usage", "--since", "2026-01-01")
    assert (ran.code, ran.err) == (0, "")
    assert "subscription " in ran.out
    assert "universal credits " in ran.out
    assert "universalUsage" in json.loads(leadiq("usage", "--json").out)


def test_each_part_has_its_line(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts of a plan and of a trial are told apart, with a cap or without."""
    part = {
        "name": "PeopleSearch",
        "usageType": "Basic",
        "creditType": "Credits",
        "units": 1200,
        "billingType": "Monthly",
        "trial": False,
    }
    found = UsageMetaType.model_validate(
        {
            "planUsage": [part],
            "trialUsage": [{**part, "cap": 5000}],
            "subscription": {"status": None},
            "universalUsage": [],
        }
    )

    async def answer(_: object) -> UsageMetaType:
        return found

    monkeypatch.setattr(LeadIQ, "usage", answer)
    lines = leadiq("usage").out.splitlines()
    assert [line.split(maxsplit=1)[1].strip() for line in lines] == [
        "1,200 Credits",
        "(trial)    1,200 of 5,000 Credits",
    ]

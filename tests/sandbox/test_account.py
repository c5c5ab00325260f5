"""Rules of what a plan shows: balance and prices, or a line of usage with a cap."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from leadiq.sandbox._world import World

Make = Callable[..., Any]
SHOWN = """{
  account { plans { __typename status ... on ApiPlan { usage { name units cap trial } } }
            universalPlan { available used costs { costs { dataPoint cost costInDecimals } } } }
  usage { planUsage { name units cap } trialUsage { name units cap } universalUsage { units cap } }
}"""
SPEND = 'query($id: String) { searchPeople(input: {id: $id}) { results { id } } }'  # fmt: skip


def shown(make: Make, world: World, **settings: Any) -> Any:
    sandbox = make(credits=Decimal("10.5"), **settings)
    sandbox.data(SPEND, {"id": world.person(5).id})
    sandbox.data("{ flatAdvancedSearch(input: {limit: 1}) { totalPeople } }")
    return sandbox.data(SHOWN)


def test_universal_credits(make: Make, world: World) -> None:
    """Balance in whole credits, rounded against the caller; live prices; pages as a line."""
    data = shown(make, world)
    plan = data["account"]["universalPlan"]
    assert (plan["available"], plan["used"]) == (9, 2)
    costs = {cost["dataPoint"]: cost["costInDecimals"] for cost in plan["costs"][0]["costs"]}
    assert costs == {"Profile": 0.1, "PersonEmail": 1, "PersonPhone": 10, "Company": 3}
    assert [p["__typename"] for p in data["account"]["plans"]] == ["UniversalPlan", "ApiPlan"]
    assert data["usage"] == {
        "planUsage": [{"name": "AdvancedSearch", "units": 1, "cap": None}],
        "trialUsage": [],
        "universalUsage": [{"units": 2, "cap": 10}],
    }


def test_decimals_can_be_strings(make: Make, world: World) -> None:
    """As a setting the prices are written as text."""
    plan = shown(make, world, decimals="string")["account"]["universalPlan"]
    assert plan["costs"][0]["costs"][0] == {
        "dataPoint": "Profile", "cost": 1, "costInDecimals": "0.1",
    }  # fmt: skip


@pytest.mark.parametrize(("plan", "place"), [("api", "planUsage"), ("trial", "trialUsage")])
def test_without_universal_credits(make: Make, world: World, plan: str, place: str) -> None:
    """There is no balance; a line of usage has the cap, at a trial in the trial's place."""
    data = shown(make, world, plan=plan)
    assert data["account"]["universalPlan"] is None
    (api,) = data["account"]["plans"]
    assert api["status"] == ("Trialing" if plan == "trial" else "Active")
    assert api["usage"][0] == {"name": "API", "units": 2, "cap": 10, "trial": plan == "trial"}
    lines = {"planUsage": [], "trialUsage": [], "universalUsage": []}
    lines[place] = [
        {"name": "API", "units": 2, "cap": 10}, {"name": "AdvancedSearch", "units": 1, "cap": None},
    ]  # fmt: skip
    assert data["usage"] == lines

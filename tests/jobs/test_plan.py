"""The rules of plans: what is written is read again, and a plan is for one job alone."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq import ConfigurationError, Prices
from leadiq._core.pricing import Unlock
from leadiq._jobs.forecast import Credits
from leadiq._jobs.plan import Counts, Plan, budget_for, read_plan

CREDITS = Credits(Decimal("1.5"), Decimal("4.2"), Decimal("7.5"), Decimal(20))
PLAN = Plan(
    digest="ab" * 32,
    columns={"email": 2},
    unlock=frozenset({Unlock.WORK_EMAIL, Unlock.COMPANY}),
    prices=Prices(email=Decimal("1.25")),
    counts=Counts(rows=9, invalid=1, duplicates=2, lookups=6, known=0, unseen=1),
    credits=CREDITS,
    budget=Decimal(9),
    created="2026-01-02T03:04:05+00:00",
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """To the last digit; what else is in the file does not matter."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({**PLAN.to_dict(), "more": 1}))
    assert read_plan(path) == PLAN


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"version": 2}, "another version"),
        ({"budget": "-1"}, "is no plan"),
        ({"budget": "NaN"}, "is no plan"),
        ({"budget": "Infinity"}, "is no plan"),
        ({"columns": {"email": "x"}}, "is no plan"),
        ({"counts": {**PLAN.to_dict()["counts"], "rows": "x"}}, "is no plan"),
        ({"budget": "much"}, "is no plan"),
        ({"unlock": ["all"]}, "is no plan"),
        ({"counts": {"rows": 1}}, "is no plan"),
        ({"prices": None}, "is no plan"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    """With what to do about it, and before anything is sent."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({**PLAN.to_dict(), **changes}))
    with pytest.raises(ConfigurationError, match=says) as caught:
        read_plan(path)
    assert not caught.value.sent


@pytest.mark.parametrize("content", ["", "[]", "{}", "1", "\udcff"])
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    """Whatever is in them."""
    path = tmp_path / "plan.json"
    path.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(ConfigurationError, match="is no plan") as caught:
        read_plan(path)
    assert not caught.value.sent


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the system's reason."""
    with pytest.raises(ConfigurationError, match=r"cannot read .*plan\.json: No such") as caught:
        read_plan(tmp_path / "plan.json")
    assert not caught.value.sent


def test_amounts_are_written_in_full(tmp_path: Path) -> None:
    """Without an exponent; a budget of nothing is one."""
    plan = replace(PLAN, budget=Decimal(0), prices=Prices(phone=Decimal("1E+1")))
    assert plan.to_dict()["prices"]["phone"] == "10"
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan.to_dict()))
    assert read_plan(path) == plan


def test_a_plan_fits_its_job() -> None:
    """The profile is in every selection."""
    PLAN.check("ab" * 32, PLAN.unlock, {"email": 2})
    PLAN.check("ab" * 32, [*PLAN.unlock, Unlock.PROFILE], {"email": 2})


@pytest.mark.parametrize(
    ("digest", "unlock", "columns", "says"),
    [
        ("cd" * 32, PLAN.unlock, {"email": 2}, "IN has changed"),
        ("ab" * 32, {Unlock.WORK_EMAIL}, {"email": 2}, "another --unlock"),
        ("ab" * 32, PLAN.unlock, {"email": 1}, "other columns"),
    ],
    ids=["file", "unlock", "columns"],
)
def test_a_plan_fits_no_other_job(
    digest: str, unlock: frozenset[Unlock], columns: dict[str, int], says: str
) -> None:
    """A changed file, another selection and other columns are refused before anything is sent."""
    text = f"the plan does not fit: .*{says}.*; make a new one with leadiq plan"
    with pytest.raises(ConfigurationError, match=text) as caught:
        PLAN.check(digest, unlock, columns)
    assert not caught.value.sent


def test_the_budget_lets_the_job_come_to_its_end() -> None:
    """The last lookup's reservation fits, and what is free again but counted; never above need."""
    assert budget_for(CREDITS, Decimal(1), Decimal(0)) == 9
    assert budget_for(CREDITS, Decimal(13), Decimal(0)) == 20
    assert budget_for(CREDITS, Decimal("1.5"), Decimal("2.1")) == 12

"""leadiq.testing._spending: what a block was charged, against what it may be."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import Any

import pytest

from leadiq import Unlock
from leadiq.testing import LocalSandbox, assert_spent, no_spend
from leadiq.types import SearchPeopleInput

pytestmark = pytest.mark.anyio


async def look_up(sandbox: LocalSandbox, *unlock: Unlock, times: int = 1) -> None:
    """Ask for people who have everything, each for the first time."""
    there = (one for one in sandbox.people() if one.work_email and one.personal_phone)
    leadiq = sandbox.client()
    for one in islice(there, times):
        await leadiq.search_people(SearchPeopleInput(id=one.id), unlock=unlock)


async def test_what_is_within_the_limit_passes() -> None:
    """A block may spend up to `max`, and `exactly` is exact; the spending is told."""
    with LocalSandbox() as sandbox:
        with assert_spent(sandbox, max=1) as spending:
            await look_up(sandbox, Unlock.WORK_EMAIL)
        assert spending.credits == Decimal(1)
        paid = [charge.data_point for charge in spending.charges if charge.credits]
        assert paid == ["PersonEmail"]
        with assert_spent(sandbox, max="11"):
            await look_up(sandbox, Unlock.PERSONAL_PHONE)


@pytest.mark.parametrize(
    "limit", [{"max": 10}, {"exactly": 12}, {"exactly": 10}, {"exactly": Decimal("11.1")}]
)
async def test_what_is_not_as_allowed_fails(limit: dict[str, Any]) -> None:
    """More than `max` fails, and so does more or less than `exactly`; the charges say why."""
    with LocalSandbox() as sandbox:
        with pytest.raises(AssertionError) as failure, assert_spent(sandbox, **limit):
            await look_up(sandbox, Unlock.WORK_EMAIL, Unlock.PERSONAL_PHONE)
        text = str(failure.value)
        assert text.startswith("spent 11 credits, where ")
        assert "10 for 1 x PersonPhone in searchPeople (SearchPeople): " in text
        assert next(sandbox.people()).id not in text


async def test_a_tenth_is_a_tenth() -> None:
    """0.1 is taken as it is written, not as the float next to it."""
    with LocalSandbox() as sandbox, assert_spent(sandbox, exactly=0.3):
        await look_up(sandbox, times=3)


async def test_only_the_block_counts() -> None:
    """What was charged before is no spending of the block."""
    with LocalSandbox() as sandbox:
        await look_up(sandbox, Unlock.WORK_EMAIL)
        with assert_spent(sandbox, exactly="0.1"):
            other = next(one for one in sandbox.people() if not one.work_email)
            await sandbox.client().search_people(SearchPeopleInput(id=other.id))


async def test_no_spend_lets_pass_what_is_free() -> None:
    """The account, a miss, and what the team has unlocked already cost nothing."""
    with LocalSandbox() as sandbox:
        await look_up(sandbox, Unlock.WORK_EMAIL)
        with no_spend(sandbox) as spending:
            await sandbox.client().account()
            await sandbox.client().search_people(SearchPeopleInput(email="nobody@example.com"))
            await look_up(sandbox, Unlock.WORK_EMAIL)
        assert spending.credits == 0
        assert {charge.credits for charge in spending.charges} == {0}


async def test_no_spend_fails_at_the_least_charge() -> None:
    """A tenth of a credit is spending."""
    told = pytest.raises(AssertionError, match=r"spent 0\.1 credits, where exactly 0")
    with LocalSandbox() as sandbox, told, no_spend(sandbox):
        await look_up(sandbox)


async def test_long_lists_are_cut() -> None:
    """A failure names twenty charges and counts the others."""
    told = pytest.raises(AssertionError, match="and 2 more")
    with LocalSandbox() as sandbox, told as failure, assert_spent(sandbox, max=1):
        await look_up(sandbox, times=22)
    assert str(failure.value).count("\n") == 21


async def test_a_reset_inside_the_block_is_told() -> None:
    """Without the ledger nobody can tell what was spent, so that is no success."""
    with LocalSandbox() as sandbox:
        await look_up(sandbox)
        told = pytest.raises(AssertionError, match="was reset inside the block")
        with told, assert_spent(sandbox, max=5):
            sandbox.reset()
        told = pytest.raises(AssertionError, match="was reset inside the block")
        with told, no_spend(sandbox):  # nothing was charged before it
            await look_up(sandbox)
            sandbox.reset()


async def test_a_block_that_fails_shows_its_own_error() -> None:
    """The spending is not judged over an error of the code under test."""
    told = pytest.raises(LookupError, match="mine")
    with LocalSandbox() as sandbox, told, no_spend(sandbox):
        await look_up(sandbox)
        raise LookupError("mine")


@pytest.mark.parametrize(
    "limit",
    [{}, {"max": 1, "exactly": 1}, {"max": -1}, {"exactly": "much"}, {"max": float("inf")}],
)
async def test_a_limit_that_makes_no_sense_is_refused(limit: dict[str, Any]) -> None:
    """One of `max` and `exactly`, a number of 0 or more, before the block is begun."""
    told = pytest.raises(ValueError, match="max and exactly")
    with LocalSandbox() as sandbox, told, assert_spent(sandbox, **limit):
        raise AssertionError("it was begun")

"""Budgets that processes share by a name: what can be one, and where it is."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path

import pytest

from leadiq import Budget, BudgetError, ConfigurationError, SharedBudget
from leadiq._jobs.budget_rules import UNITS, Line
from leadiq._jobs.budget_sqlite import SqliteBook

from .books import MemoryBook

D = Decimal


@pytest.mark.anyio
async def test_a_shared_budget_has_to_be_entered() -> None:
    """Without a job there is nobody to count it for."""
    with pytest.raises(ConfigurationError, match="enter"):
        await Budget.of(SharedBudget("team", 10, MemoryBook)).reserve(D(1))


@pytest.mark.anyio
async def test_in_a_file_it_is_beside_the_journals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`LEADIQ_STATE` names the directory, which is made; another file can be named."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    for path, file in (
        (None, tmp_path / "state/budgets.db"),
        (tmp_path / "b.db", tmp_path / "b.db"),
    ):
        shared = SharedBudget.sqlite("team", 10, path=path)
        async with Budget(None, within=shared).entered("one", lambda _: D(0)) as one:
            await (await one.reserve(D(8))).settle(D(1))
        book = SqliteBook(file)
        assert [shown.jobs["one"][0] for shown in book.budgets()] == [Line(UNITS)]
        book.close()


@pytest.mark.anyio
async def test_it_can_be_sent_to_workers(tmp_path: Path) -> None:
    """With plain pickle; there it is the same budget."""
    here = SharedBudget.sqlite("team", 10, path=tmp_path / "b.db")
    there = pickle.loads(pickle.dumps(here))  # noqa: S301 - our own
    async with (
        Budget(None, within=here).entered("one", lambda _: D(8)),
        Budget(None, within=there).entered("two", lambda _: D(0)) as two,
    ):
        with pytest.raises(BudgetError, match="of 10 credits does not cover"):
            await two.reserve(D(3))


def test_with_its_redis_too() -> None:
    """Its server is asked for nothing until there is a job."""
    pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")
    here = SharedBudget.redis("team", 10, "redis://127.0.0.1:1", per_day=True)
    there = pickle.loads(pickle.dumps(here))  # noqa: S301 - our own
    assert str(there) == str(here) == "the shared budget 'team' of 10 credits a day"


@pytest.mark.parametrize("limit", [D(-1), D("NaN"), D("Infinity")], ids=str)
def test_a_limit_is_a_number_of_credits(limit: Decimal) -> None:
    """A limit that is no amount is refused, and so is a name that is none."""
    with pytest.raises(ConfigurationError, match="number of credits"):
        SharedBudget.sqlite("team", limit)
    with pytest.raises(ConfigurationError, match="printable"):
        SharedBudget.sqlite("", 1)


def test_a_limit_beyond_all_bounds_is_one() -> None:
    """It is counted as a little less than what has no bound, which it does not cover."""
    shared = SharedBudget("team", 10**12, MemoryBook)
    assert (shared.limit, shared.terms(0).limit) == (10**12, 10**9 * UNITS - 1)

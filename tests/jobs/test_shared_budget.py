"""Budgets that processes share by a name: what can be one, and where it is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from leadiq import Budget, ConfigurationError, SharedBudget
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

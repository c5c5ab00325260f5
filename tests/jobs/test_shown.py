"""What a notebook shows of a plan, a run and its books: numbers, and nobody."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from in_process import sandboxed
from leadiq import LeadIQ, Run
from leadiq._core.errors import BudgetError
from leadiq._core.pricing import DataPoint
from leadiq._jobs.reconciliation import Line, Reconciliation

ROWS = [{"email": f"ada{at}@example.com"} for at in range(3)]


@asynccontextmanager
async def running(leadiq: LeadIQ) -> AsyncGenerator[Run[dict[str, str]]]:
    """A job, at its first outcome."""
    async with leadiq.enrich(ROWS, unlock="work-email", budget=100, job="shown") as results:
        await anext(results)
        yield results
        async for _ in results:
            pass


@pytest.mark.anyio
async def test_a_plan_and_a_run_in_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan shows its price, a run how far it is, and at its end what it came to."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path))
    async with sandboxed(people=100) as leadiq:
        plan = (await leadiq.plan(ROWS, unlock="work-email"))._repr_html_()
        async with running(leadiq) as results:
            early = results._repr_html_()
        late = results._repr_html_()
    assert "plan: work-email" in plan
    assert '<th style="text-align:left">budget</th>' in plan
    assert "job shown, under way" in early
    assert late == results.summary._repr_html_() != early
    assert '<th style="text-align:left">lookups sent</th><td>3</td>' in late
    assert not any("example.com" in html for html in (plan, early, late))
    ended = replace(results.summary, limit=None, stopped_by=BudgetError("used up"))._repr_html_()
    assert "unlimited" in ended
    assert "BudgetError" in ended
    assert "before its end" in replace(results.summary, interrupted=True)._repr_html_()


def test_books_are_two_tables() -> None:
    """Data points with their prices, and the sums below them."""
    line = Line(DataPoint.EMAIL, 100, 70, Decimal(1), Decimal(70), 0, Decimal(0))
    books = Reconciliation(
        (line,), Decimal(70), Decimal(0), Decimal(0), 0, 10, 80, 70, (), None, Decimal(100)
    )
    html = books._repr_html_()
    assert "<td>100</td><td>70</td><td>1</td><td>70</td>" in html
    assert "counted by the account" in html

"""Batches against the sandbox, over a socket: its bounds, its limit and its ledger."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pytest

from leadiq import LeadIQ, Unlock
from leadiq._conduct.retry import RetryPolicy
from leadiq._engine.answers import Answer
from leadiq._jobs.budget import Budget
from leadiq._jobs.journal import Journal
from leadiq._jobs.lookups import PaidLookups
from leadiq._jobs.probing import batches_for
from leadiq._jobs.store import Store
from leadiq.sandbox import Partial, Refused, Reset, Sandbox, SandboxSettings, Truncated
from leadiq.sandbox._world import World
from leadiq.types import SearchPeopleInput

pytestmark = pytest.mark.anyio

PEOPLE = 60
EMAIL = frozenset({Unlock.WORK_EMAIL})


def everybody() -> list[SearchPeopleInput]:
    """All people of the world, by id, and two who are not there."""
    world = World(people=PEOPLE, seed=1)
    ids = [world.ids.person_id(number) for number in range(PEOPLE)]
    nobody = [SearchPeopleInput(email=f"{name}@example.com", limit=1) for name in "xy"]
    return [*(SearchPeopleInput(id=each, limit=1) for each in ids), *nobody]


async def run(
    sandbox: Sandbox, journal: Journal, size: Any = 25
) -> tuple[list[Answer], Budget, int]:
    """Look up everybody; give the answers, the budget, and the size of batches at the end."""
    retry = RetryPolicy(attempts=3, base_s=0.001, window_s=0.05)
    budget, answers = Budget(None), list[Answer]()
    async with LeadIQ(
        sandbox.key, endpoint=sandbox.url, requests_per_minute=600_000, burst=100, retry=retry
    ) as leadiq:
        store = Store(journal.path.parent)
        async with await batches_for(size, leadiq, journal, store) as batches:
            paid = PaidLookups(leadiq, journal, budget, batches=batches)

            async def one(asked: SearchPeopleInput) -> None:
                answers.append(await paid.look_up(asked, EMAIL))

            async with anyio.create_task_group() as tasks:
                for asked in everybody():
                    tasks.start_soon(one, asked)
    return answers, budget, batches.size


def settings(**more: Any) -> SandboxSettings:
    return SandboxSettings(**{"people": PEOPLE, "requests_per_minute": None, **more})


def charged(sandbox: Sandbox) -> Decimal:
    return sum((line.credits for line in sandbox.ledger()), Decimal(0))


@pytest.mark.parametrize(
    ("more", "size", "at_end"),
    [
        ({}, "auto", 25),
        ({"max_aliases": 10}, "auto", 6),
        ({"max_aliases": 10}, 25, 6),
        ({"error_form": "http", "max_aliases": 3}, 25, 3),
    ],
    ids=["unbounded", "probed", "halved", "http"],
)
async def test_everybody_is_looked_up_whatever_the_bound(
    journal: Journal, more: dict[str, Any], size: Any, at_end: int
) -> None:
    """A size that works is found, and the receipts add up to the server's ledger."""
    with Sandbox(settings(**more)) as sandbox:
        answers, budget, found = await run(sandbox, journal, size)
        assert found == at_end
        assert all(answer.error is None for answer in answers)
        receipts = sum(answer.receipt.charged or 0 for answer in answers)
        assert charged(sandbox) == budget.spent == receipts > 30


async def test_where_each_alias_counts_there_are_no_batches(journal: Journal) -> None:
    """They would win nothing, and be refused."""
    with Sandbox(settings(requests_per_minute=10, aliases="counted")) as sandbox:
        async with LeadIQ(sandbox.key, endpoint=sandbox.url) as leadiq:
            store = Store(journal.path.parent)
            assert (await batches_for("auto", leadiq, journal, store)).size == 1


FAULTS = [
    Reset(requests=(1, 3)),
    Reset(requests=(1,), at="body"),
    Truncated(requests=(2,), keep=0.4),
    Refused(requests=(2,), status=500, charged=True),
    Refused(requests=(1, 2), status=429),
    Partial(requests=(1,), field="SearchResult.totalResults"),
    Partial(requests=(2,), field="PersonRecord.confidence"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}-{fault.requests}")
async def test_whatever_goes_wrong_is_paid_once(journal: Journal, fault: Any) -> None:
    """Charged before it broke, it is free again; the sum of what came back is the ledger's."""
    with Sandbox(settings(faults=(fault,))) as sandbox:
        answers, budget, _ = await run(sandbox, journal)
        assert sum(answer.result is not None for answer in answers) == PEOPLE + 2
        assert charged(sandbox) == budget.spent
        assert budget.reserved == 0


async def test_credits_that_end_in_the_middle_are_spent(journal: Journal, path: Path) -> None:
    """What they cover is found, the rest is refused and free; with more, the job goes on."""
    with Sandbox(settings(credits=Decimal(20))) as sandbox:
        answers, budget, _ = await run(sandbox, journal, 10)
        assert charged(sandbox) == budget.spent
        assert 19 < charged(sandbox) <= 20
        refused = [answer for answer in answers if answer.result is None]
        assert refused
        assert all(answer.receipt.charged == 0 for answer in refused)
    assert journal.totals().uncertain == 0
    with Sandbox(settings()) as sandbox:
        await run(sandbox, journal, 10)
        assert charged(sandbox) == journal.totals().charged - budget.spent

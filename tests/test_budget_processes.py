"""One budget for many workers, against a server over a socket: its own ledger is the judge."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import pytest

from leadiq import Budget, BudgetStoreError, InsufficientCreditsError, LeadIQ, SharedBudget
from leadiq._jobs.budget_redis import RedisBook
from leadiq._jobs.budget_rules import Line, credits_
from leadiq._jobs.budget_sqlite import SqliteBook
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World
from redis_server import RedisServer, redis_server  # noqa: F401

LIMIT = Decimal(100)
PEOPLE = 400
UNLOCKS = (("work-email",), ("work-phone",), ("company",), ("work-email", "personal-phone"))
"""What each process pays for: between a tenth of a credit and eleven for a row, told beforehand as
between one and twelve."""
MOST = (Decimal(1), Decimal(10), Decimal(12), Decimal(11))

WORKER = """
import asyncio, json, os, signal, sys
from leadiq import Budget, LeadIQ, SharedBudget
from leadiq._jobs import budget_sqlite

budget_sqlite._BUSY_S = 60.0  # a slow disk may let one of them wait for many turns of the others

async def main(url, key, store, unlock, job, rows_to_live, *emails):
    if store.startswith("redis:"):
        shared = SharedBudget.redis("team", 100, store)
    else:
        shared = SharedBudget.sqlite("team", 100, path=store)
    async with (
        LeadIQ(key, endpoint=url, requests_per_minute=600_000, burst=600_000) as leadiq,
        leadiq.enrich(
            [{"email": email} for email in emails],
            unlock=unlock.split(","),
            budget=Budget(None, within=shared),
            job=job or None,
            concurrency=16,
            batch=1,
        ) as results,
    ):
        statuses = []
        async for outcome in results:
            statuses.append(str(outcome.status))
            if len(statuses) == int(rows_to_live):
                os.kill(os.getpid(), signal.SIGKILL)
    stopped_by = results.summary.stopped_by
    print(json.dumps([statuses, stopped_by and type(stopped_by).__name__]))

asyncio.run(main(*sys.argv[1:]))
"""


@dataclass
class Ended:
    """How a process ended."""

    statuses: list[str]
    stopped_by: str | None


@pytest.fixture(scope="module")
def emails() -> list[str]:
    """People of the sandbox."""
    world = World(people=PEOPLE, seed=1)
    found = [world.person(number).current[0].email for number in range(PEOPLE)]
    return [email.value for email in found if email and email.value]


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    with Sandbox(SandboxSettings(people=PEOPLE, requests_per_minute=None)) as sandbox:
        yield sandbox


def begun(
    sandbox: Sandbox,
    store: object,
    unlock: Sequence[str],
    emails: Sequence[str],
    job: str = "",
    rows_to_live: int = 0,
) -> subprocess.Popen[bytes]:
    """A process that enriches rows within the shared budget; it may kill itself."""
    what = (sandbox.url, sandbox.key, str(store), ",".join(unlock), job, str(rows_to_live))
    command = [sys.executable, "-c", WORKER, *what, *emails]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ)


def ended(worker: subprocess.Popen[bytes]) -> Ended:
    said, _ = worker.communicate()
    assert worker.returncode == 0
    return Ended(*json.loads(said))


def run(sandbox: Sandbox, store: object, emails: Sequence[str]) -> list[Ended]:
    """Four processes at once, each with its part of the rows."""
    workers = [
        begun(sandbox, store, unlock, emails[number::4]) for number, unlock in enumerate(UNLOCKS)
    ]
    return [ended(worker) for worker in workers]


def told(path: Path) -> Line:
    """What the file says of all jobs."""
    book = SqliteBook(path)
    (shown,) = book.budgets()
    book.close()
    return shown.all


def charged(sandbox: Sandbox) -> Decimal:
    return sum((charge.credits for charge in sandbox.ledger()), Decimal(0))


def judge(sandbox: Sandbox, ends: Sequence[Ended]) -> None:
    """Nothing above the limit, and nobody stopped who could have gone on."""
    spent = charged(sandbox)
    assert spent <= LIMIT
    for end, most in zip(ends, MOST, strict=True):
        assert end.stopped_by in (None, "BudgetError")
        assert ("not_sent" in end.statuses) is (end.stopped_by is not None)
        assert end.stopped_by is None or spent + most > LIMIT
    assert any(end.stopped_by for end in ends)


def test_four_processes_of_sixteen_keep_to_one_budget_in_a_file(
    sandbox: Sandbox, emails: list[str], tmp_path: Path
) -> None:
    """The server has charged a hundred credits at most, and what stopped would not have fitted."""
    path = tmp_path / "budgets.db"
    judge(sandbox, run(sandbox, path, emails))
    assert (credits_(told(path).spent), told(path).reserved) == (charged(sandbox), 0)


def test_four_processes_of_sixteen_keep_to_one_budget_in_redis(
    sandbox: Sandbox,
    emails: list[str],
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """The same over a real Redis."""
    judge(sandbox, run(sandbox, redis_server.url, emails))


def test_what_a_killed_job_holds_is_kept_for_it(
    sandbox: Sandbox, emails: list[str], tmp_path: Path
) -> None:
    """While it is dead its credits are nobody's; gone on with, it tells what it really spent."""
    path = tmp_path / "budgets.db"
    what = (sandbox, path, ("work-email",), emails[:60], "mine")
    killed = begun(*what, rows_to_live=10)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    held = told(path)
    assert held.reserved
    other = ended(begun(sandbox, path, ("work-email",), emails[60:80]))
    assert other.stopped_by is None
    assert told(path).reserved == held.reserved
    assert charged(sandbox) <= credits_(sum(told(path)))
    assert ended(begun(*what)).stopped_by is None
    assert (credits_(told(path).spent), told(path).reserved) == (charged(sandbox), 0)


@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
@pytest.mark.anyio
async def test_a_redis_that_vanishes_ends_the_job_and_costs_nothing(
    sandbox: Sandbox,
    emails: list[str],
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """Nothing is sent without it; gone on with, nothing that was answered is asked again."""

    async def work(rows: int) -> tuple[Any, list[str]]:
        shared = SharedBudget.redis("team", 10_000, redis_server.url)
        statuses = list[str]()
        async with (
            LeadIQ(sandbox.key, endpoint=sandbox.url, requests_per_minute=60_000) as leadiq,
            leadiq.enrich(
                [{"email": email} for email in emails[:60]],
                unlock="work-email",
                budget=shared,
                job="mine",
                concurrency=4,
                batch=1,
            ) as results,
        ):
            async for outcome in results:
                statuses.append(str(outcome.status))
                if len(statuses) == rows:
                    redis_server.kill()
        return results.summary.stopped_by, statuses

    stopped_by, statuses = await work(10)
    assert isinstance(stopped_by, BudgetStoreError)
    assert statuses.count("not_sent") > 20
    requests = {charge.request for charge in sandbox.ledger()}
    assert len(requests) <= 60 - statuses.count("not_sent")
    redis_server.start()
    stopped_by, statuses = await work(0)
    assert stopped_by is None
    assert "not_sent" not in statuses
    book = RedisBook(redis_server.url)
    (shown,) = book.budgets()
    book.close()
    assert (credits_(shown.all.spent), shown.all.reserved) == (charged(sandbox), 0)


@pytest.mark.anyio
@pytest.mark.parametrize("number", [0, 3])
async def test_sixty_four_tasks_keep_to_one_budget(
    sandbox: Sandbox, emails: list[str], number: int
) -> None:
    """In one process, for each price: never above a hundred, and never stopped too early."""
    budget = Budget(LIMIT)
    async with (
        LeadIQ(
            sandbox.key, endpoint=sandbox.url, requests_per_minute=600_000, burst=600_000
        ) as leadiq,
        leadiq.enrich(
            [{"email": email} for email in emails],
            unlock=UNLOCKS[number],
            budget=budget,
            concurrency=64,
            batch=1,
        ) as results,
    ):
        async for _ in results:
            pass
    assert charged(sandbox) == budget.spent <= LIMIT
    assert budget.reserved == 0
    assert budget.spent + MOST[number] > LIMIT


@pytest.mark.anyio
async def test_a_402_stops_the_jobs_of_other_accounts_too(
    sandbox: Sandbox, emails: list[str]
) -> None:
    """Credits of one job's account are used up: one that could have gone on for long stops too."""
    poor = SandboxSettings(people=PEOPLE, requests_per_minute=None, credits=Decimal(3))
    half = len(emails) // 2
    stopped = list[Any]()

    async def work(server: Sandbox, some: list[str]) -> None:
        shared = SharedBudget.sqlite("team", 10_000)
        async with (
            LeadIQ(server.key, endpoint=server.url, requests_per_minute=6_000) as leadiq,
            leadiq.enrich(
                [{"email": email} for email in some],
                unlock="work-email",
                budget=shared,
                concurrency=2,
                batch=1,
            ) as results,
        ):
            async for _ in results:
                pass
        stopped.append(results.summary.stopped_by)

    with Sandbox(poor) as other:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(work, sandbox, emails[:half])
            tasks.start_soon(work, other, emails[half:])
    assert [type(error) for error in stopped] == [InsufficientCreditsError] * 2
    assert not all(error.sent for error in stopped)

"""One ledger for many workers, against a server over a socket: its own ledger is the judge."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
import pytest

from forks import Fork, Forks
from jobs.ledgers import KINDS, ledger_url, new_ledger
from leadiq import Ledger
from leadiq._jobs.entries import State
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World
from postgres_server import postgres_session  # noqa: F401

PEOPLE = 100
LEASE_S = 3.0

WORKER = """
import asyncio, json, os, signal
from contextlib import suppress
import leadiq.types
from leadiq import ConnectError, Ledger, LeadIQ, RetryPolicy
from leadiq._jobs import columns, ledger_job, ledger_redis, ledger_sql, run

async def warm():  # what is imported by the first request, is by no fork
    once = RetryPolicy(attempts=1)
    with suppress(ConnectError):
        async with LeadIQ("nobody-at-all", endpoint="http://127.0.0.1:9", retry=once) as leadiq:
            await leadiq.account()

asyncio.run(warm())

def deadly(dies):
    name, number, when = dies.split(":")
    method = getattr(ledger_job.LedgerJob, name)
    done = 0

    async def fatal(self, *values):
        nonlocal done
        if when == "before" and done == int(number) - 1:
            os.kill(os.getpid(), signal.SIGKILL)
        result = await method(self, *values)
        done += 1
        if done == int(number):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(ledger_job.LedgerJob, name, fatal)

async def enrich(url, key, name, store, job, dies, *emails):
    ledger = Ledger(name, store, lease_s=3.0)
    if dies:
        deadly(dies)
        object.__setattr__(ledger, "lease_s", 0.3)  # nobody else is there, nor need wait for long
    async with (
        LeadIQ(key, endpoint=url, requests_per_minute=600_000, burst=600_000) as leadiq,
        leadiq.enrich(
            [{"email": email} for email in emails],
            unlock="work-email",
            budget=1000,
            ledger=ledger,
            job=job,
            batch=5,
            concurrency=4,
        ) as results,
    ):
        told = []
        async for one in results:
            person = one.person and one.person.id
            told.append([str(one.status), person, str(one.receipt.charged), one.receipt.source])
    print(json.dumps(told))

def main(*words):
    asyncio.run(enrich(*words))
"""


@pytest.fixture(scope="module")
def emails() -> list[str]:
    """People of the sandbox."""
    world = World(people=PEOPLE, seed=1)
    found = [world.person(number).current[0].email for number in range(PEOPLE)]
    return [email.value for email in found if email and email.value]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SandboxSettings(people=PEOPLE, requests_per_minute=None)) as sandbox:
        yield sandbox


@pytest.fixture(params=KINDS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """One that is kept in a store of each kind, unless the test names one."""
    with ledger_url(request.param, tmp_path, request) as url:
        yield new_ledger(url, lease_s=LEASE_S)


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with TemporaryDirectory() as folder, Forks(WORKER, Path(folder)) as forks:
        yield forks


@pytest.fixture
def begin(forks: Forks, sandbox: Sandbox, ledger: Ledger, tmp_path: Path) -> Any:
    """What begins a worker, each on a machine of its own; it may kill itself."""
    machines = count()

    def begin(job: str, emails: list[str], dies: str = "") -> Fork:
        what = (sandbox.url, sandbox.key, ledger.name, ledger.url, job, dies)
        state = str(tmp_path / f"machine-{next(machines)}")
        return forks.begin(*what, *emails, LEADIQ_STATE=state)

    return begin


def ended(worker: Fork) -> list[list[Any]]:
    """What a worker has told of each row."""
    code, said = worker.wait()
    assert code == 0
    return list(json.loads(said))


def judge(sandbox: Sandbox, ledger: Ledger, *delivered: list[list[Any]]) -> None:
    """Nobody was charged for twice, and receipts, ledger and server agree to the credit."""
    charges = sandbox.ledger()
    total = sum((charge.credits for charge in charges), Decimal(0))
    receipts = sum((Decimal(row[2]) for rows in delivered for row in rows), Decimal(0))
    assert total > 0
    assert receipts == total
    told = anyio.run(ledger.totals)
    assert (told.charged, told.uncertain) == (total, 0)
    assert sum(told.jobs.values()) == total
    assert set(told.states) == {State.SETTLED}


def test_workers_that_ask_the_same_pay_once(
    sandbox: Sandbox, ledger: Ledger, begin: Any, emails: list[str]
) -> None:
    """At once, with the same rows in opposite orders: the same answers, each paid once."""
    rows = emails[:40]
    told = [ended(one) for one in [begin("one", rows), begin("two", rows[::-1])]]
    assert [row[:2] for row in told[0]] == [row[:2] for row in told[1]][::-1]
    assert {row[0] for each in told for row in each} <= {"found", "not_found"}
    judge(sandbox, ledger, *told)


@pytest.mark.parametrize(
    ("ledger", "dies"),
    [
        ("sqlite", "sent:3:after"),
        ("redis", "answered:3:before"),
        ("postgres", "answered:3:after"),
        ("sqlite", "let_go:7:before"),
    ],
    indirect=["ledger"],
)
def test_a_worker_that_is_killed_is_replaced_by_another_machine(
    sandbox: Sandbox, ledger: Ledger, begin: Any, emails: list[str], dies: str
) -> None:
    """Killed between sending and answering, or answering and settling: its job goes on elsewhere,
    while another one asks for some of the same people, and nothing is paid twice."""
    assert begin("part-1", emails[:40], dies).wait().code == -signal.SIGKILL
    told = [ended(one) for one in [begin("part-1", emails[:40]), begin("part-2", emails[15:55])]]
    judge(sandbox, ledger, *told)
    if not dies.startswith("sent"):
        assert "journal" in {row[3] for row in told[0]}


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_a_job_is_one_process_at_a_time(
    sandbox: Sandbox, ledger: Ledger, begin: Any, emails: list[str]
) -> None:
    """Two that are given the same job tell the same, each with what it cost."""
    first, second = (ended(one) for one in [begin("same", emails[:40]) for _ in range(2)])
    assert [row[:3] for row in first] == [row[:3] for row in second]
    judge(sandbox, ledger, first)

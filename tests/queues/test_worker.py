"""docs/queues.md: its files run as they stand, on a real Redis, with a worker killed half-way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from leadiq.cli import main
from leadiq.sandbox import Latency
from leadiq.testing import LocalSandbox
from queues.project import PAGE, Project
from redis_server import RedisServer, redis_server  # noqa: F401 - the fixture

ROWS = 60


@pytest.fixture
def sandbox() -> Iterator[LocalSandbox]:
    """A LeadIQ that takes its time, so that a worker can be killed while it asks."""
    with LocalSandbox() as sandbox:
        sandbox.set_faults(Latency(seconds=0.2, operation="SearchPeople"))
        yield sandbox


def charged(sandbox: LocalSandbox) -> Decimal:
    """What LeadIQ has charged."""
    return sum((charge.credits for charge in sandbox.ledger()), Decimal(0))


def lookups(sandbox: LocalSandbox) -> int:
    """How many requests for people LeadIQ has had."""
    return sum(exchange.operation == "SearchPeople" for exchange in sandbox.exchanges)


def test_a_worker_is_killed_half_way(
    tmp_path: Path,
    sandbox: LocalSandbox,
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """Every row has its result, nothing is paid twice, and receipts are what LeadIQ charged."""
    project = Project(tmp_path, sandbox, redis_server)
    somebody = (one.work_email for one in sandbox.people() if one.work_email)
    project.put(email for email, _ in zip(somebody, range(ROWS), strict=False))

    def is_over() -> bool:
        project.queue("tick")
        return None not in project.column("status")

    with project.worker() as worker:
        project.queue("nightly")
        worker.wait_for(lambda: len(sandbox.ledger()) >= ROWS // 4)
        worker.kill()
    assert None in project.column("status")
    with project.worker("--workers", "1") as worker:
        worker.wait_for(is_over, every_s=0.5)
        assert set(project.column("status")) == {"found"}
        assert charged(sandbox) == sum(map(Decimal, project.column("credits"))) == ROWS
        # An old database is restored, and the night comes again: the ledger has every answer.
        before = lookups(sandbox)
        project.forget_results()
        project.queue("nightly")
        worker.wait_for(is_over, every_s=0.5)
    assert (lookups(sandbox), charged(sandbox)) == (before, ROWS)


def test_the_schedule_and_no_retries(
    tmp_path: Path,
    sandbox: LocalSandbox,
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """The scheduler knows both times; nothing in the queue repeats a task because of an error."""
    project = Project(tmp_path, sandbox, redis_server)
    told = project.run(
        "import asyncio, worker\n"
        "(source,) = worker.scheduler.sources\n"
        "asyncio.run(source.startup())\n"
        "for one in asyncio.run(source.get_schedules()): print(one.task_name, one.cron)\n"
        "print(worker.broker.middlewares)\n"
    )
    times = {"worker:nightly 0 5 * * *", "worker:tick * * * * *"}
    assert set(told.splitlines()) == {*times, "[]"}


def test_the_line_for_cron(
    tmp_path: Path, sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run night after night it asks for new rows only, also after a night that was cut short."""
    (line,) = re.findall(r"flock -n lock leadiq (enrich .*)$", PAGE.read_text(), re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    for name, value in sandbox.environ.items():
        monkeypatch.setenv(name, value)
    known = [one.work_email for one in sandbox.people() if one.work_email]

    def night(rows: int, command: str = line) -> tuple[int, int, int]:
        (tmp_path / "leads.csv").write_text("\n".join(["email", *map(str, known[:rows])]) + "\n")
        code = main([*command.split(), "--requests-per-minute", "6000"])
        return code, lookups(sandbox), int(charged(sandbox))

    poor = line.replace("--budget 100", "--budget 2")
    code, _, spent = night(3, poor)
    assert (code, spent) == (3, 2)
    code, asked, spent = night(3)
    assert (code, spent) == (0, 3)
    assert night(3) == (0, asked, 3)
    code, _, spent = night(6)
    assert (code, spent) == (0, 6)

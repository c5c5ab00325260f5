"""The jobs of the example: each ends so that whoever watches sees it."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from leadiq import SharedBudget
from leadiq.sandbox import Latency
from leadiq.testing import LocalSandbox
from service.running import ROOT
from visits import until

redis = pytest.importorskip("redis.exceptions", reason="redis-py is not installed: [redis]")
Make = Callable[[], AbstractAsyncContextManager[Any]]


class Memory:
    """What is told of jobs."""

    def __init__(self) -> None:
        self.told = dict[str, str]()
        self.away = False

    async def set(self, key: str, value: str, ex: int) -> None:
        if self.away:
            raise redis.RedisError
        self.told[key] = value

    async def get(self, key: str) -> str | None:
        return self.told.get(key)

    def of(self, job: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.told[f"service:job:{job}"])
        return found


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(ROOT / "examples")
    from fastapi_app import jobs  # type: ignore[import-not-found]

    return jobs


@pytest.fixture
def worker(sandbox: LocalSandbox, memory: Memory, module: Any, tmp_path: Path) -> Make:
    """A worker as it lives; all of one test share the folder."""

    class Settings:
        folder = tmp_path / "jobs"

        @staticmethod
        def budget_of(tenant: str) -> SharedBudget:
            return SharedBudget.sqlite(f"tenant {tenant}", 100, path=tmp_path / "budgets.db")

    @asynccontextmanager
    async def made() -> AsyncGenerator[Any]:
        async with sandbox.client() as leadiq, anyio.create_task_group() as tasks:
            yield module.Jobs(leadiq, memory, Settings, tasks)

    return made


def order(module: Any, sandbox: LocalSandbox, count: int = 2) -> Any:
    found = [one.work_email for one in sandbox.people() if one.work_email][:count]
    return module.Order(rows=[{"email": email} for email in found], unlock=["work-email"])


@pytest.mark.anyio
async def test_a_job_that_is_done_leaves_its_rows_and_no_order(
    worker: Make, memory: Memory, module: Any, sandbox: LocalSandbox
) -> None:
    """Nothing is left to go on with, and going on with it does nothing."""
    async with worker() as jobs:
        job = await jobs.start("acme", order(module, sandbox))
    assert (memory.of(job)["state"], memory.of(job)["done"]) == ("done", 2)
    folder = jobs.result(job).parent
    assert [path.name for path in folder.iterdir()] == [f"{job}.jsonl"]
    before = len(sandbox.ledger())
    async with worker() as jobs:
        jobs.go_on_with_all()
        jobs.go_on(job)
    assert len(sandbox.ledger()) == before


@pytest.mark.anyio
@pytest.mark.parametrize("text", ["", '{"tenant": "acme", "order"', "{}"])
async def test_an_order_that_cannot_be_read_ends_its_job_alone(
    worker: Make, memory: Memory, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told as stopped, and the worker lives on."""
    async with worker() as jobs:
        jobs._order("acme-1").write_text(text)
        jobs.go_on_with_all()
    assert (memory.of("acme-1")["state"], memory.of("acme-1")["reason"]) == (
        "stopped",
        "ValidationError",
    )
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == [
        "job acme-1: ValidationError"
    ]


@pytest.mark.anyio
async def test_any_error_ends_a_job_visibly(
    worker: Make, memory: Memory, module: Any, sandbox: LocalSandbox
) -> None:
    """A disk that takes no result is one; when it does again, nothing is paid twice."""
    async with worker() as jobs:
        job = await jobs.start("acme", order(module, sandbox))
        partial = jobs._order(job).with_name(f"{job}.partial")
        partial.mkdir()
    assert (memory.of(job)["state"], memory.of(job)["reason"]) == ("stopped", "IsADirectoryError")
    partial.rmdir()
    async with worker() as jobs:
        jobs.go_on(job)
    assert memory.of(job)["state"] == "done"
    assert sum(charge.credits for charge in sandbox.ledger()) == 2


@pytest.mark.anyio
async def test_a_setting_that_cannot_be_is_seen(
    worker: Make, memory: Memory, module: Any, sandbox: LocalSandbox, tmp_path: Path
) -> None:
    """It is not taken for another worker that is at it."""
    (tmp_path / "state").write_text("no folder")
    async with worker() as jobs:
        job = await jobs.start("acme", order(module, sandbox))
    assert (memory.of(job)["state"], memory.of(job)["reason"]) == ("stopped", "ConfigurationError")


@pytest.mark.anyio
async def test_one_of_all_who_try_does_it(
    worker: Make, memory: Memory, module: Any, sandbox: LocalSandbox
) -> None:
    """The others leave it alone, and tell nothing."""
    async with worker() as jobs, worker() as others:
        job = await jobs.start("acme", order(module, sandbox))
        others.go_on_with_all()
        jobs.go_on(job)
    assert memory.of(job)["state"] == "done"
    assert len({charge.request for charge in sandbox.ledger()}) <= 2


@pytest.mark.anyio
async def test_a_job_that_nobody_could_be_told_of_is_told_at_the_next_start(
    worker: Make, memory: Memory, module: Any, sandbox: LocalSandbox
) -> None:
    """It ends although the store is away, and its watchers learn of it, for nothing."""
    memory.away = True
    async with worker() as jobs:
        job = await jobs.start("acme", order(module, sandbox))
    assert jobs.result(job)
    assert not memory.told
    memory.away = False
    before = len(sandbox.ledger())
    async with worker() as jobs:
        jobs.go_on_with_all()
    assert memory.of(job)["state"] == "done"
    assert len(sandbox.ledger()) == before


@pytest.mark.anyio
async def test_a_job_that_begins_while_the_service_ends_sends_no_more(
    worker: Make, memory: Memory, module: Any, sandbox: LocalSandbox
) -> None:
    """The service does not wait for all its rows; the next one does them."""
    async with worker() as jobs:
        job = await jobs.start("acme", order(module, sandbox, 40))
        jobs.stop()
    assert memory.of(job)["state"] == "running"
    assert not sandbox.ledger()
    async with worker() as jobs:
        jobs.go_on_with_all()
    assert memory.of(job)["state"] == "done"


@pytest.mark.anyio
async def test_a_job_is_watched_to_its_end(
    worker: Make,
    memory: Memory,
    module: Any,
    sandbox: LocalSandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What has changed is told, and the end is the last; another tenant sees nothing."""
    monkeypatch.setattr(module, "TELL_S", 0.01)
    sandbox.set_faults(Latency(seconds=0.1, operation="SearchPeople"))
    async with worker() as jobs:
        job = await jobs.start("acme", order(module, sandbox))
        await until(lambda: job in next(iter(memory.told)))
        told = [progress.state async for progress in jobs.watch("acme", job)]
        assert await jobs.progress("zenith", job) is None
    assert told[-1] == "done"
    assert set(told) <= {"waiting", "running", "done"}

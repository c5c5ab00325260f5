"""Jobs that go on behind the response, in whichever worker took them, and after a restart."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import anyio
from pydantic import BaseModel, Field
from pydantic_core import to_json
from redis.exceptions import RedisError

from leadiq import Budget, ConfigurationError, LeadIQ, LeadIQError, Outcome, Run, Status, Unlock
from leadiq.fastapi import outcome_json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from anyio.abc import TaskGroup
    from redis.asyncio import Redis

    from .settings import Settings

TELL_S = 0.25
"""How often a job says how far it is, and how often a watcher looks."""
KEPT_S = 7 * 24 * 3600


class Who(BaseModel):
    """Whom to look up; one of these suffices, a name needs a company or a domain."""

    email: str | None = None
    linkedin_url: str | None = None
    name: str | None = None
    company: str | None = None
    domain: str | None = None


class Order(BaseModel):
    """What a job is to do."""

    rows: list[Who] = Field(min_length=1, max_length=20_000)
    unlock: list[Unlock] = Field(default_factory=list[Unlock])
    budget: Decimal | None = Field(None, ge=0)
    """Credits, within the tenant's; None: as many as the tenant has."""


class Progress(BaseModel):
    """How far a job is."""

    state: Literal["waiting", "running", "stopped", "done"] = "waiting"
    rows: int
    done: int = 0
    found: int = 0
    spent: Decimal = Decimal(0)
    reason: str | None = None


class Written(BaseModel):
    """An order as it is kept."""

    tenant: str
    order: Order


class Jobs:
    """The jobs of all workers; each is done by one of them."""

    def __init__(self, leadiq: LeadIQ, redis: Redis, settings: Settings, tasks: TaskGroup) -> None:
        self._leadiq = leadiq
        self._redis = redis
        self._settings = settings
        self._tasks = tasks
        self._runs = set[Run[Any]]()
        settings.folder.mkdir(parents=True, exist_ok=True)

    async def start(self, tenant: str, order: Order) -> str:
        """Write the order down, begin, and give the job's id."""
        job = f"{tenant}-{secrets.token_hex(8)}"
        self._order(job).write_text(Written(tenant=tenant, order=order).model_dump_json())
        await self._tell(job, Progress(rows=len(order.rows)))
        self.go_on(job)
        return job

    def go_on(self, job: str) -> None:
        """Begin a job, or go on with one: nothing that was answered is paid for again."""
        self._tasks.start_soon(self._do, job)

    def go_on_with_all(self) -> None:
        """Take up what a worker left when it ended. Other workers try too, and one gets it."""
        for path in self._settings.folder.glob("*.order.json"):
            job = path.name.removesuffix(".order.json")
            if not self.result(job):
                self.go_on(job)

    def stop(self) -> None:
        """Send nothing more, so that the jobs end soon; what is under way is waited for."""
        for run in self._runs:
            run.stop("not sent: the service is ending")

    def result(self, job: str) -> Path | None:
        """Give the file with a line of JSON for each row, when the job is done."""
        path = self._settings.folder / f"{job}.jsonl"
        return path if path.exists() else None

    async def progress(self, tenant: str, job: str) -> Progress | None:
        """Tell how far a job is; None: the tenant has no such job."""
        own = job.rpartition("-")[0] == tenant
        told = await self._redis.get(_key(job)) if own else None
        return Progress.model_validate_json(told) if told else None

    async def watch(self, tenant: str, job: str) -> AsyncGenerator[Progress]:
        """Tell how far a job is, whenever that has changed, until it is over."""
        seen: Progress | None = None
        while (now := await self.progress(tenant, job)) is not None:
            if now != seen:
                yield now
            if now.state in ("stopped", "done"):
                return
            seen = now
            await anyio.sleep(TELL_S)

    async def _do(self, job: str) -> None:
        written = Written.model_validate_json(self._order(job).read_bytes())
        progress = Progress(state="running", rows=len(written.order.rows))
        try:
            await self._run(job, written, progress)
        except ConfigurationError:
            return  # another worker is at it
        except LeadIQError as error:
            progress.state, progress.reason = "stopped", type(error).__name__
        await self._tell(job, progress)

    async def _run(self, job: str, written: Written, progress: Progress) -> None:
        order = written.order
        partial = self._settings.folder / f"{job}.partial"
        budget = Budget(order.budget, within=self._settings.budget_of(written.tenant))
        async with self._leadiq.enrich(
            order.rows, unlock=order.unlock, budget=budget, job=job
        ) as results:
            self._runs.add(results)
            try:
                await self._write(job, results, partial, progress)
            finally:
                self._runs.discard(results)
        summary = results.summary
        if summary.settled:
            partial.rename(self._settings.folder / f"{job}.jsonl")
            progress.state = "done"
        elif summary.stopped_by or not summary.interrupted:
            progress.state = "stopped"
            progress.reason = type(summary.stopped_by).__name__ if summary.stopped_by else "failed"

    async def _write(self, job: str, results: Run[Who], partial: Path, progress: Progress) -> None:
        told = 0.0
        with partial.open("wb") as file:
            async for outcome in results:
                file.write(_line(outcome))
                progress.done += 1
                progress.found += outcome.status is Status.FOUND
                progress.spent = results.budget.spent
                if time.monotonic() - told >= TELL_S:
                    told = time.monotonic()
                    await self._tell(job, progress)

    async def _tell(self, job: str, progress: Progress) -> None:
        with suppress(RedisError):  # a job does not end because nobody can be told of it
            await self._redis.set(_key(job), progress.model_dump_json(), ex=KEPT_S)

    def _order(self, job: str) -> Path:
        return self._settings.folder / f"{job}.order.json"


def _key(job: str) -> str:
    return f"service:job:{job}"


def _line(outcome: Outcome[Any]) -> bytes:
    return to_json(outcome_json(outcome)) + b"\n"

"""Jobs that go on behind the response, in whichever worker took them, and after a restart."""

from __future__ import annotations

import fcntl
import logging
import secrets
import time
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import anyio
from pydantic import BaseModel, Field
from pydantic_core import to_json
from redis.exceptions import RedisError

from leadiq import Budget, LeadIQ, LeadIQError, Outcome, Run, Status, Unlock
from leadiq.fastapi import outcome_json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from pathlib import Path

    from anyio.abc import TaskGroup
    from redis.asyncio import Redis

    from .settings import Settings

TELL_S = 0.25
"""How often a job says how far it is, and how often a watcher looks."""
KEPT_S = 7 * 24 * 3600
_ENDING = "not sent: the service is ending"

logger = logging.getLogger(__name__)


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
        self._ending = False
        settings.folder.mkdir(parents=True, exist_ok=True)

    async def start(self, tenant: str, order: Order) -> str:
        """Write the order down, begin, and give the job's id."""
        job = f"{tenant}-{secrets.token_hex(8)}"
        await self._tell(job, Progress(rows=len(order.rows)))  # before any worker can take it up
        path = self._order(job)
        new = path.with_suffix(".new")
        new.write_text(Written(tenant=tenant, order=order).model_dump_json())
        new.rename(path)  # who finds it finds all of it
        self.go_on(job)
        return job

    def go_on(self, job: str) -> None:
        """Begin a job, or go on with one: nothing that was answered is paid for again."""
        self._tasks.start_soon(self._do, job)

    def go_on_with_all(self) -> None:
        """Take up what a worker left when it ended. Other workers try too, and one gets it."""
        for path in self._settings.folder.glob("*.order.json"):
            self.go_on(path.name.removesuffix(".order.json"))

    def stop(self) -> None:
        """Send nothing more, so that the jobs end soon; what is under way is waited for."""
        self._ending = True
        for run in self._runs:
            run.stop(_ENDING)

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
        """Do a job, unless it is done, or somebody is at it. Whatever happens, its end is told."""
        progress = Progress(state="running", rows=0)
        with _alone(self._order(job)) as order:
            if order is None:
                return
            try:
                await self._run(job, Written.model_validate_json(order), progress)
            except Exception as error:  # its text may name people
                progress.state, progress.reason = "stopped", type(error).__name__
                if not isinstance(error, LeadIQError):
                    logger.error("job %s: %s", job, progress.reason)
        if await self._tell(job, progress) and progress.state == "done":
            self._order(job).unlink(missing_ok=True)  # until then, a worker that starts sees to it

    async def _run(self, job: str, written: Written, progress: Progress) -> None:
        order = written.order
        progress.rows = len(order.rows)
        partial = self._settings.folder / f"{job}.partial"
        budget = Budget(order.budget, within=self._settings.budget_of(written.tenant))
        async with self._leadiq.enrich(
            order.rows, unlock=order.unlock, budget=budget, job=job
        ) as results:
            self._runs.add(results)
            if self._ending:
                results.stop(_ENDING)
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

    async def _tell(self, job: str, progress: Progress) -> bool:
        try:
            await self._redis.set(_key(job), progress.model_dump_json(), ex=KEPT_S)
        except RedisError:  # a job does not end because nobody can be told of it
            return False
        return True

    def _order(self, job: str) -> Path:
        return self._settings.folder / f"{job}.order.json"


@contextmanager
def _alone(path: Path) -> Generator[bytes | None]:
    """Give an order; None: it is done, or another task or worker is at it. None begins meanwhile.

    Of a worker that was killed nothing is left.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield None
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file.read()


def _key(job: str) -> str:
    return f"service:job:{job}"


def _line(outcome: Outcome[Any]) -> bytes:
    return to_json(outcome_json(outcome)) + b"\n"

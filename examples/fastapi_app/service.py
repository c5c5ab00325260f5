"""The service: enrich one person, or start a job, watch it, and download what came of it.

uvicorn --app-dir examples fastapi_app.service:app --workers 4
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import anyio
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, Field
from redis.asyncio import Redis

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from leadiq import FleetPacer, LeadIQ, Unlock
from leadiq.fastapi import (
    EventStream,
    JSONLines,
    add_problem_handlers,
    for_tenant,
    health,
    lifespan,
)
from leadiq.results import Suppressed, best_work_email, current_position

from .jobs import Jobs, Order, Progress, Who
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from leadiq.types import PersonRecord

DEADLINE_S = 30.0
"""How long somebody waits for one person at most."""


@asynccontextmanager
async def client(settings: Settings) -> AsyncGenerator[LeadIQ]:
    """One client a process, and one limit for all of them."""
    async with (
        FleetPacer.from_url(
            settings.redis,
            key=settings.key,
            limit=settings.requests_per_minute,
            replicas=settings.workers,
        ) as pacer,
        LeadIQ(settings.key, pacer=pacer) as leadiq,
    ):
        yield leadiq


@asynccontextmanager
async def live(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
    """The life of a worker: LeadIQ, Redis, and the jobs behind the responses."""
    settings = Settings.from_environment()
    leadiq = lifespan(lambda: client(settings), budget_of=settings.budget_of)
    async with (
        leadiq(app) as state,
        Redis.from_url(settings.redis) as redis,
        anyio.create_task_group() as tasks,
    ):
        jobs = Jobs(state["leadiq"], redis, settings, tasks)
        jobs.go_on_with_all()
        yield {**state, "jobs": jobs, "settings": settings}
        jobs.stop()


app = FastAPI(title="People", lifespan=live)
add_problem_handlers(app)
app.add_api_route("/health", health)


@app.exception_handler(RequestValidationError)
async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    """Say what is wrong without repeating what was sent, as FastAPI would."""
    wrong = [{"where": one["loc"], "why": one["type"]} for one in error.errors()]
    body = {"title": "The request cannot be used", "status": 422, "errors": wrong}
    return JSONResponse(body, 422, media_type="application/problem+json")


def tenant(request: Request, authorization: Annotated[str, Header()] = "") -> str:
    """Whose token it is."""
    found = request.state.settings.tenants.get(authorization.removeprefix("Bearer "))
    if found is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return str(found)


def jobs_of(request: Request) -> Jobs:
    """The jobs of this worker."""
    found: Jobs = request.state.jobs
    return found


Tenant = Annotated[str, Depends(tenant)]
TenantLeadIQ = Annotated[LeadIQ, Depends(for_tenant(tenant))]
JobsDep = Annotated[Jobs, Depends(jobs_of)]


class Asked(Who):
    """Whom to look up, and what to pay for."""

    unlock: list[Unlock] = Field(default_factory=list[Unlock])


class Person(BaseModel):
    """What the service tells of somebody."""

    id: str
    name: str | None
    title: str | None
    company: str | None
    work_email: str | None
    withheld: bool
    """The person opted out: nobody may look for the address elsewhere."""


@app.post("/people")
async def person(asked: Asked, leadiq: TenantLeadIQ) -> Person:
    """Look one person up; somebody waits for it, so it goes ahead of all jobs."""
    who = asked.model_dump(exclude={"unlock"}, exclude_none=True)
    found = await leadiq.search_people(**who, unlock=asked.unlock, deadline_s=DEADLINE_S)
    if not found.results:
        raise HTTPException(404)
    return picked(found.results[0])


@app.post("/enrich", response_class=JSONLines)
async def enrich(order: Order, leadiq: TenantLeadIQ) -> JSONLines:
    """Look people up, and answer with a line for each as it comes."""
    results = leadiq.enrich(order.rows, unlock=order.unlock, budget=order.budget)
    return JSONLines(results, last=lambda run: {"spent": run.summary.spent})


@app.post("/jobs", status_code=202)
async def start(order: Order, tenant: Tenant, jobs: JobsDep) -> dict[str, str]:
    """Start a job, which goes on when the connection is closed, and when the service is."""
    return {"job": await jobs.start(tenant, order)}


@app.get("/jobs/{job}")
async def progress(job: str, tenant: Tenant, jobs: JobsDep) -> Progress:
    """Tell how far a job is."""
    found = await jobs.progress(tenant, job)
    if found is None:
        raise HTTPException(404)
    return found


@app.post("/jobs/{job}/resume", status_code=202)
async def resume(job: str, tenant: Tenant, jobs: JobsDep) -> Progress:
    """Go on with a job that was stopped."""
    found = await progress(job, tenant, jobs)
    jobs.go_on(job)
    return found


@app.get("/jobs/{job}/events", response_class=EventStream)
async def events(job: str, tenant: Tenant, jobs: JobsDep) -> EventStream:
    """Watch a job, in whichever worker it is done."""
    await progress(job, tenant, jobs)
    return EventStream(jobs.watch(tenant, job), last=lambda _: {})


@app.get("/jobs/{job}/rows")
async def rows(job: str, tenant: Tenant, jobs: JobsDep) -> FileResponse:
    """Download what came of a job: a line of JSON for each row, in their order."""
    await progress(job, tenant, jobs)
    path = jobs.result(job)
    if path is None:
        raise HTTPException(409, "the job is not done")
    return FileResponse(path, media_type="application/jsonl")


def picked(person: PersonRecord) -> Person:
    """What the service tells of a record."""
    job, email = current_position(person), best_work_email(person)
    withheld = isinstance(email, Suppressed)
    return Person(
        id=person.id,
        name=person.name.full_name,
        title=job.title if job else None,
        company=job.company_info.name if job and job.company_info else None,
        work_email=None if email is None or isinstance(email, Suppressed) else email.value,
        withheld=withheld,
    )

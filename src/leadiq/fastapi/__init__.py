"""LeadIQ in a FastAPI application (extra `[fastapi]`).

    from leadiq.fastapi import LeadIQDep, add_problem_handlers, health, lifespan

    app = FastAPI(lifespan=lifespan())  # one client a process
    add_problem_handlers(app)  # every error as problem+json
    app.add_api_route("/health", health)

    @app.get("/people/{id}")
    async def person(id: str, leadiq: LeadIQDep) -> PersonRecord | None:
        return await leadiq.get_person(id)  # cancelled when whoever asked goes away

`docs/fastapi.md` has budgets for each tenant, one rate limit for all workers, and streams.
"""

from __future__ import annotations

try:
    from leadiq.fastapi._dependencies import BackgroundLeadIQDep, LeadIQDep, for_tenant
    from leadiq.fastapi._handlers import add_problem_handlers
    from leadiq.fastapi._health import Health, health
    from leadiq.fastapi._lifespan import lifespan
    from leadiq.fastapi._problems import Problem, problem_of
    from leadiq.fastapi._rendering import Event, outcome_json
    from leadiq.fastapi._streams import EventStream, JSONLines
except ImportError as error:
    if (error.name or "").partition(".")[0] not in {"fastapi", "starlette"}:
        raise
    text = "FastAPI is not installed: pip install 'leadiq-sdk[fastapi]'"
    raise ImportError(text, name=error.name) from error

__all__ = [
    "BackgroundLeadIQDep",
    "Event",
    "EventStream",
    "Health",
    "JSONLines",
    "LeadIQDep",
    "Problem",
    "add_problem_handlers",
    "for_tenant",
    "health",
    "lifespan",
    "outcome_json",
    "problem_of",
]

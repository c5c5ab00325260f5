"""One client a process, from the start of the application to its end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from fastapi import FastAPI
from leadiq import ConfigurationError, LeadIQ
from leadiq.fastapi import BackgroundLeadIQDep, LeadIQDep, add_problem_handlers, health, lifespan
from leadiq.testing import LocalSandbox
from visits import application, started


def asking(app: FastAPI) -> FastAPI:
    """Have an application ask LeadIQ for something that is free."""

    @app.get("/used")
    async def used(leadiq: LeadIQDep) -> bool:
        return await leadiq.account() is not None

    return app


@pytest.mark.anyio
async def test_one_client_serves_all_requests_and_is_closed_at_the_end(
    sandbox: LocalSandbox,
) -> None:
    """It is made once, when the application starts, and nobody can use it afterwards."""
    made = list[LeadIQ]()

    @asynccontextmanager
    async def client() -> AsyncGenerator[LeadIQ]:
        async with sandbox.client() as leadiq:
            made.append(leadiq)
            yield leadiq

    app = asking(application(client))
    assert not made
    async with started(app) as service:
        for _ in range(3):
            assert (await service.get("/used")).json() is True
    assert len(made) == 1
    with pytest.raises(ConfigurationError, match="closed"):
        await made[0].account()


@pytest.mark.anyio
async def test_it_goes_with_a_lifespan_of_the_users_own(sandbox: LocalSandbox) -> None:
    """Both states are there, and the user's own may use the client to its end."""
    told = list[str]()

    @asynccontextmanager
    async def own(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
        async with lifespan(sandbox.client)(app) as state:
            yield {**state, "database": "open"}
            assert await state["leadiq"].account()
            told.append("closed")

    app = asking(FastAPI(lifespan=own))
    async with started(app) as service:
        assert service.state["database"] == "open"
        assert (await service.get("/used")).json() is True
    assert told == ["closed"]


@pytest.mark.anyio
async def test_an_application_below_another_uses_its_client(sandbox: LocalSandbox) -> None:
    """A mounted application has no lifespan, and needs none."""
    app = application(sandbox.client)
    app.mount("/below", asking(FastAPI()))
    async with started(app) as service:
        assert (await service.get("/below/used")).json() is True


@pytest.mark.anyio
async def test_without_a_key_the_application_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is missing is said at once, and not to the first visitor."""
    monkeypatch.delenv("LEADIQ_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match="LEADIQ_API_KEY"):
        async with started(FastAPI(lifespan=lifespan())):
            raise AssertionError


def test_a_client_that_is_made_already_is_refused() -> None:
    """It would be made where no application runs; the error says how it is meant."""
    with pytest.raises(ConfigurationError, match="lambda: LeadIQ"):
        lifespan(LeadIQ("not-a-real-key"))  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_without_the_lifespan_it_is_said_what_is_missing() -> None:
    """The error names the fix; nothing was sent."""
    app = asking(FastAPI())
    async with started(app) as service:
        with pytest.raises(ConfigurationError, match=r"FastAPI\(lifespan=leadiq.fastapi.lifespan"):
            await service.get("/used")


@pytest.mark.anyio
async def test_health_tells_the_queue_and_asks_nothing(sandbox: LocalSandbox) -> None:
    """The numbers of `statistics()`, as JSON."""
    app = application(sandbox.client)
    app.add_api_route("/health", health)
    async with started(app) as service:
        answer = await service.get("/health")
        expected = service.leadiq.statistics()
    assert answer.json() == {
        "limit": expected.limit,
        "in_flight": 0,
        "waiting": {"interactive": 0, "bulk": 0},
        "limited": 0,
        "gate": "open",
        "closed_for_s": 0.0,
        "eta_s": 0.0,
    }


@pytest.mark.anyio
async def test_what_goes_on_behind_the_response_gives_way(sandbox: LocalSandbox) -> None:
    """Its client is in the bulk lane, and that of requests in the interactive one."""
    app = application(sandbox.client)

    @app.get("/lanes")
    async def lanes(waits: LeadIQDep, behind: BackgroundLeadIQDep) -> list[str]:
        return [waits.options.lane, behind.options.lane]

    async with started(app) as service:
        assert (await service.get("/lanes")).json() == ["interactive", "bulk"]


def test_handlers_are_added_to_an_application() -> None:
    """All errors of the tree have one handler."""
    app = FastAPI()
    before = len(app.exception_handlers)
    add_problem_handlers(app)
    assert len(app.exception_handlers) == before + 3

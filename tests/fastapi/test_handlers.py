"""Errors as responses."""

from __future__ import annotations

import logging

import pytest
from starlette.requests import ClientDisconnect

from fastapi import FastAPI
from leadiq import BudgetError, LeadIQ, ServerError
from leadiq.fastapi import LeadIQDep, add_problem_handlers
from leadiq.sandbox import Refused
from leadiq.testing import LocalSandbox, assert_no_personal_data
from visits import application, started


def looking_up(app: FastAPI) -> FastAPI:
    """Have an application look somebody up."""

    @app.get("/people")
    async def people(email: str, leadiq: LeadIQDep) -> int:
        return (await leadiq.search_people(email=email)).total_results

    return app


@pytest.mark.anyio
async def test_an_error_is_a_problem(sandbox: LocalSandbox) -> None:
    """Content type, status and body are those of RFC 9457."""
    async with started(looking_up(application(sandbox.client))) as service:
        answer = await service.get("/people", params={"email": "nobody"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:problem-type:leadiq:invalid-input"
    assert "retry-after" not in answer.headers


@pytest.mark.anyio
async def test_a_full_queue_says_when_to_come_again(sandbox: LocalSandbox) -> None:
    """A call that would wait too long is a 503 with `Retry-After`."""
    app = looking_up(application(lambda: quick(sandbox)))
    async with started(app) as service:
        assert (await service.get("/people", params={"email": "a@example.com"})).status_code == 200
        answer = await service.get("/people", params={"email": "b@example.com"})
    assert answer.status_code == 503
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.json()["retry_after"] == int(answer.headers["retry-after"])


def quick(sandbox: LocalSandbox) -> LeadIQ:
    return sandbox.client(requests_per_minute=1, burst=1, slot_timeout_s=0.01)


@pytest.mark.anyio
async def test_nobody_is_named_in_response_or_log(
    sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """What LeadIQ refuses is told by kind, in the response and in the log."""
    caplog.set_level(logging.DEBUG)
    sandbox.set_faults(Refused(status=401))
    somebody = next(one for one in sandbox.people() if one.work_email)
    async with started(looking_up(application(sandbox.client))) as service:
        caplog.clear()
        answer = await service.get("/people", params={"email": somebody.work_email})
    assert answer.status_code == 500
    assert_no_personal_data(answer.text, sandbox)
    ours = [one.getMessage() for one in caplog.records if one.name == "leadiq"]
    assert any(one.startswith("answered 500: AuthenticationError (") for one in ours)
    assert_no_personal_data("\n".join(ours), sandbox)


@pytest.mark.anyio
async def test_without_a_client_an_error_is_a_problem_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The handler needs nothing of the application."""
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/")
    async def fails() -> None:
        raise ServerError("text")

    async with started(app) as service:
        answer = await service.get("/")
    assert answer.status_code == 502
    assert "answered 502: ServerError (not sent)" in caplog.text


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("errors", "status"),
    [
        ([BudgetError("?", sent=False), ServerError("?")], 402),
        ([ExceptionGroup("", [ServerError("?")]), BudgetError("?", sent=False)], 502),
        ([ServerError("?"), ClientDisconnect()], 499),
        ([ServerError("?"), ValueError("ours")], None),
    ],
)
async def test_errors_of_several_calls_at_once(errors: list[Exception], status: int | None) -> None:
    """A task group's are answered as the first of them; a defect beside them stays one."""
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/")
    async def fails() -> None:
        raise ExceptionGroup("of a task group", errors)

    async with started(app) as service:
        if status is None:
            with pytest.raises(ExceptionGroup, match="of a task group"):
                await service.get("/")
        else:
            assert (await service.get("/")).status_code == status

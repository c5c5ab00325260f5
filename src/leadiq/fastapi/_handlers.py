"""Errors as responses: `add_problem_handlers(app)`."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from leadiq import LeadIQError
from leadiq.fastapi._lifespan import CLIENT
from leadiq.fastapi._problems import problem_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from fastapi import FastAPI
    from leadiq.fastapi._problems import Problem

logger = logging.getLogger("leadiq")

MEDIA_TYPE: Final = "application/problem+json"
CLIENT_CLOSED_REQUEST: Final = 499
"""What nginx writes into its log for somebody who went away; nobody receives it."""


def add_problem_handlers(app: FastAPI) -> None:
    """Have every `LeadIQError` that an endpoint raises answered as problem+json (RFC 9457).

    Status and `Retry-After` say what the visitor can do; nothing says whom they asked for. What
    the service has to see to (5xx) is logged under `leadiq`, by kind and request id. A group of
    nothing but such errors, as a task group raises it, is answered as the first of them.
    """
    app.add_exception_handler(LeadIQError, _answer)
    app.add_exception_handler(ClientDisconnect, _nobody)
    app.add_exception_handler(ExceptionGroup, _answer_group)


def response_to(problem: Problem) -> Response:
    """Give the response that states a problem."""
    wait_s = problem.retry_after_s
    headers = None if wait_s is None else {"Retry-After": str(wait_s)}
    return JSONResponse(problem.as_json(), problem.status, headers, MEDIA_TYPE)


def note(error: LeadIQError, problem: Problem) -> None:
    """Log what the service has to see to. An error's text is not for logs of every kind."""
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind, request = type(error).__name__, error.request_id or "not sent"
        logger.warning("answered %d: %s (%s)", problem.status, kind, request)


async def _answer(request: Request, error: Any) -> Response:
    leadiq = getattr(request.state, CLIENT, None)
    problem = problem_of(error, leadiq and leadiq.statistics())
    note(error, problem)
    return response_to(problem)


async def _nobody(*_: Any) -> Response:
    return Response(status_code=CLIENT_CLOSED_REQUEST)


async def _answer_group(request: Request, group: Any) -> Response:
    answered, others = group.split((LeadIQError, ClientDisconnect))
    if others:
        raise group
    if answered.subgroup(ClientDisconnect):
        return await _nobody()
    return await _answer(request, _first_of(answered))


def _first_of(error: Any) -> Any:
    while inner := getattr(error, "exceptions", ()):
        error = inner[0]
    return error

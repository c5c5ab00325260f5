"""Errors of writes: what is known not to have been done, and answers that came beside errors."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from leadiq import (
    AuthenticationError,
    ConnectError,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
    SchemaDriftError,
    ServerError,
    SlotTimeoutError,
    TrackingError,
)
from leadiq._core.errors import ErrorItem
from leadiq._engine.outcomes import answered, was_refused
from virtual_time import anyio_backend  # noqa: F401


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        (ConnectError("x", sent=False), True),
        (InputError("x", sent=False), True),
        (RateLimitError("x", status=429), True),
        (AuthenticationError("x", status=401), True),
        (InsufficientCreditsError("x"), True),
        (InputError("x", status=200), True),
        (TrackingError("x"), True),
        (GraphQLError("x", status=409), True),
        (SchemaDriftError("x", status=200, errors=(ErrorItem("no such field"),)), True),
        (ServerError("x", status=413), True),
        (SchemaDriftError("x", status=200), False),
        (GraphQLError("x", status=200), False),
        (ServerError("x", status=408), False),
        (ServerError("x", status=502), False),
        (RequestTimeoutError("x"), False),
        (SlotTimeoutError("x"), False),
    ],
    ids=lambda value: f"{type(value).__name__}-{getattr(value, 'status', value)}",
)
def test_only_a_clear_no_counts_as_one(error: LeadIQError, refused: bool) -> None:
    """Whatever may have been taken is not refused: then nothing is sent again."""
    assert was_refused(error) is refused


async def _raises(data: Any) -> Any:
    raise ServerError("x", data=data)


async def _gives() -> str:
    return "answer"


@pytest.mark.anyio
async def test_an_answer_beside_an_error_is_an_answer() -> None:
    """What came is used, since it may be paid for; without any the error is raised."""
    assert await answered(_gives(), "field") == "answer"
    assert await answered(_raises(SimpleNamespace(field="kept")), "field") == "kept"
    for nothing in (None, SimpleNamespace(field=None)):
        with pytest.raises(ServerError):
            await answered(_raises(nothing), "field")

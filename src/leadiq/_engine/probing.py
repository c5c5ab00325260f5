"""How many lookups LeadIQ takes in one request: asked with a question that costs nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import RootModel

from .._conduct.pacing import Lane
from .._conduct.pipeline import execute
from .._conduct.retry import RetryPolicy
from .._core.documents import Operation
from .._core.errors import (
    GraphQLError,
    InputError,
    LeadIQError,
    RateLimitError,
    SchemaDriftError,
    ServerError,
)
from .._core.pricing import Bill
from .aliases import MOST_ALIASES, alias
from .outcomes import was_refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from .._conduct.pipeline import Pipeline
    from .._conduct.shared import Attempt
    from .._http.transport import Reply

_SIZES: Final = (MOST_ALIASES, 12, 6, 3)
_REMAINING: Final = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining")
"""What LeadIQ does not send [guide], and would tell whether aliases count as requests."""


class Probe(NamedTuple):
    """What was found out."""

    size: int
    """The most lookups to send in one request."""
    counted: bool | None
    """Whether each alias counts as a request of its own; None: nothing tells [unknown]."""
    is_sure: bool = True
    """Whether LeadIQ has answered; otherwise it is a guess, which the first batches correct."""


class _Data(RootModel[dict[str, Any]]):
    """The whole `data`, as it came."""


async def probe(leadiq: Pipeline) -> Probe:
    """Ask for the account many times in one request, and fewer times if that is refused.

    It is free [guide], and takes one request, or a few where the server bounds aliases. A 429 is
    taken to mean that each of them counts.
    """
    seen: list[Mapping[str, str]] = []
    for size in _SIZES:
        try:
            if await _takes(leadiq, size, seen):
                counted = await _counts(leadiq, size, seen)
                return Probe(1 if counted else size, counted)
        except LeadIQError as error:
            if isinstance(error, RateLimitError) and error.sent:
                return Probe(1, counted=True)
            return Probe(size, None, is_sure=False)
    return Probe(1, None)


async def _takes(leadiq: Pipeline, size: int, seen: list[Mapping[str, str]]) -> bool:
    async def look(attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        reply = await send()
        seen.append(reply.headers)
        return reply

    options = leadiq.options
    once = RetryPolicy(attempts=1, window_s=options.retry.window_s)
    try:
        middleware = (*options.middleware, look)
        data = await execute(
            leadiq, _asking(size), _Data, {}, lane=Lane.BULK, retry=once, middleware=middleware
        )
    except LeadIQError as error:
        too_many = isinstance(error, ServerError) and was_refused(error)  # 413, for example
        if too_many or isinstance(error, InputError | GraphQLError | SchemaDriftError):
            return False
        raise
    return len(data.root) == size


async def _counts(leadiq: Pipeline, size: int, seen: list[Mapping[str, str]]) -> bool | None:
    """Ask again, if the server says how many requests are left, and see how many fewer they are."""
    before = _remaining(seen[-1])
    if before is None:
        return None
    with suppress(LeadIQError):
        await _takes(leadiq, size, seen)
    after = _remaining(seen[-1])
    return None if after is None or after >= before else before - after >= size


def _remaining(headers: Mapping[str, str]) -> int | None:
    said = next((headers[name] for name in _REMAINING if name in headers), "")
    return int(said) if said.isdecimal() else None


def _asking(size: int) -> Operation:
    name = f"Probe{size}"
    fields = " ".join(f"{alias(at)}:account{{__typename}}" for at in range(size))
    return Operation(
        name=name,
        kind="query",
        root="account",
        text=f"query {name}{{{fields}}}",
        variables={},
        needs=(),
        fragments={},
        flags=(),
        repeatable=True,
        bill=Bill("free"),
    )

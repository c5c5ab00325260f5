"""One request for one or several claims: sent, read, and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .._conduct.pacing import Lane
from .._conduct.pipeline import execute
from .._core.errors import LeadIQError, RateLimitError, SchemaDriftError
from .._engine.aliases import alias, aliased, variable
from .._generated.operations import SEARCH_PEOPLE
from .._ground.base import to_wire
from .flight import Flight
from .patience import patient
from .replies import Found, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .._conduct.pipeline import Pipeline
    from .._core.documents import Operation
    from ..types import SearchResult
    from .claims import Claim
    from .journal import Journal
    from .ledger_job import LedgerJob


class Landed(NamedTuple):
    """What came of a request. Each claim has its answer or its error."""

    error: LeadIQError | None
    """What was said of the request as a whole, instead of an answer."""
    left_out: list[Claim]
    """Claims that the reply neither answers nor names: they can have been charged."""
    limited: int
    """How often LeadIQ refused it for the rate limit."""


async def travel(
    leadiq: Pipeline, journal: Journal, claims: Sequence[Claim], ledger: LedgerJob | None = None
) -> Landed:
    """Send one request for claims of one selection, and note what becomes of each of them.

    An answer that came is taken, whatever was raised after it, by middleware or at a deadline.

    Raises:
        sqlite3.Error: the journal cannot be written. Nothing was sent if a claim has no `found`.
    """
    flight = Flight(journal, claims, ledger)
    error: LeadIQError | None = None
    found: Sequence[Found | LeadIQError]
    left_out: list[Claim] = []
    try:
        if len(claims) == 1:
            found = [await _ask_one(leadiq, claims[0], flight)]
        else:
            found, left_out = await _ask_many(leadiq, claims, flight)
    except LeadIQError as failure:
        flight.doubt()
        error, found = failure, [failure] * len(claims)
    closed = [claim.close(one) for claim, one in zip(claims, found, strict=True)]
    await flight.land(*closed)
    limited = flight.limited + isinstance(error, RateLimitError)
    return Landed(error, left_out, limited)


async def _ask_one(leadiq: Pipeline, claim: Claim, flight: Flight) -> Found:
    from .._generated.search_people import SearchPeople

    asked = {"input": claim.wish.asked}
    try:
        answer = await _send(leadiq, SearchPeople, asked, [claim], flight)
        return Found(answer.search_people)
    except LeadIQError as error:
        if error.data is not None:
            return Found(error.data.search_people, type(error))
        found = _read(claim, flight)
        if not isinstance(found, Found):
            raise
        return found._replace(beside=found.beside or type(error))


async def _ask_many(
    leadiq: Pipeline, claims: Sequence[Claim], flight: Flight
) -> tuple[list[Found | LeadIQError], list[Claim]]:
    from .aliased import Aliased

    asked = {variable(at): claim.wish.asked for at, claim in enumerate(claims)}
    answers: dict[str, SearchResult | None] = {}
    failure: LeadIQError | None = None
    try:
        answers = (await _send(leadiq, Aliased, asked, claims, flight)).root
    except LeadIQError as error:
        failure = None if _is_misfit(error) else error
    told = [part.is_told for part in flight.divide()]
    found = [
        Found(answer) if (answer := answers.get(alias(at))) else _read(claim, flight)
        for at, claim in enumerate(claims)
    ]
    if failure:
        if not (flight.is_mixed or any(isinstance(one, Found) for one in found)):
            raise failure
        found = [_beside(one, failure) for one in found]
    return found, [claim for claim, is_told in zip(claims, told, strict=True) if not is_told]


def _beside(found: Found | LeadIQError, error: LeadIQError) -> Found | LeadIQError:
    """Give an answer with the error that was raised after it."""
    return found._replace(beside=found.beside or type(error)) if isinstance(found, Found) else found


async def _send(
    leadiq: Pipeline, model: Any, asked: dict[str, Any], claims: Sequence[Claim], flight: Flight
) -> Any:
    options = leadiq.options
    return await execute(
        leadiq,
        aliased(_operation(claims), len(claims)),
        model,
        asked,
        unlock=claims[0].wish.unlock,
        lane=Lane.BULK,
        retry=patient(options.retry),
        middleware=(*options.middleware, flight),
    )


def _operation(claims: Sequence[Claim]) -> Operation:
    """What may be charged again is not sent again, by the client's own retries either."""
    return SEARCH_PEOPLE._replace(repeatable=all(claim.free_to_repeat for claim in claims))


def _is_misfit(error: LeadIQError) -> bool:
    """Tell whether one of the answers cannot be read, which says nothing of the others."""
    return isinstance(error, SchemaDriftError) and not error.errors


def _read(claim: Claim, flight: Flight) -> Found | LeadIQError:
    """Read a share by itself."""
    status = flight.reply.status if flight.reply else 0
    return read(status, claim.reply, to_wire(claim.wish.asked))

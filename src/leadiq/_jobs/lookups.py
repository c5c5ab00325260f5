"""Lookups that are paid for once: looked for in the journal, reserved, sent, kept, settled.

`PaidLookups` stands where the client stands in the engine, and the engine knows nothing of it.

A lookup of unknown outcome (sent by a run that ended, or given up without an answer) is sent again
when that is free: what the team unlocked within a year is [guide]. Company information is not known
to be, so with it the lookup ends in an `OutcomeUnknownError` until the caller allows it.
"""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from pydantic_core import to_json

from .._conduct.pacing import Lane
from .._core.errors import (
    ForgottenError,
    GraphQLError,
    JournalError,
    LeadIQError,
    OutcomeUnknownError,
)
from .._core.pricing import DataPoint, Prices, Unlock, price
from .._core.protocol import Envelope, read_reply
from .._generated.operations import SEARCH_PEOPLE
from .._ground.base import to_wire
from .charges import charge, unlocked
from .flight import Flight
from .journal import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from .._conduct.options import CallOptions, Options
    from .._generated.search_people import SearchPeople
    from ..types import SearchPeopleInput, SearchResult
    from .budget import Budget
    from .journal import Entry, Journal

MOST_COMPANIES: Final = 4
"""How many current companies a person is taken to have at most; each of them is charged for.
Nobody has published a bound. What a lookup costs above this is counted all the same."""

MOST_RESULTS: Final = 10
"""How many people a lookup without a limit is taken to answer with at most [unknown]."""

_FORGOTTEN: Final = "the person was removed from this job; it is not asked for again"


class Client(Protocol):
    """What is needed of a client."""

    @property
    def options(self) -> Options:
        """How its calls are made."""
        ...

    async def search_people(
        self,
        input: SearchPeopleInput,  # noqa: A002 - the client's name for it
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> SearchResult:
        """Return the persons that match."""
        ...


class PaidLookups:
    """`search_people`, with a journal and a budget.

    Args:
        leadiq: sends what has to be sent, in the bulk lane.
        journal: is asked first, and told of every step before it is taken.
        budget: is asked before sending. What the journal knows of has to be in it already.
        prices: the account's price list.
        repeat_unknown: whether to send again what may then be charged again.
    """

    def __init__(
        self,
        leadiq: Client,
        journal: Journal,
        budget: Budget,
        *,
        prices: Prices = Prices(),  # noqa: B008 - an immutable tuple
        repeat_unknown: bool = False,
    ) -> None:
        self._leadiq = leadiq
        self._journal = journal
        self.budget = budget
        self._prices = prices
        self._repeat_unknown = repeat_unknown
        self.sent = 0
        """Lookups that were sent, repetitions not counted."""
        self.reused = 0
        """Lookups that the journal answered."""

    async def search_people(
        self,
        input: SearchPeopleInput,  # noqa: A002 - the client's name for it
        *,
        unlock: Iterable[Unlock] = (),
    ) -> SearchResult:
        """Give the journal's answer, or pay for one.

        Raises:
            BudgetError: the budget does not cover it; it was not sent.
            OutcomeUnknownError: it was sent before without an answer; it was not sent again.
            ForgottenError: it was removed from the journal for good; it was not sent again.
            JournalError: the journal cannot be written; `data` is the answer, if there is one.
            LeadIQError: as the client's method.
        """
        points = frozenset(unlock)
        asked = question(input, points)
        try:
            entry = self._journal.find(asked)
            if entry is not None and entry.state is State.FORGOTTEN:
                raise ForgottenError(_FORGOTTEN, sent=False)
            if entry is None or entry.state is not State.SETTLED:
                return await self._pay(asked, input, points, entry)
        except sqlite3.Error as error:
            raise unwritable(error) from None
        self.reused += 1
        return _given(read(entry), GraphQLError)

    async def _pay(
        self,
        asked: bytes,
        input: SearchPeopleInput,  # noqa: A002
        points: frozenset[Unlock],
        entry: Entry | None,
    ) -> SearchResult:
        unsure = entry is not None and entry.state is State.UNKNOWN
        if entry is not None and unsure:
            self._require_repeatable(points)
            if Unlock.COMPANY not in points:  # repeated for free: from here on the flight counts it
                self.budget.add(-entry.reserved)
        most = self._most(input, points)
        await self.budget.reserve(most)
        flight = Flight(self._journal, asked, most, _meaning, unsure=unsure)
        try:
            await self._journal.claim(asked, most)
            self.sent += 1
            return await self._send(input, points, flight)
        finally:
            self.budget.settle(most, flight.charged)

    async def _send(
        self,
        input: SearchPeopleInput,  # noqa: A002
        points: frozenset[Unlock],
        flight: Flight,
    ) -> SearchResult:
        kind: type[LeadIQError] = GraphQLError
        middleware = (*self._leadiq.options.middleware, flight)
        try:
            answer = await self._leadiq.search_people(
                input, unlock=points, lane=Lane.BULK, middleware=middleware
            )
            found = Found(answer, whole=True)
        except LeadIQError as error:
            if error.data is None:
                await flight.end(error)
                raise
            kind, found = type(error), Found(error.data.search_people, whole=False)
        try:
            await flight.settle(*bill(found.answer, points, self._prices))
        except sqlite3.Error as error:
            raise unwritable(error, found.answer) from None
        return _given(found, kind)

    def _most(self, input: SearchPeopleInput, points: frozenset[Unlock]) -> Decimal:  # noqa: A002
        results = input.limit or MOST_RESULTS
        prices = self._prices
        bill = SEARCH_PEOPLE.bill
        return price(bill, points, prices=prices, results=results, companies=MOST_COMPANIES).maximum

    def _require_repeatable(self, points: frozenset[Unlock]) -> None:
        if Unlock.COMPANY in points and not self._repeat_unknown:
            text = "it was sent before and no answer came; sent again, it may be charged again"
            raise OutcomeUnknownError(text, sent=False)


class Found(NamedTuple):
    """An answer, and whether it came without an error beside it."""

    answer: SearchResult
    whole: bool


def question(input: SearchPeopleInput, unlock: frozenset[Unlock]) -> bytes:  # noqa: A002
    """Give a lookup's key: a hash of all that decides its answer and its price.

    The profile comes with everything, so it does not matter whether it is among the unlocks.
    """
    parts = [SEARCH_PEOPLE.name, sorted(unlock - {Unlock.PROFILE}), to_wire(input)]
    return sha256(to_json(parts)).digest()


def unwritable(error: sqlite3.Error, answer: SearchResult | None = None) -> JournalError:
    """Say that the journal cannot be written."""
    text = f"the journal cannot be written ({error}): make room, and go on with the job"
    return JournalError(text, data=answer)


def bill(
    answer: SearchResult, unlock: frozenset[Unlock], prices: Prices
) -> tuple[Decimal, frozenset[DataPoint]]:
    """Tell what an answer cost, and for which data points."""
    amounts = (charge(person, unlock, prices) for person in answer.results)
    points = (unlocked(person, unlock) for person in answer.results)
    return sum(amounts, Decimal(0)), frozenset[DataPoint]().union(*points)


def read(entry: Entry) -> Found | LeadIQError:
    """Give the answer that is kept for a lookup, or the error that is kept instead."""
    outcome = _outcome(entry.status or 0, entry.reply or b"")
    if not isinstance(outcome, LeadIQError):
        return Found(outcome.search_people, whole=True)
    return outcome if outcome.data is None else Found(outcome.data.search_people, whole=False)


def _given(found: Found | LeadIQError, kind: type[LeadIQError]) -> SearchResult:
    """Give an answer as the client would: one that is not whole is in an error.

    The error's text is the same whether LeadIQ or the journal gave the answer, so that a job that
    was interrupted ends with the same file as one that was not.
    """
    if isinstance(found, LeadIQError):
        raise found
    if not found.whole:
        raise kind("the answer came beside an error, and may be incomplete", data=found.answer)
    return found.answer


def _meaning(status: int, body: bytes) -> LeadIQError | None:
    outcome = _outcome(status, body)
    return outcome if isinstance(outcome, LeadIQError) else None


def _outcome(status: int, body: bytes) -> SearchPeople | LeadIQError:
    from .._generated.search_people import SearchPeople

    return read_reply(Envelope[SearchPeople], status, body)

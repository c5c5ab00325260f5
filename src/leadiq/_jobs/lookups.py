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
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic_core import to_json

from .._core.errors import (
    ForgottenError,
    JournalError,
    LeadIQError,
    OutcomeUnknownError,
)
from .._core.pricing import DataPoint, Prices, Unlock, price
from .._engine.answers import Answer, Receipt, Source
from .._generated.operations import SEARCH_PEOPLE
from .._ground.base import to_wire
from . import steps
from .batches import Batches
from .claims import Claim, Wish
from .entries import Earlier
from .journal import State
from .ledger_rules import Standing, standing
from .replies import Found, newest_update, read_kept

if TYPE_CHECKING:
    from .._conduct.pipeline import Pipeline
    from ..types import SearchPeopleInput, SearchResult
    from .budget import Budget
    from .journal import Entry, Journal
    from .ledger_job import LedgerJob
    from .ledger_rules import Slip

MOST_COMPANIES: Final = 4
"""How many current companies a person is taken to have at most; each of them is charged for.
Nobody has published a bound. What a lookup costs above this is counted all the same."""

MOST_RESULTS: Final = 10
"""How many people a lookup without a limit is taken to answer with at most [unknown]."""

_FORGOTTEN: Final = "the person was removed from this job; it is not asked for again"
_UNKNOWN: Final = "it was sent before and no answer came; sent again, it may be charged again"
_NOTHING: Final = frozenset[DataPoint]()


class Known(Protocol):
    """What other jobs have found out."""

    def unlocked(self, asked: SearchPeopleInput, unlock: frozenset[Unlock]) -> frozenset[DataPoint]:
        """Tell what of a lookup is free, because it was unlocked within a year."""
        ...

    def answer(self, asked: SearchPeopleInput, unlock: frozenset[Unlock]) -> Earlier | None:
        """Give another job's answer, if the caller would have it instead of a new one."""
        ...


class PaidLookups:
    """Answers lookups, with a journal and a budget.

    Args:
        leadiq: sends what has to be sent, in the bulk lane.
        journal: is asked first, and told of every step before it is taken.
        budget: is asked before sending. What the journal knows of has to be in it already.
        prices: the account's price list.
        repeat_unknown: whether to send again what may then be charged again.
        known: what other jobs have found out.
        batches: sends; default: each lookup is a request of its own.
        ledger: what is shared with jobs elsewhere; asked before sending, and told of every step.
    """

    def __init__(
        self,
        leadiq: Pipeline,
        journal: Journal,
        budget: Budget,
        *,
        prices: Prices = Prices(),  # noqa: B008 - an immutable tuple
        repeat_unknown: bool = False,
        known: Known | None = None,
        batches: Batches | None = None,
        ledger: LedgerJob | None = None,
    ) -> None:
        self._batches = batches or Batches(leadiq, journal)
        self._batches.ledger = self._ledger = ledger
        self._journal = journal
        self.budget = budget
        self._prices = prices
        self._repeat_unknown = repeat_unknown
        self._known = known
        self.sent = 0
        """Lookups that were sent, repetitions not counted."""
        self.reused = 0
        """Lookups that a journal answered."""

    async def look_up(
        self,
        asked: SearchPeopleInput,
        unlock: frozenset[Unlock],
        *,
        free: frozenset[DataPoint] = _NOTHING,
    ) -> Answer:
        """Give the journal's answer, or pay for one. No `LeadIQError` is raised.

        Args:
            asked: whom to find.
            unlock: what to pay for beyond the profile.
            free: what was unlocked of the person before, and is not charged again.

        Returns:
            An answer whose error may be, besides those of the client's method: `BudgetError` (the
            budget does not cover it), `OutcomeUnknownError` (sent before without an answer),
            `ForgottenError` (removed from the journal for good): these were not sent;
            `JournalError` (the journal cannot be written; the result is there if one came).
        """
        key = question(asked, unlock)
        try:
            entry = self._journal.find(key)
            if entry is not None and entry.state is State.FORGOTTEN:
                return Answer(None, ForgottenError(_FORGOTTEN, sent=False), _receipt_of(entry))
            if entry is None or entry.state is not State.SETTLED:
                entry = await self._adopt(key, asked, unlock, entry) or entry
            if entry is not None and entry.state is State.SETTLED:
                return self._kept(entry)
            return await self._pay(self._wish(key, asked, unlock, free), entry)
        except LeadIQError as error:
            return Answer(None, error, Receipt())
        except sqlite3.Error as error:
            return Answer(None, unwritable(error), Receipt())

    def _kept(self, entry: Entry) -> Answer:
        self.reused += 1
        found = read_kept(entry.status, entry.reply)
        receipt = _receipt_of(entry)
        if isinstance(found, LeadIQError):
            return Answer(None, found, receipt)
        return Answer(found.answer, found.error, receipt)

    async def _adopt(
        self,
        key: bytes,
        asked: SearchPeopleInput,
        unlock: frozenset[Unlock],
        entry: Entry | None,
    ) -> Entry | None:
        """Take over another job's answer, if there is one and this lookup was never sent."""
        may_be = self._known and (entry is None or entry.state is State.CLAIMED)
        earlier = self._known.answer(asked, unlock) if self._known and may_be else None
        if earlier is None:
            return None
        return await self._take_over(key, unlock, earlier)

    async def _take_over(
        self, key: bytes, unlock: frozenset[Unlock], earlier: Earlier
    ) -> Entry | None:
        points = sorted(earlier.unlocked)
        taken: dict[str, Any] = {"source": Source.LEDGER, "unlocked": points, "amounts": {}}
        status, reply = earlier.status, earlier.reply
        await self._journal.write(steps.adopted(key, unlock, status, reply, taken))
        return self._journal.find(key)

    def _wish(
        self,
        key: bytes,
        asked: SearchPeopleInput,
        unlock: frozenset[Unlock],
        free: frozenset[DataPoint],
    ) -> Wish:
        if self._known:
            free |= self._known.unlocked(asked, unlock)
        most = _most(asked, unlock, self._prices)
        return Wish(key, asked, unlock, most, self._prices, free - {DataPoint.COMPANY})

    async def _pay(self, wish: Wish, entry: Entry | None, *, alone: bool = False) -> Answer:
        unsure = entry is not None and entry.state in (State.UNKNOWN, State.SENT)
        counted = Decimal(0)
        if entry is not None and unsure:
            if Unlock.COMPANY not in wish.unlock:  # free: from here on the claim counts it
                counted = entry.reserved
            elif not self._repeat_unknown:
                return Answer(None, OutcomeUnknownError(_UNKNOWN, sent=False), _receipt_of(entry))
        slip: Slip | None = None
        if self._ledger:
            may_repeat = self._repeat_unknown or Unlock.COMPANY not in wish.unlock
            slip = await self._ledger.take(wish, may_repeat=may_repeat)
            if slip and standing(slip) is Standing.OVER:
                return await self._from_ledger(wish, slip)
        claim = Claim(wish, unsure=unsure or standing(slip) is Standing.UNKNOWN)
        try:
            answer = await self._reserve(claim, counted, alone=alone)
        finally:
            untold = await self._ledger.let_go(claim) if self._ledger else None
        if untold and answer.result:
            answer = answer._replace(error=untold)
        if isinstance(answer.error, OutcomeUnknownError) and self._repeat_unknown:
            return await self._pay(wish, self._journal.find(wish.question), alone=True)
        return answer

    async def _from_ledger(self, wish: Wish, slip: Slip) -> Answer:
        """Have what another job has paid for."""
        entry = slip.entry
        if entry.reply is None or entry.status is None:
            return Answer(None, ForgottenError(_FORGOTTEN, sent=False), Receipt())
        points = frozenset(map(DataPoint, entry.receipt.get("unlocked", ())))
        earlier = Earlier(entry.status, entry.reply, points)
        await self._take_over(wish.question, wish.unlock, earlier)
        return await self.look_up(wish.asked, wish.unlock)

    async def _reserve(self, claim: Claim, counted: Decimal, *, alone: bool) -> Answer:
        reservation = await self.budget.reserve(claim.wish.most, counted=counted)
        try:
            return await self._send(claim, alone=alone)
        finally:
            await reservation.settle(claim.charged)

    async def _send(self, claim: Claim, *, alone: bool) -> Answer:
        failure: JournalError | None = None
        try:
            await self._journal.write(steps.claimed(*claim.wish.claim))
            self.sent += 1
            await self._batches.send(claim, alone=alone)
        except sqlite3.Error as error:
            result = claim.found.answer if isinstance(claim.found, Found) else None
            failure = unwritable(error, result)
        answer = _answer(claim, failure)
        if answer.error:
            await self.budget.heed(answer.error)
        return answer


def question(asked: SearchPeopleInput, unlock: frozenset[Unlock]) -> bytes:
    """Give a lookup's key: a hash of all that decides its answer and its price.

    The profile comes with everything, so it does not matter whether it is among the unlocks.
    """
    parts = [SEARCH_PEOPLE.name, sorted(unlock - {Unlock.PROFILE}), to_wire(asked)]
    return sha256(to_json(parts)).digest()


def unwritable(error: sqlite3.Error, answer: SearchResult | None = None) -> JournalError:
    """Say that the journal cannot be written."""
    text = f"the journal cannot be written ({error}): make room, and go on with the job"
    return JournalError(text, data=answer)


def _most(asked: SearchPeopleInput, unlock: frozenset[Unlock], prices: Prices) -> Decimal:
    results = asked.limit or MOST_RESULTS
    bill = SEARCH_PEOPLE.bill
    return price(bill, unlock, prices=prices, results=results, companies=MOST_COMPANIES).maximum


def _answer(claim: Claim, failure: JournalError | None) -> Answer:
    found, bill = claim.found, claim.bill
    is_known = isinstance(found, Found) or not claim.unsure
    receipt = Receipt(
        source=Source.API if claim.attempts else None,
        reserved=claim.wish.most,
        charged=claim.charged if is_known else None,
        attempts=claim.attempts,
        waited_s=claim.waited_s,
        request_id=claim.request_id,
        unlocked=bill.unlocked if bill else frozenset(),
        updated_at=newest_update(claim.reply) if bill else None,
    )
    if isinstance(found, Found):
        return Answer(found.answer, failure or found.error, receipt)
    return Answer(None, failure or found, receipt)


def _receipt_of(entry: Entry) -> Receipt:
    """Say again how a lookup came about that is in the journal."""
    taken, settled = entry.receipt, entry.state is State.SETTLED
    return Receipt(
        source=Source(taken.get("source", Source.JOURNAL)) if settled else None,
        reserved=entry.reserved,
        charged=entry.charged,
        attempts=taken.get("attempts", 0),
        waited_s=taken.get("waited_s", 0.0),
        request_id=entry.request_id,
        unlocked=frozenset(map(DataPoint, taken.get("unlocked", ()))),
        updated_at=newest_update(entry.reply or b""),
    )

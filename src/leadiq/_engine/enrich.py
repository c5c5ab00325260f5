"""Rows in, outcomes out: the engine under `leadiq enrich`.

    async with enrich(leadiq, rows, unlock={Unlock.WORK_EMAIL}) as outcomes:
        async for outcome in outcomes:  # in the order of the rows, one for each
            ...

One row's failure never stops the others. Rows with one key share one lookup. What would fail
for every row (credits used up, the key refused, answers that cannot be read, a dead server)
stops the job: what is in flight is waited for, the rest is `not_sent`. An answer that comes
beside an error is kept, as it may be paid for.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import anyio

from .._core.errors import BudgetError, ForgottenError, LeadIQError
from .identity import InvalidLead, Lead
from .stopping import Brake, why_stopped

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable

    from anyio.abc import TaskGroup
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

    from .._core.pricing import Unlock
    from ..types import PersonRecord, SearchPeopleInput, SearchResult

#: Lookups at a time, if the caller doesn't say. A standard key's 60 requests a minute need
#: one or two; the rest is for answers that take long.
DEFAULT_CONCURRENCY: Final = 8
#: Outcomes that wait for an earlier row's, for each lookup at a time. One slow answer holds
#: up the order, not the others; beyond this it holds up all, so that memory stays flat.
_WAITING_PER_LOOKUP: Final = 8


class Searcher(Protocol):
    """What the engine needs of a client."""

    async def search_people(
        self,
        input: SearchPeopleInput,  # noqa: A002 - the client's name for it
        *,
        unlock: Iterable[Unlock] = (),
    ) -> SearchResult:
        """Return the persons that match; see `LeadIQ.search_people`."""
        ...


class Status(StrEnum):
    """How a row ended. Only `failed` and `not_sent` are worth another run."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    INVALID = "invalid"
    FORGOTTEN = "forgotten"
    FAILED = "failed"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What became of one row.

    `line` is the row's own number, `reason` a clause without personal data, `person` the first
    that LeadIQ found, of `matches` in all. A row that was found has a reason too when LeadIQ sent
    an error beside it (the person may be incomplete) or when an identifier was left out.
    `shared` says that another row's lookup answered this one too.
    """

    line: int
    status: Status
    reason: str = ""
    person: PersonRecord | None = None
    matches: int = 0
    shared: bool = False

    def __repr__(self) -> str:
        return f"<Outcome line={self.line} {self.status}>"


class _Lookup:
    """One question to LeadIQ, in flight or answered. The answer's `line` is nobody's yet."""

    __slots__ = ("answer", "answered")

    def __init__(self) -> None:
        self.answered = anyio.Event()
        self.answer = Outcome(0, Status.NOT_SENT)

    def settle(self, answer: Outcome) -> None:
        self.answer = answer
        self.answered.set()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row whose turn comes when the rows before it have had theirs."""

    line: int
    lookup: _Lookup
    note: str
    shared: bool = False

    def outcome(self) -> Outcome:
        """Return the answer, which has to be there, as this row's."""
        answer = self.lookup.answer
        reason = "; ".join(filter(None, (answer.reason, self.note)))
        return replace(answer, line=self.line, reason=reason, shared=self.shared)


_Turn: TypeAlias = _Waiting | Outcome


class _Feeder:
    """Takes rows, sends lookups, and queues each row's turn. See `enrich`."""

    def __init__(
        self,
        leadiq: Searcher,
        rows: Iterable[tuple[int, Lead | InvalidLead]],
        unlock: frozenset[Unlock],
        concurrency: int,
        repeats: Callable[[str], int] | None,
    ) -> None:
        self.sent = 0
        self.why_stopped = ""
        self.stopped_by: LeadIQError | None = None
        self.broken: Exception | None = None
        self._leadiq = leadiq
        self._rows = rows
        self._unlock = unlock
        self._repeats = repeats
        self._brake = Brake()
        self._in_flight: set[anyio.CancelScope] = set()
        self._lookups: dict[str, tuple[_Lookup, int]] = {}
        self._slots = anyio.Semaphore(concurrency)

    def abandon(self) -> None:
        """Give up the lookups in flight."""
        for scope in self._in_flight:
            scope.cancel()

    async def feed(self, to_consumer: MemoryObjectSendStream[_Turn], tasks: TaskGroup) -> None:
        """Take the rows one by one, as far ahead of the consumer as the stream allows."""
        with to_consumer:
            try:
                for line, lead in self._rows:
                    await to_consumer.send(await self._take(line, lead, tasks))
            except Exception as error:  # the rows are the caller's: let the caller have it
                self.broken = error

    async def _take(self, line: int, lead: Lead | InvalidLead, tasks: TaskGroup) -> _Turn:
        if isinstance(lead, InvalidLead):
            return Outcome(line, Status.INVALID, lead.reason)
        if known := self._known(lead.key):
            return _Waiting(line, known, lead.ignored, shared=True)
        await self._slots.acquire()
        if self.why_stopped:
            self._slots.release()
            return Outcome(line, Status.NOT_SENT, self.why_stopped)
        lookup = self._remember(lead.key)
        self.sent += 1
        tasks.start_soon(self._look_up, lead, lookup)
        return _Waiting(line, lookup, lead.ignored)

    def _known(self, key: str) -> _Lookup | None:
        """Return the lookup with this key, and forget it after the last row that wants it."""
        if key not in self._lookups:
            return None
        lookup, rows_to_come = self._lookups[key]
        if rows_to_come == 1:
            del self._lookups[key]
        else:
            self._lookups[key] = lookup, rows_to_come - 1
        return lookup

    def _remember(self, key: str) -> _Lookup:
        lookup = _Lookup()
        rows_to_come = self._repeats(key) - 1 if self._repeats else -1  # below 0: never the last
        if rows_to_come:
            self._lookups[key] = lookup, rows_to_come
        return lookup

    async def _look_up(self, lead: Lead, lookup: _Lookup) -> None:
        answer = Outcome(0, Status.FAILED, "given up before the answer came; it may be charged")
        scope = anyio.CancelScope()
        self._in_flight.add(scope)
        try:
            with scope:
                answer = await self._answer(lead)
        finally:
            self._in_flight.discard(scope)
            lookup.settle(answer)
            self._slots.release()

    async def _answer(self, lead: Lead) -> Outcome:
        error: LeadIQError | None = None
        result: SearchResult | None
        try:
            result = await self._leadiq.search_people(lead.to_input(), unlock=self._unlock)
        except LeadIQError as failure:
            error, result = failure, _kept(failure)
        except Exception as defect:  # one of ours must not cost the other rows
            name = type(defect).__name__
            return Outcome(0, Status.FAILED, f"unexpected {name}; please report it")
        if self._brake.stops(error, answered=result is not None) and error:
            self.stopped_by = self.stopped_by or error
            self.why_stopped = self.why_stopped or f"not sent: {why_stopped(error)}"
        return _outcome(result, error)


def _kept(error: LeadIQError) -> SearchResult | None:
    """Return the answer that came beside an error."""
    from ..types import SearchResult

    answer = getattr(error.data, "search_people", error.data)
    return answer if isinstance(answer, SearchResult) else None


def _outcome(result: SearchResult | None, error: LeadIQError | None) -> Outcome:
    said = str(error).removeprefix(f"{error.operation}: ") if error else ""
    if isinstance(error, BudgetError):
        return Outcome(0, Status.NOT_SENT, f"not sent: {why_stopped(error)}")
    if isinstance(error, ForgottenError):
        return Outcome(0, Status.FORGOTTEN, said)
    if not (result and result.results):
        return Outcome(0, Status.FAILED if error else Status.NOT_FOUND, said)
    reason = f"LeadIQ sent an error too: {said}" if error else ""
    matches = max(result.total_results, len(result.results))
    return Outcome(0, Status.FOUND, reason, result.results[0], matches)


class Outcomes:
    """The outcomes of a job as an async iterator, and the job's controls. See `enrich`."""

    def __init__(self, feeder: _Feeder, turns: MemoryObjectReceiveStream[_Turn]) -> None:
        self._feeder = feeder
        self._turns = turns
        self._turn: _Turn | None = None

    @property
    def sent(self) -> int:
        """Lookups sent so far; the client's own repeats of one are not counted."""
        return self._feeder.sent

    @property
    def stopped(self) -> bool:
        """True when no further row is sent."""
        return bool(self._feeder.why_stopped)

    @property
    def stopped_by(self) -> LeadIQError | None:
        """The error that stopped the job; `why_stopped` has words for it."""
        return self._feeder.stopped_by

    def stop(self, reason: str, *, abandon: bool = False) -> None:
        """Send nothing more: the rows not sent yet end as `not_sent` with this reason.

        What is in flight is waited for, as it may be paid for; with `abandon` it is not, and
        its rows end as `failed`. Calling it again is fine: the first reason stays.
        """
        self._feeder.why_stopped = self._feeder.why_stopped or reason
        if abandon:
            self._feeder.abandon()

    def __aiter__(self) -> Outcomes:
        return self

    async def __anext__(self) -> Outcome:
        """Return the next row's outcome. Cancelling this loses none.

        Raises what iterating the rows raised, after the outcomes of all rows before that.
        """
        if self._turn is None:
            self._turn = await self._next_turn()
        turn = self._turn
        if isinstance(turn, _Waiting):
            await turn.lookup.answered.wait()
            turn = turn.outcome()
        self._turn = None
        return turn

    async def _next_turn(self) -> _Turn:
        try:
            return await self._turns.receive()
        except anyio.EndOfStream:
            if self._feeder.broken:
                raise self._feeder.broken from None
            raise StopAsyncIteration from None


@asynccontextmanager
async def background() -> AsyncGenerator[TaskGroup]:
    """Give a task group whose tasks are cancelled when the block ends.

    What the block raises comes out as it is, not in an exception group.
    """
    failed: BaseException | None = None
    async with anyio.create_task_group() as tasks:
        try:
            yield tasks
        except (Exception, KeyboardInterrupt) as error:
            failed = error
        tasks.cancel_scope.cancel()
    if failed:
        raise failed


@asynccontextmanager
async def enrich(
    leadiq: Searcher,
    rows: Iterable[tuple[int, Lead | InvalidLead]],
    *,
    unlock: Iterable[Unlock] = (),
    concurrency: int = DEFAULT_CONCURRENCY,
    repeats: Callable[[str], int] | None = None,
) -> AsyncGenerator[Outcomes]:
    """Look up every row; gives the outcomes, in the order of the rows.

    `rows` are pairs of a number of yours and a lead, or why there is none; they are taken as
    the outcomes are, not much ahead. At most `concurrency` lookups are under way at a time.
    Each lookup buys one person at most: the first, as LeadIQ ranks them.

    Every answer is kept for later rows with its key, so memory grows with the leads, unless
    `repeats` tells how many rows have a key: then it is dropped after the last of them.

    Leaving the block early cancels what is in flight, which may be charged all the same; call
    `stop` and take the outcomes to the end to lose nothing.
    """
    to_consumer, turns = anyio.create_memory_object_stream[_Turn](concurrency * _WAITING_PER_LOOKUP)
    feeder = _Feeder(leadiq, rows, frozenset(unlock), concurrency, repeats)
    with to_consumer, turns:
        async with background() as tasks:
            tasks.start_soon(feeder.feed, to_consumer, tasks)
            yield Outcomes(feeder, turns)

"""Rows in, outcomes out: the engine of every job.

    async with enrich(searcher, rows, unlock={Unlock.WORK_EMAIL}) as outcomes:
        async for outcome in outcomes:  # in the order of the rows, one for each
            ...

One row's failure never stops the others. Rows with one key share one lookup. What would fail
for every row (credits used up, the key refused, answers that cannot be read, a dead server)
stops the job: what is in flight is waited for, the rest is `not_sent`. An answer that comes
beside an error is kept, as it may be paid for.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

import anyio

from .._core.errors import LeadIQError
from .asked import Asked
from .desk import Desk, Wish
from .identity import InvalidLead, Lead
from .rows import Outcome, Row, Status
from .turns import Part, Turn

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Sequence

    from anyio.abc import TaskGroup
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

    from .._core.pricing import Unlock
    from ..types import PersonRecord
    from .answers import Searcher
    from .stages import Stage

__all__ = ["Outcome", "Outcomes", "Row", "Status", "background", "each", "enrich"]

R = TypeVar("R")

#: Lookups at a time, if the caller doesn't say. A standard key's 60 requests a minute need
#: one or two; the rest is for answers that take long.
DEFAULT_CONCURRENCY: Final = 8
#: Outcomes that wait for an earlier row's, for each lookup at a time. One slow answer holds
#: up the order, not the others; beyond this it holds up all, so that memory stays flat.
_WAITING_PER_LOOKUP: Final = 8
#: However many lookups are under way: each outcome that waits holds a person.
_MOST_WAITING: Final = 1000


class _Feeder(Generic[R]):
    """Takes rows, and queues each row's turn. See `enrich`."""

    def __init__(
        self, desk: Desk, unlock: frozenset[Unlock], stages: Sequence[Stage], tasks: TaskGroup
    ) -> None:
        self.desk = desk
        self.broken: Exception | None = None
        self._unlock = unlock
        self._stages = stages
        self._tasks = tasks

    async def feed(
        self,
        rows: Iterable[Row[R]] | AsyncIterable[Row[R]],
        to_consumer: MemoryObjectSendStream[Turn[R]],
    ) -> None:
        """Take the rows one by one, as far ahead of the consumer as the stream allows."""
        with to_consumer:
            try:
                async with each(rows) as ones:
                    async for row in ones:
                        await to_consumer.send(await self._take(row))
            except Exception as error:  # the rows are the caller's: let the caller have it
                self.broken = error

    async def _take(self, row: Row[R]) -> Turn[R]:
        if isinstance(row.lead, InvalidLead):
            return Turn(row)
        part = Part("", *await self.desk.place(row.lead, Wish(self._unlock)))
        turn = Turn(row, part, staged=bool(self._stages))
        if self._stages:
            self._tasks.start_soon(self._go_on, turn)
        return turn

    async def _go_on(self, turn: Turn[R]) -> None:
        """Take a row through its later stages, up to the first that fails."""
        try:
            await turn.parts[0].lookup.answered.wait()
            for stage in self._stages:
                person = turn.person
                if person and turn.goes_on and self._wants(turn, stage, person):
                    wish = Wish(stage.unlock, turn.unlocked)
                    seat = await self.desk.place(Lead(person_id=person.id), wish)
                    turn.parts.append(Part(stage.name, *seat))
                    await seat[0].answered.wait()
        finally:
            turn.end()

    def _wants(self, turn: Turn[R], stage: Stage, person: PersonRecord) -> bool:
        try:
            return stage.when is None or bool(stage.when(person, turn.row.row))
        except Exception as defect:  # the caller's function: this row's trouble, not the others'
            text = f"{stage.name}: its condition raised {type(defect).__name__}"
            turn.failure = LeadIQError(text, sent=False)
            return False


class Outcomes(Generic[R]):
    """The outcomes of a job as an async iterator, and the job's controls. See `enrich`."""

    def __init__(self, feeder: _Feeder[R], turns: MemoryObjectReceiveStream[Turn[R]]) -> None:
        self._feeder = feeder
        self._turns = turns
        self._turn: Turn[R] | None = None

    @property
    def why_stopped(self) -> str:
        """Why no further row is sent; empty while the job goes on."""
        return self._feeder.desk.why_stopped

    @property
    def stopped_by(self) -> LeadIQError | None:
        """The error that stopped the job; `why_stopped` has words for it."""
        return self._feeder.desk.stopped_by

    def stop(self, reason: str, *, abandon: bool = False) -> None:
        """Send nothing more: the rows not sent yet end as `not_sent` with this reason.

        What is in flight is waited for, as it may be paid for; with `abandon` it is not, and
        its rows end as `failed`. Calling it again is fine: the first reason stays.
        """
        self._feeder.desk.stop(reason)
        if abandon:
            self._feeder.desk.abandon()

    async def leave(self, reason: str) -> None:
        """Send nothing more, and wait for what is in flight."""
        self.stop(reason)
        await self._feeder.desk.idle()

    def __aiter__(self) -> Outcomes[R]:
        return self

    async def __anext__(self) -> Outcome[R]:
        """Return the next row's outcome. Cancelling this loses none.

        Raises what iterating the rows raised, after the outcomes of all rows before that.
        """
        if self._turn is None:
            self._turn = await self._next_turn()
        turn = self._turn
        await turn.over()
        self._turn = None
        return turn.outcome()

    async def _next_turn(self) -> Turn[R]:
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
    searcher: Searcher,
    rows: Iterable[Row[R]] | AsyncIterable[Row[R]],
    *,
    unlock: Iterable[Unlock] = (),
    stages: Sequence[Stage] = (),
    concurrency: int = DEFAULT_CONCURRENCY,
    asked: Asked | None = None,
) -> AsyncGenerator[Outcomes[R]]:
    """Look up every row; gives the outcomes, in the order of the rows.

    `rows` are taken as the outcomes are, not much ahead. At most `concurrency` lookups are under
    way at a time. Each lookup buys one person at most: the first, as LeadIQ ranks them. Who was
    found goes through the `stages`, which ask by the person's LeadIQ id.

    No answer is kept for later rows with its key: the searcher gives it again. What is kept is in
    `asked`, on disk, so memory is flat; a second walk with the same one asks nothing anew.

    Leaving the block early cancels what is in flight, which may be charged all the same; call
    `stop` and take the outcomes to the end to lose nothing.
    """
    waiting = max(concurrency, min(concurrency * _WAITING_PER_LOOKUP, _MOST_WAITING))
    to_consumer, turns = anyio.create_memory_object_stream[Turn[R]](waiting)
    async with AsyncExitStack() as stack:
        asked = asked or stack.enter_context(Asked())
        stack.enter_context(to_consumer)
        stack.enter_context(turns)
        tasks = await stack.enter_async_context(background())
        desk = Desk(searcher, asked, concurrency, tasks)
        feeder = _Feeder[R](desk, frozenset(unlock), stages, tasks)
        tasks.start_soon(feeder.feed, rows, to_consumer)
        yield Outcomes(feeder, turns)


@asynccontextmanager
async def each(rows: Iterable[R] | AsyncIterable[R]) -> AsyncGenerator[AsyncIterator[R]]:
    """Go through rows of either kind; a generator is closed at the end, however that comes."""
    ones = aiter(rows) if isinstance(rows, AsyncIterable) else _awaited(rows)
    try:
        yield ones
    finally:
        if hasattr(ones, "aclose"):
            await cast("Any", ones).aclose()


async def _awaited(rows: Iterable[R]) -> AsyncGenerator[R]:
    for row in rows:
        yield row

"""Where rows get their answers: every question is asked once in a run, whoever wants it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

import anyio

from .._core.errors import JournalError, LeadIQError, OutcomeUnknownError
from .answers import Answer, Receipt
from .stopping import Brake, why_stopped

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

    from .._core.pricing import DataPoint, Unlock
    from ..types import SearchPeopleInput
    from .answers import Searcher
    from .asked import Asked, Noted
    from .identity import Lead

_NO_ROOM: Final = "temporary files cannot be written"
_GIVEN_UP: Final = "given up before the answer came; it may be charged"


class Wish(NamedTuple):
    """What is to be had of a person."""

    unlock: frozenset[Unlock]
    free: frozenset[DataPoint] = frozenset()
    """What was unlocked of the person before, and is not charged again."""


class Lookup:
    """One question, on its way or answered; `not_sent` says why it never was."""

    __slots__ = ("answer", "answered", "not_sent")

    def __init__(self, not_sent: str = "") -> None:
        self.answered = anyio.Event()
        self.answer = Answer(None, None, Receipt())
        self.not_sent = not_sent
        if not_sent:
            self.answered.set()

    def settle(self, answer: Answer) -> None:
        """Give it to everybody who waits."""
        self.answer = answer
        self.answered.set()


class Desk:
    """Asks, so many questions at a time, until something would fail for every row.

    Args:
        searcher: answers; what it has answered it answers again for nothing.
        asked: what was asked before in this run.
        concurrency: questions at a time.
        tasks: where the asking is done.

    Attributes:
        why_stopped: why nothing more is sent; empty while it goes on.
        stopped_by: the error that stopped it, if it was one.
    """

    def __init__(
        self, searcher: Searcher, asked: Asked, concurrency: int, tasks: TaskGroup
    ) -> None:
        self.why_stopped = ""
        self.stopped_by: LeadIQError | None = None
        self._searcher = searcher
        self._asked = asked
        self._slots = anyio.Semaphore(concurrency)
        self._tasks = tasks
        self._brake = Brake()
        self._under_way: dict[str, Lookup] = {}
        self._scopes: set[anyio.CancelScope] = set()
        self._failed_request: str | int = ""

    def stop(self, reason: str, error: LeadIQError | None = None) -> None:
        """Send nothing more. The first reason stays."""
        if not self.why_stopped:
            self.why_stopped, self.stopped_by = reason, error

    def abandon(self) -> None:
        """Give up what is under way."""
        for scope in self._scopes:
            scope.cancel()

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await next(iter(self._under_way.values())).answered.wait()

    async def place(self, lead: Lead, wish: Wish) -> tuple[Lookup, bool]:
        """Give the lookup of a lead, and whether another row has it too.

        That is the one under way, or the one that was, or else a new one, when its turn comes:
        first come is first served.
        """
        key = f"{','.join(sorted(wish.unlock))}:{lead.key}"
        if known := self._known(key, wish):
            return known
        await self._slots.acquire()
        known = self._known(key, wish)  # somebody may have been faster
        if known or self.why_stopped:
            self._slots.release()
            return known or (Lookup(self.why_stopped), False)
        self._under_way[key] = lookup = Lookup()
        self._tasks.start_soon(self._look_up, key, lookup, lead.to_input(), wish)
        return lookup, False

    def _known(self, key: str, wish: Wish) -> tuple[Lookup, bool] | None:
        if lookup := self._under_way.get(key):
            return lookup, True
        if noted := self._asked.tell(key):
            return self._again(key, noted, wish), noted.told
        return None

    def _again(self, key: str, noted: Noted, wish: Wish) -> Lookup:
        lookup = Lookup()
        if noted.is_kept:
            self._under_way[key] = lookup
            self._tasks.start_soon(self._repeat, key, lookup, noted, wish)
        else:
            lookup.settle(noted.answer)
        return lookup

    async def _repeat(self, key: str, lookup: Lookup, noted: Noted, wish: Wish) -> None:
        """Have an answer again; the receipt is that of the first time."""
        answer = await self._answer(noted.asked, wish)
        del self._under_way[key]
        lookup.settle(answer._replace(receipt=noted.answer.receipt))

    async def _look_up(
        self, key: str, lookup: Lookup, asked: SearchPeopleInput, wish: Wish
    ) -> None:
        answer = Answer(None, OutcomeUnknownError(_GIVEN_UP), Receipt(charged=None))
        scope = anyio.CancelScope()
        self._scopes.add(scope)
        try:
            with scope:
                answer = await self._answer(asked, wish)
                self._heed(answer)
        finally:
            self._scopes.discard(scope)
            self._note(key, asked, answer)
            del self._under_way[key]
            lookup.settle(answer)
            self._slots.release()

    def _note(self, key: str, asked: SearchPeopleInput, answer: Answer) -> None:
        """Remember it; where there is no room, what is under way is waited for all the same."""
        try:
            self._asked.note(key, asked, answer)
        except sqlite3.Error as error:
            full = JournalError(f"{_NO_ROOM} ({error}): make room, and go on with the job")
            self.stop(f"not sent: {_NO_ROOM}", full)

    async def _answer(self, asked: SearchPeopleInput, wish: Wish) -> Answer:
        try:
            return await self._searcher.look_up(asked, wish.unlock, free=wish.free)
        except Exception as defect:  # one of ours must not cost the other rows
            text = f"unexpected {type(defect).__name__}; please report it"
            return Answer(None, LeadIQError(text), Receipt(charged=None))

    def _heed(self, answer: Answer) -> None:
        """Let the brake see each request once, however many lookups were in it."""
        error = answer.error
        if error and answer.result is None:
            request_id = error.request_id or id(error)
            if request_id == self._failed_request:  # of the same batch
                return
            self._failed_request = request_id
        if self._brake.stops(error, answered=answer.result is not None) and error:
            self.stop(f"not sent: {why_stopped(error)}", error)

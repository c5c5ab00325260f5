"""Lookups that are ready together go in one request, under aliases.

Which lookups of a request go again that was not answered is `pieces`' matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self, cast

import anyio

from .._core.errors import ConfigurationError
from .._engine.aliases import MOST_ALIASES
from .pieces import Experience
from .trips import travel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from anyio.abc import TaskGroup

    from .._conduct.pipeline import Pipeline
    from .._core.pricing import Unlock
    from .claims import Claim
    from .journal import Journal
    from .ledger_job import LedgerJob

LINGER_S: Final = 0.05
"""How long a batch that is not full waits for more, when no other is under way whose end would let
more come: little beside a minute's share of the limit."""


class Batches:
    """Sends claims, several in one request where that is wanted.

    Used as a context manager it forms batches; otherwise each claim is a request of its own. Who
    waits for a claim may be cancelled: the request goes on for the others, and is given up when
    nobody waits for it any more.

    Args:
        leadiq: sends, in the bulk lane.
        journal: is told of every step before it is taken.
        size: how many claims go into one request at most.
        companies: whether those with company information are batched too. One that fails may take
            the answers of the others with it, which are charged, and not free to ask for again.
        linger_s: seconds that a batch which is not full waits for more.
        on_size: is told when a smaller size turns out to be the largest that works.
    """

    def __init__(
        self,
        leadiq: Pipeline,
        journal: Journal,
        size: int = 1,
        *,
        companies: bool = False,
        linger_s: float = LINGER_S,
        on_size: Callable[[int], None] | None = None,
    ) -> None:
        if not 1 <= size <= MOST_ALIASES:
            text = f"a batch has to be of 1 to {MOST_ALIASES} lookups"
            raise ConfigurationError(text, sent=False)
        self.size = size
        """The largest size that is not known to be refused."""
        self.limited = 0
        """How often LeadIQ refused one of several claims for the rate limit: then each of them may
        count as a request."""
        self.ledger: LedgerJob | None = None
        """Is told of every step too, if there is one."""
        self._leadiq = leadiq
        self._journal = journal
        self._companies = companies
        self._linger_s = linger_s
        self._on_size = on_size
        self._open: dict[frozenset[Unlock], _Batch] = {}
        self._tasks: TaskGroup | None = None
        self._away = 0

    async def __aenter__(self) -> Self:
        self._tasks = await anyio.create_task_group().__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        tasks, self._tasks = cast("TaskGroup", self._tasks), None
        if error:
            tasks.cancel_scope.cancel()
        await tasks.__aexit__(None, None, None)

    async def send(self, claim: Claim, *, alone: bool = False) -> None:
        """Send a claim until it has ended: its `found` is there then.

        Args:
            claim: is in the journal.
            alone: whether it has to be a request of its own.

        Raises:
            sqlite3.Error: the journal cannot be written; `found` may be there all the same.
        """
        if alone or self._tasks is None or self.size == 1 or not self._takes(claim):
            await self._serve([claim])
        else:
            await self._join(claim, self._tasks)

    def _takes(self, claim: Claim) -> bool:
        return claim.free_to_repeat or self._companies

    async def _join(self, claim: Claim, tasks: TaskGroup) -> None:
        batch = self._open.get(claim.wish.unlock)
        if batch is None:
            batch = self._open[claim.wish.unlock] = _Batch(claim.wish.unlock)
            tasks.start_soon(self._run, batch)
        batch.claims.append(claim)
        if len(batch.claims) >= self.size:
            self._close(batch)
        try:
            await claim.ended.wait()
        finally:
            batch.leave(claim)
        if claim.failure:
            raise claim.failure

    async def _run(self, batch: _Batch) -> None:
        with batch.scope:
            try:
                await self._fill(batch)
                self._close(batch)
                self._away += 1
                try:
                    await self._serve(batch.claims)
                finally:
                    self._away -= 1
                    for waiting in self._open.values():
                        waiting.stirred.set()
            except Exception as error:  # it belongs to those who wait, not to this task
                batch.fail(error)

    async def _fill(self, batch: _Batch) -> None:
        """Wait until it is full, or nothing is under way whose end would bring more."""
        while True:
            with anyio.move_on_after(self._linger_s):
                await batch.full.wait()
            if batch.full.is_set() or not self._away:
                return
            batch.stirred = anyio.Event()
            await batch.stirred.wait()

    def _close(self, batch: _Batch) -> None:
        """Let nobody join any more."""
        if self._open.get(batch.unlock) is batch:
            del self._open[batch.unlock]
        batch.full.set()
        batch.stirred.set()

    async def _serve(self, claims: Sequence[Claim]) -> None:
        """Send claims, and again in pieces those that were not answered and may go again."""
        pieces, seen = [list(claims)], Experience(len(claims))
        while pieces and pieces[0]:
            piece = pieces.pop(0)
            landed = await travel(self._leadiq, self._journal, piece, self.ledger)
            self.limited += landed.limited if len(piece) > 1 else 0
            again = seen.next(piece, landed)
            pieces = [] if seen.is_hopeless else [*again, *pieces]
            waiting = {id(claim) for each in pieces for claim in each}
            for claim in claims:
                if id(claim) not in waiting:
                    claim.ended.set()
        if (size := seen.size) and size < self.size:
            self.size = size
            if self._on_size:
                self._on_size(size)


class _Batch:
    """Claims of one selection that travel together, and who waits for them."""

    def __init__(self, unlock: frozenset[Unlock]) -> None:
        self.unlock = unlock
        self.claims: list[Claim] = []
        self.full = anyio.Event()
        """Nobody joins any more; it departs at once."""
        self.stirred = anyio.Event()
        """It is full, or another has ended."""
        self.scope = anyio.CancelScope()
        self._left = 0

    def leave(self, claim: Claim) -> None:
        """Nobody waits for a claim any more: it has ended, or its task is cancelled."""
        if claim.ended.is_set():
            pass
        elif self.full.is_set():
            claim.charged = claim.wish.most  # it departs, or has departed
        else:
            self.claims.remove(claim)
            return
        self._left += 1
        if self._left == len(self.claims):
            self.scope.cancel()

    def fail(self, error: Exception) -> None:
        """End what has not ended."""
        for claim in self.claims:
            if not claim.ended.is_set():
                claim.failure = error
                claim.ended.set()

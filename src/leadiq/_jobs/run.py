"""One run of a job: rows in, outcomes out, within a budget and with a journal.

The command line and the Python API are faces of this one.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

import anyio

from .._conduct.pipeline import payer_of
from .._core.errors import LeadIQError
from .._core.pricing import Unlock
from .._engine.asked import Asked
from .._engine.enrich import each, enrich
from .._engine.tariff import live_prices
from .accounts import account_of, credits_used
from .known import Known
from .lookups import PaidLookups, unwritable
from .notes import Note
from .probing import batches_for
from .recovery import recover
from .spool import Spool
from .tally import RunSummary, Tally
from .terms import AUTO
from .traffic import Traffic

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable, Iterable
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType

    from .._client.client import LeadIQ
    from .._core.pricing import Prices
    from .._engine.enrich import Outcomes
    from .._engine.rows import Outcome, Row
    from ..types import Account
    from .budget import Budget
    from .journal import Journal
    from .ledger_job import LedgerJob
    from .store import Store
    from .terms import Terms

R = TypeVar("R")

_STOPPED: Final = "not sent: interrupted"
_OVER: Final = "not sent"


class Run(Generic[R]):
    """The outcomes of a run as an async iterator, and its controls. It is a context manager.

        async with Run(leadiq, store, journal, rows, terms) as run:
            async for outcome in run:  # in the order of the rows, one for each
                ...
        run.summary

    When the block is left without an exception, what is under way is waited for, as it is paid
    for; with one it is given up, and may be charged all the same.

    Args:
        leadiq: sends.
        store: where journals are.
        journal: the job's; it is not closed.
        rows: are taken as the outcomes are, not much ahead.
        terms: what is to be done.
        note: what the journal is to know about the run beside what comes of it.
        traffic: counts the client's requests.

    Attributes:
        tally: the rows so far, counted. With `first` they are counted while they are looked up,
            and once more when their outcomes come.

    Entering raises:
        AuthenticationError: LeadIQ refused the key.
        TransportError: LeadIQ cannot be reached.
        ConfigurationError: the client cannot work as it is set up.
        BudgetStoreError: a shared budget cannot be reached.
        LedgerError: the ledger cannot be reached.
        JournalError: the journal cannot be written.
    """

    def __init__(
        self,
        leadiq: LeadIQ,
        store: Store,
        journal: Journal,
        rows: Iterable[Row[R]] | AsyncIterable[Row[R]],
        terms: Terms[R],
        *,
        note: Note | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self.tally = Tally(terms.unlocked)
        self._leadiq = leadiq
        self._store = store
        self._journal = journal
        self._rows = rows
        self._terms = terms
        self._note = note or Note(began=0)
        self._traffic = traffic
        self._stack = AsyncExitStack()
        self._account: Account | None = None
        self._counting: anyio.CancelScope | None = None
        self._at_end = False
        self._ledger: LedgerJob | None = None
        self._summary: RunSummary | None = None

    @property
    def job(self) -> str:
        """The id under which the job can be gone on with."""
        return self._terms.job or self._journal.path.stem

    @property
    def is_elsewhere(self) -> bool:
        """Whether a ledger has all that the journal has."""
        return self._ledger is not None and self._ledger.is_told

    @property
    def budget(self) -> Budget:
        """What the job has spent, has reserved, and may spend."""
        return self._paid.budget

    @property
    def sent(self) -> int:
        """Lookups sent so far; the client's own repeats of one are not counted."""
        return self._paid.sent

    @property
    def summary(self) -> RunSummary:
        """What it came to. It is there when the block is left.

        Raises:
            RuntimeError: it is not over yet.
        """
        if self._summary is None:
            raise RuntimeError("the summary is there when the `async with` block is left")
        return self._summary

    def stop(self, reason: str = _STOPPED, *, abandon: bool = False) -> None:
        """Send nothing more: the rows not sent yet end as `not_sent` with this reason.

        What is in flight is waited for, as it may be paid for; with `abandon` it is not, and its
        rows end as `failed`. Calling it again is fine: the first reason stays. When all rows are
        over, it ends the wait for the account's count of credits.
        """
        if self._counting:
            self._counting.cancel()
        self._sending.stop(reason, abandon=abandon)

    def _repr_html_(self) -> str:
        """What a notebook shows: nothing of a person."""
        from .shown import run_html

        return run_html(self.job, self.tally, self._summary)

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await self._begin(stack)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, traceback)
        account = await self._count() if kind is None else None
        self._summary = self._summed_up(account)
        await self._note_end(self._summary)
        over = kind is None and self._at_end  # else the caller may not have kept the outcomes
        if over and self.tally.settled and not self._sending.why_stopped:
            self._journal.end()

    async def _leave(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and not self._at_end:
            await self._sending.leave(_STOPPED)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Outcome[R]:
        """Give the next row's outcome. Cancelling this loses none.

        Raises what iterating the rows raised, after the outcomes of all rows before that.
        """
        try:
            outcome = await anext(self._outcomes)
        except StopAsyncIteration:
            self._at_end = True
            raise
        self.tally.count(outcome)
        return outcome

    async def _begin(self, stack: AsyncExitStack) -> None:
        terms = self._terms
        self._began, self._clock = time.time(), time.monotonic()
        self._account = await account_of(self._leadiq)
        prices = live_prices(self._account)
        await self._open_ledger(stack, prices)
        await recover(self._journal, prices)
        self._earlier = self._journal.totals()
        self._journal.end(ended=False)
        await self._note_begin(prices)
        entered = terms.budget.entered(self.job, self._journal.spent)
        budget = await stack.enter_async_context(entered)
        known = Known(
            self._store,
            self._note.account,
            self._began,
            reuse_s=terms.reuse_s,
            but=self._journal.path,
        )
        batches = await batches_for(terms.batch, self._leadiq, self._journal, self._store)
        self._paid = PaidLookups(
            self._leadiq,
            self._journal,
            budget,
            prices=prices,
            repeat_unknown=terms.repeat_unknown,
            known=stack.enter_context(known),
            batches=await stack.enter_async_context(batches),
            ledger=self._ledger,
        )
        alone = terms.batch == AUTO and Unlock.COMPANY in terms.unlock  # see `Batches`
        self._at_once = terms.concurrency * (1 if alone else batches.size)
        self._asked = stack.enter_context(Asked())
        rows = self._rows
        if terms.first:
            rows = self._ranked(stack.enter_context(Spool[R](terms.first)))
        self._sending = self._outcomes = await stack.enter_async_context(self._walk(rows))
        stack.push_async_exit(self._leave)

    async def _open_ledger(self, stack: AsyncExitStack, prices: Prices) -> None:
        """Go on with what the job has in its ledger; the journal is new then."""
        if self._terms.ledger is None:
            return
        entered = self._terms.ledger.entered(self.job, payer_of(self._leadiq), prices)
        self._ledger = await stack.enter_async_context(entered)
        try:
            await self._ledger.restore(self._journal)
        except sqlite3.Error as error:
            raise unwritable(error) from None

    def _walk(
        self, rows: Iterable[Row[R]] | AsyncIterable[Row[R]]
    ) -> AbstractAsyncContextManager[Outcomes[R]]:
        terms = self._terms
        return enrich(
            self._paid,
            rows,
            unlock=terms.unlock,
            stages=terms.stages,
            concurrency=self._at_once,
            asked=self._asked,
        )

    async def _ranked(self, spool: Spool[R]) -> AsyncGenerator[Row[R]]:
        """Look up all rows, the first ones first; then give them in order, and send nothing."""
        broken = await self._fill(spool)
        async with self._walk(spool.by_rank()) as ahead:
            self._sending = ahead
            if reason := self._outcomes.why_stopped:
                ahead.stop(reason)
            async for outcome in ahead:
                self.tally.count(outcome)
        self.tally.clear()
        self._asked.begin_again()
        self._outcomes.stop(ahead.why_stopped or _OVER)
        for row in spool.in_order():
            yield row
        if broken:
            raise broken

    async def _fill(self, spool: Spool[R]) -> Exception | None:
        async with each(self._rows) as rows:
            while True:
                try:
                    row = await anext(rows)
                except StopAsyncIteration:
                    return None
                except Exception as error:  # the rows are the caller's: it comes out behind them
                    return error
                spool.add(row)

    async def _count(self) -> Account | None:
        """Read the account once more; None when it cannot tell, or nobody waits for it."""
        if self._account is None:
            return None
        account: Account | None = None
        with anyio.CancelScope() as self._counting:
            with suppress(LeadIQError):
                account = await account_of(self._leadiq)
        return account

    def _summed_up(self, account: Account | None) -> RunSummary:
        totals, sending = self._journal.totals(), self._sending
        return RunSummary(
            job=self.job,
            statuses=dict(self.tally.statuses),
            shared=self.tally.shared,
            sources=dict(self.tally.sources),
            sent=self._paid.sent,
            spent=totals.charged - self._earlier.charged,
            limit=self._paid.budget.limit,
            used_before=credits_used(self._account),
            used_after=credits_used(account),
            totals=totals,
            began=self._began,
            seconds=time.monotonic() - self._clock,
            stopped_by=sending.stopped_by,
            interrupted=not self._at_end or bool(sending.why_stopped and not sending.stopped_by),
        )

    async def _note_begin(self, prices: Prices) -> None:
        self._note = replace(
            self._note,
            began=self._began,
            account=payer_of(self._leadiq),
            prices=prices,
            rate=self._leadiq.statistics().limit,
            limit=self._terms.budget.limit,
            used_before=credits_used(self._account),
        )
        try:
            await self._journal.note(self._note.began, self._note.to_json())
        except sqlite3.Error as error:
            raise unwritable(error) from None

    async def _note_end(self, summary: RunSummary) -> None:
        """Write down what came of it; a disk that is full keeps nothing else from ending."""
        traffic = self._traffic or Traffic(requests=summary.sent)
        stopped = type(summary.stopped_by).__name__ if summary.stopped_by else ""
        note = replace(
            self._note,
            ended=time.time(),
            used_after=summary.used_after,
            rows=summary.rows,
            lookups=self.tally.lookups,
            shared=summary.shared,
            statuses={status.value: count for status, count in summary.statuses.items()},
            requests=traffic.requests,
            limited=traffic.limited,
            retries=traffic.retries,
            stopped_by=stopped or ("interruption" if summary.interrupted else ""),
        )
        with suppress(sqlite3.Error), anyio.CancelScope(shield=True):
            await self._journal.note(note.began, note.to_json())

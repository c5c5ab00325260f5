"""Jobs from Python: many rows looked up, within a budget, and never paid for twice."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from .._conduct.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from .._core.pricing import Unlock
    from .._engine.stages import Stage
    from .._jobs.budget import Budget
    from .._jobs.findings import Findings
    from .._jobs.ledger import Ledger
    from .._jobs.run import Run
    from .._jobs.shared_budget import SharedBudget
    from .client import LeadIQ

R = TypeVar("R")

_PREVIEWS_AT_ONCE = 8


class Enriching(Pipeline):
    """The methods of the client that work on many rows."""

    @asynccontextmanager
    async def enrich(
        self,
        rows: Iterable[R] | AsyncIterable[R],
        *,
        unlock: Iterable[Unlock | str] | str = (),
        budget: Budget | SharedBudget | Decimal | int | Literal["unlimited"] | None = None,
        job: str | None = None,
        stages: Sequence[Stage] = (),
        first: Callable[[R], Any] | str | None = None,
        batch: int | Literal["auto"] = "auto",
        concurrency: int = 8,
        columns: Mapping[str, str] | None = None,
        repeat_unknown: bool = False,
        reuse_days: float = 0.0,
        ledger: Ledger | None = None,
    ) -> AsyncGenerator[Run[R]]:
        """Look up every row; one outcome for each, in the order of the rows.

            async with leadiq.enrich(rows, unlock="work-email", budget=100) as results:
                async for outcome in results:
                    print(outcome.line, outcome.status, outcome.receipt.charged)
            print(results.summary.spent)

        One row's failure never raises for the others: it is in the outcome. Every answer is kept
        in a journal before it is used. Rows that mean the same person are looked up once. Memory
        does not grow with the rows.

        Args:
            rows: `Lead`s, mappings, dataclasses or models, from an iterable or an async iterable;
                they are taken as the outcomes are.
            unlock: what to pay for beyond the profile.
            budget: credits that the job may spend at most, earlier runs of it included; needed for
                anything beyond the profile. A `Budget` can be shared, or be within another one.
            job: a name, under which the same call later asks for nothing that was answered;
                without one the job has an id, `results.job`, which can be given here later.
            stages: what else to unlock of those who were found, each perhaps on a condition.
            first: which rows are looked up first: a function that gives a number, the highest
                first, or a member's name, with `-` before it the lowest first. The outcomes come
                in the order of the rows all the same. The rows are kept on disk (pickled) until
                then, all of them are taken before the first is looked up.
            batch: lookups in one request, 1 to 25; "auto" finds out for free how many work.
            concurrency: requests under way at a time.
            columns: which member says what, where its name doesn't: {"email": "Contact"}.
            repeat_unknown: whether to send again what an earlier run sent without an answer and
                may be charged again: company information.
            reuse_days: how old an answer of another job may be that is taken over; 0: none is.
            ledger: shared with jobs on other machines, so that none of them pays for what another
                has. The job is kept in it, and any machine goes on with it by its name, one at a
                time: who comes meanwhile waits. The journal is removed at the end.

        Raises:
            InputError: an argument that cannot be what it is, or no budget; nothing was sent.
            AuthenticationError: LeadIQ refused the key; no row was sent.
            TransportError: LeadIQ cannot be reached; no row was sent.
            ConfigurationError: another process is at the job, or its journal cannot be used.
            BudgetStoreError: a shared budget cannot be reached; no row was sent.
            LedgerError: the ledger cannot be reached; no row was sent.
        """
        from .._jobs.opening import job_named, kept
        from .._jobs.row_leads import check_rows, leads_of, reader
        from .._jobs.run import Run
        from .._jobs.store import Store
        from .._jobs.terms import terms_of

        terms = terms_of(
            unlock=unlock,
            budget=budget,
            stages=stages,
            first=first,
            batch=batch,
            concurrency=concurrency,
            repeat_unknown=repeat_unknown,
            reuse_days=reuse_days,
            ledger=ledger,
            job=job,
        )
        check_rows(rows)
        lead_of = reader(columns)
        client = cast("LeadIQ", self)
        store = Store.default()
        journal = job_named(store, None if ledger else job, terms.unlock)
        run = Run(client, store, journal, leads_of(rows, lead_of), terms)
        with kept(journal, lambda: run.is_elsewhere):
            async with run as results:
                yield results

    async def plan(
        self,
        rows: Iterable[Any] | AsyncIterable[Any],
        *,
        unlock: Iterable[Unlock | str] | str = (),
        stages: Sequence[Stage] = (),
        sample: int = 60,
        seed: int = 1,
        columns: Mapping[str, str] | None = None,
    ) -> Findings:
        """Tell what `enrich` would cost, before anything is paid. Free of charge.

            found = await leadiq.plan(rows, unlock="work-email")
            print(found.credits.low, found.credits.expected, found.credits.high, found.budget)

        Args:
            rows: as for `enrich`; they are gone through once.
            unlock: what to pay for beyond the profile.
            stages: what else to unlock of those who were found.
            sample: how many leads to preview at most, each of them a request of the rate limit.
            seed: chooses them: the same number, the same leads.
            columns: which member says what, where its name doesn't.

        Returns:
            Counts, hits, credits with an interval, and the budget that `enrich` needs.

        Raises:
            InputError: an argument that cannot be what it is; nothing was sent.
            LeadIQError: the account, or previews, cannot be read.
        """
        import time

        from .._conduct.pipeline import payer_of
        from .._engine.inputs import check_count, refused
        from .._jobs.census import Census
        from .._jobs.findings import find_out
        from .._jobs.known import Known
        from .._jobs.row_leads import check_rows, leads_of, reader
        from .._jobs.store import Store
        from .._jobs.terms import selection_of

        points, later = selection_of(unlock, stages)
        check_count("sample", sample, 0)
        if type(seed) is not int:
            raise refused("seed has to be a whole number")
        check_rows(rows)
        lead_of = reader(columns)
        with (
            Known(Store.default(), payer_of(self), time.time()) as known,
            Census(known=known, unlock=points, size=sample, seed=seed) as census,
        ):
            async for row in leads_of(rows, lead_of):
                census.add(row.lead)
        client = cast("LeadIQ", self)
        return await find_out(client, census, points, later, seed=seed, at_once=_PREVIEWS_AT_ONCE)

"""What an engine is to do with batches of rows: one value, sent to its workers."""

from __future__ import annotations

import os
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from leadiq._client.client import LeadIQ
from leadiq._core.errors import ConfigurationError
from leadiq._engine.enrich import each
from leadiq._engine.inputs import refused
from leadiq._jobs.budget import Budget
from leadiq._jobs.ledger import Ledger
from leadiq._jobs.terms import Terms, terms_of
from leadiq.arrow._budgets import beside
from leadiq.arrow._columns import check_columns
from leadiq.arrow._parts import Progress, added_schema, part_of, rows_of, with_results
from leadiq.arrow._pyarrow import pyarrow
from leadiq.arrow._quota import Quota, quota_of

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from decimal import Decimal

    from leadiq._core.pricing import Unlock
    from leadiq._engine.stages import Stage
    from leadiq._jobs.shared_budget import SharedBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrichment:
    """Looks up the rows of Arrow batches, wherever these are. It can be pickled.

    Each batch is a part of one job, named after its rows and kept in the ledger: worked on again,
    on whatever machine, it asks for nothing that was answered, and shows the same charges. So the
    charges of all rows add up to those of the ledger. Two batches that are equal in every row are
    one part, and both show what it cost.

    Args:
        unlock: what to pay for beyond the profile.
        budget: credits that all parts may spend together; needed for anything beyond the profile.
            A number is counted beside the ledger; if that is a PostgreSQL give a `SharedBudget`.
        ledger: remembers what was paid for.
        quota: a `SharedQuota`, or how many requests a minute each process has for itself.
        stages: what else to unlock of those who were found.
        columns: field -> column, where the name does not say it: {"email": "Contact"}.
        batch: lookups in one request, 1 to 25; "auto" finds out for free how many work.
        concurrency: requests of one process under way at a time.
        repeat_unknown: whether to send again what may be charged again: company information.
        key: the API key; default: `LEADIQ_API_KEY` where this is made. It goes to the workers with
            this value, and is not shown.
        endpoint: URL of the API; default: `LEADIQ_ENDPOINT` where this is made, or production.

    Raises:
        InputError: something that cannot be what it is, or is missing.
        ConfigurationError: no key, or an extra is not installed. Nothing was sent.
    """

    ledger: Ledger
    quota: Quota | int
    unlock: Iterable[Unlock | str] | str = ()
    budget: SharedBudget | Decimal | int | Literal["unlimited"] | None = None
    stages: Sequence[Stage] = ()
    columns: Mapping[str, str] | None = None
    batch: int | Literal["auto"] = "auto"
    concurrency: int = 8
    repeat_unknown: bool = False
    key: str | None = field(default=None, repr=False)
    endpoint: str | None = None

    def __post_init__(self) -> None:
        pyarrow()
        if not isinstance(self.ledger, Ledger):
            raise refused("ledger is missing: a Ledger, which all workers can reach")
        if isinstance(self.budget, Budget):
            raise refused("a Budget is for one process: give a number, or a SharedBudget")
        set_ = object.__setattr__
        set_(self, "quota", quota_of(self.quota))
        set_(self, "budget", beside(self.ledger, self.budget))
        set_(self, "key", self.key or os.environ.get("LEADIQ_API_KEY"))
        set_(self, "endpoint", self.endpoint or os.environ.get("LEADIQ_ENDPOINT"))
        set_(self, "unlock", self._terms().unlock)

    def schema(self, given: Any) -> Any:
        """Give the schema of what comes out for batches of a schema.

        Args:
            given: a `pyarrow.Schema`.

        Raises:
            InputError: no column says whom a row means, two say the same, or one is named like a
                result.
        """
        check_columns(given.names, self.columns)
        return pyarrow().schema([*given, *added_schema(self._terms().unlocked)])

    async def batches(
        self, leadiq: LeadIQ, batches: Iterable[Any] | AsyncIterable[Any]
    ) -> AsyncGenerator[Any]:
        """Give each batch with the results beside its rows, in the order of the batches.

        Args:
            leadiq: sends; `quota`, `key` and `endpoint` do not count.
            batches: `pyarrow.RecordBatch`es or `Table`s; what they are comes out.

        Raises:
            InputError: the columns of a batch do not say whom a row means.
            LeadIQError: see `LeadIQ.enrich`; what was paid for is in the ledger.
        """
        async with each(batches) as ones:
            async for batch in ones:
                yield await self.part(leadiq, batch)

    async def part(self, leadiq: LeadIQ, batch: Any) -> Any:
        """Give one batch with the results beside its rows; see `batches`."""
        check_columns(batch.schema.names, self.columns)
        done = await self._done(leadiq, batch) if batch.num_rows else []
        return with_results(batch, done, self._terms().unlocked)

    async def _done(self, leadiq: LeadIQ, batch: Any) -> list[Any]:
        name = part_of(batch)
        progress = Progress(name, batch.num_rows)
        async with leadiq.enrich(
            rows_of(batch),
            unlock=self.unlock,
            budget=self.budget,
            ledger=self.ledger,
            job=name,
            stages=self.stages,
            batch=self.batch,
            concurrency=self.concurrency,
            columns=self.columns,
            repeat_unknown=self.repeat_unknown,
        ) as outcomes:
            return [progress.done(outcome, time.time()) async for outcome in outcomes]

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Do the same from code that is not async: in Spark, `frame.mapInArrow(enrichment, ...)`.

        A client and an event loop are made for it, and closed at the end.
        """
        from anyio.from_thread import start_blocking_portal

        with (
            start_blocking_portal() as portal,
            portal.wrap_async_context_manager(self.client()) as leadiq,
        ):
            for batch in batches:
                yield portal.call(self.part, leadiq, batch)

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[LeadIQ]:
        """Give a client with this key, endpoint and quota.

        Raises:
            ConfigurationError: no key, or the quota cannot be shared.
            ConnectError: the store of the quota does not answer; nothing was sent.
        """
        quota = quota_of(self.quota)
        async with (
            quota.pacer(self._key()) as pacer,
            LeadIQ(self.key, endpoint=self.endpoint, pacer=pacer) as leadiq,
        ):
            yield leadiq

    def check(self) -> None:
        """See, before anything is sent, whether key, quota and ledger will do.

        Raises:
            ConfigurationError: no key, or the quota cannot be shared.
            ConnectError: the store of the quota does not answer.
            LedgerError: the ledger's store cannot be reached.
        """
        from anyio.from_thread import start_blocking_portal

        async def check() -> None:
            async with self.client():
                await self.ledger.check()

        with start_blocking_portal() as portal:
            portal.call(check)

    def _key(self) -> str:
        if not self.key:
            text = "no API key: set LEADIQ_API_KEY where the Enrichment is made, or pass key="
            raise ConfigurationError(text, sent=False)
        return self.key

    def _terms(self) -> Terms[Any]:
        """Check what is asked for as `LeadIQ.enrich` does."""
        return terms_of(
            unlock=self.unlock,
            budget=self.budget,
            stages=self.stages,
            first=None,
            batch=self.batch,
            concurrency=self.concurrency,
            repeat_unknown=self.repeat_unknown,
            reuse_days=0.0,
            ledger=self.ledger,
            job="part",
        )

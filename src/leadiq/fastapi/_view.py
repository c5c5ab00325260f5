"""A client as one request sees it: it ends with its visitor, and keeps to its tenant's budget."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import anyio

from leadiq import LeadIQ
from leadiq.fastapi._accounts import Wanted

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Sequence
    from typing import Unpack

    from pydantic import BaseModel

    from leadiq import CallOptions, Run, Unlock
    from leadiq._core.documents import Operation
    from leadiq.fastapi._accounts import Tenant
    from leadiq.fastapi._visitor import Visitor

M = TypeVar("M", bound="BaseModel")
R = TypeVar("R")


class VisitedLeadIQ(LeadIQ):
    """A view of the process's client, for one request. Make it with `over`."""

    _client: LeadIQ
    _visitor: Visitor
    _tenant: Tenant | None

    @classmethod
    def over(cls, client: LeadIQ, visitor: Visitor, tenant: Tenant | None = None) -> Self:
        """Give a view of a client.

        Args:
            client: is shared by all requests.
            visitor: when they go away, what is under way for them is cancelled.
            tenant: who pays; None: no budget is kept.
        """
        view = object.__new__(cls)
        own = {"_client": client, "_visitor": visitor, "_tenant": tenant}
        view.__dict__.update(client.__dict__, **own)
        return view

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        view = super().with_options(**options)
        view._client = self._client.with_options(**options)
        return view

    async def _send(
        self,
        operation: Operation,
        model: type[M],
        body: tuple[bytes, bytes],
        *,
        hidden: Sequence[str] = (),
        unlock: tuple[Unlock, ...] = (),
        **options: Unpack[CallOptions],
    ) -> M:
        words: dict[str, Any] = {"hidden": hidden, "unlock": unlock, **options}
        send = partial(super()._send, operation, model, body, **words)
        async with self._visitor.waiting():
            if self._tenant is None:
                return await send()
            chosen = self._options.with_(**options)
            wanted = Wanted(operation, body[1], unlock, chosen, send, anyio.current_time())
            return cast("M", await self._tenant.pay(wanted))

    @asynccontextmanager
    async def enrich(
        self, rows: Iterable[R] | AsyncIterable[R], *, budget: Any = None, **terms: Any
    ) -> AsyncGenerator[Run[R]]:
        within = self._tenant.job_budget(budget) if self._tenant else budget
        async with (
            self._visitor.waiting(),
            self._client.enrich(rows, budget=within, **terms) as results,
        ):
            yield results

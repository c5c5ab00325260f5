"""What an actor of Ray Data does with batches."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadiq._client.client import LeadIQ
    from leadiq.arrow import Enrichment


class Worker:
    """Looks up batches, with one client for all of them.

    It has an event loop of its own: Ray Data's stands still while results wait for their consumer,
    and a worker that gives no sign of life loses its slots and its part.

    Args:
        enrichment: what is to be done.
    """

    def __init__(self, enrichment: Enrichment) -> None:
        self._enrichment = enrichment
        self._stack = AsyncExitStack()
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, name="leadiq", daemon=True).start()
        client = self._stack.enter_async_context(enrichment.client())
        self._leadiq: LeadIQ = asyncio.run_coroutine_threadsafe(client, self._loop).result()

    async def __call__(self, batch: Any) -> Any:
        """Give a `pyarrow.Table` with the results beside its rows."""
        work = self._enrichment.part(self._leadiq, batch)
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

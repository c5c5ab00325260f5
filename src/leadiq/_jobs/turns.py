"""One thread at a time talks to a store; slips that wait for their turn are written together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from anyio import to_thread

from .together import Together

if TYPE_CHECKING:
    from collections.abc import Callable

    from .ledger_rules import Change, LedgerStore

T = TypeVar("T")


class Turns:
    """Calls a store, which blocks, in threads. A call that was begun is not cancelled."""

    def __init__(self, store: LedgerStore) -> None:
        self._turn = anyio.Lock()
        self._together = Together["Change", "list[bool]"](store.swap, self._turn)

    async def call(self, method: Callable[..., T], *values: Any) -> T:
        """Call one of the store's methods."""
        async with self._turn:  # a thread that has begun is waited for, whoever is cancelled
            return await to_thread.run_sync(method, *values)

    async def swap(self, *changes: Change) -> list[bool]:
        """Write slips, each if its version before is there; see `LedgerStore.swap`."""
        written, before = await self._together.do(*changes)
        return written[before : before + len(changes)]

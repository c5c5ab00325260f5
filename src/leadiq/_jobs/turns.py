"""One thread at a time talks to a store; slips that wait for their turn are written together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from anyio import to_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from .ledger_rules import Change, LedgerStore

T = TypeVar("T")


class _Group:
    """Slips that are written together."""

    __slots__ = ("changes", "done", "failure", "written")

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.written: list[bool] = []
        self.done = False
        self.failure: Exception | None = None


class Turns:
    """Calls a store, which blocks, in threads. A call that was begun is not cancelled."""

    def __init__(self, store: LedgerStore) -> None:
        self._store = store
        self._turn = anyio.Lock()
        self._collecting = _Group()

    async def call(self, method: Callable[..., T], *values: Any) -> T:
        """Call one of the store's methods."""
        async with self._turn:  # a thread that has begun is waited for, whoever is cancelled
            return await to_thread.run_sync(method, *values)

    async def swap(self, *changes: Change) -> list[bool]:
        """Write slips, each if its version before is there; see `LedgerStore.swap`."""
        group, begin = self._collecting, len(self._collecting.changes)
        group.changes += changes
        with anyio.CancelScope(shield=True):
            async with self._turn:
                if not group.done:  # otherwise one who waited before us has taken ours along
                    self._collecting = _Group()
                    await to_thread.run_sync(self._write, group)
        if group.failure is not None:
            raise group.failure
        return group.written[begin : begin + len(changes)]

    def _write(self, group: _Group) -> None:
        try:
            group.written = self._store.swap(group.changes)
        except Exception as error:  # it belongs to all whose slips these are
            group.failure = error
        finally:
            group.done = True

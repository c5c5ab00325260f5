"""Ledger and budget of a cluster without Redis: kept by an actor on the driver's machine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from leadiq._jobs.budget_rules import Unreachable
from leadiq._jobs.budget_sqlite import SqliteBook
from leadiq._jobs.ledger import Ledger
from leadiq._jobs.ledger_sql import SqlStore, sqlite_dialect
from leadiq._jobs.shared_budget import FILE, SharedBudget
from leadiq._jobs.store import Store
from leadiq.arrow._budgets import name_beside
from leadiq.ray._ray import actor, ray_

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

LEDGERS: Final = "ledgers.db"
"""Where ledgers are kept that have no store of their own: beside the journals."""

_TIMEOUT_S: Final = 20.0


class Stores:
    """The actor: the stores of one job, in files of one machine.

    Args:
        name: of the ledger.
        folder: where the files are.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self._stores: dict[str, Any] = {
            "ledger": SqlStore(name, sqlite_dialect(folder / LEDGERS)),
            "budget": SqliteBook(folder / FILE),
        }

    def do(self, store: str, method: str, *given: Any) -> Any:
        """Call a method of a store."""
        return getattr(self._stores[store], method)(*given)


class Remote:
    """A store in the actor: it has the methods of a `LedgerStore`, or of a `Book`.

    Args:
        handle: of the actor.
        store: which one.
    """

    def __init__(self, handle: Any, store: str) -> None:
        self._handle = handle
        self._store = store

    def close(self) -> None:
        """Leave it: the actor goes on for others."""

    def __getattr__(self, method: str) -> Any:
        if method.startswith("_"):
            raise AttributeError(method)
        return partial(self._do, method)

    def _do(self, method: str, *given: Any) -> Any:
        ray = ray_()
        try:
            asked = self._handle.do.remote(self._store, method, *given)
            return ray.get(asked, timeout=_TIMEOUT_S)
        except ray.exceptions.RayTaskError as error:
            raise _cause(error) from None
        except ray.exceptions.RayError as error:
            raise Unreachable(type(error).__name__) from None


class Kept:
    """What the actor keeps for one job. It lives as long as somebody has a handle of it.

    Args:
        name: of the ledger.
    """

    def __init__(self, name: str) -> None:
        ray = ray_()
        store = Store.default()
        store.prepare()
        here = ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(
            ray.get_runtime_context().get_node_id(), soft=False
        )
        self._name = name
        self._handle = actor(Stores, name, store.directory, scheduling_strategy=here)

    def ledger(self) -> Ledger:
        """Give the ledger."""
        opener: Any = partial(Remote, self._handle, "ledger")
        return Ledger.over(self._name, opener)

    def budget(self, limit: Decimal | int) -> SharedBudget:
        """Give a budget.

        Raises:
            ConfigurationError: a limit that cannot be.
        """
        opener: Any = partial(Remote, self._handle, "budget")
        return SharedBudget(name_beside(self._name), limit, opener)


def _cause(error: Any) -> Exception:
    """Give what a store raised, without the actor's traceback in its words."""
    cause = error.cause
    return Unreachable(str(cause)) if isinstance(cause, Unreachable) else error

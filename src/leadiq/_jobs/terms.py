"""What a run is to do, and how: checked before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from .._engine.enrich import DEFAULT_CONCURRENCY
from .._engine.inputs import check_count, refused
from .._engine.rank import by_column
from .._engine.stages import Stage, check_stages, unlocks
from .._engine.words import input_of, member
from .budget import Budget
from .catalog import DAY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from .._core.pricing import Unlock
    from .._engine.rank import Rank
    from .ledger import Ledger
    from .shared_budget import SharedBudget

R = TypeVar("R")

AUTO: Final = "auto"
MOST_IN_A_BATCH: Final = 25
"""Lookups in one request; an edition of LeadIQ's sample had as many [samples]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Generic[R]):
    """What a run is to do, and how."""

    unlock: frozenset[Unlock]
    budget: Budget
    stages: tuple[Stage, ...] = ()
    first: Rank[R] | None = None
    """Which rows are looked up first; the outcomes come in the order of the rows all the same."""
    batch: int | Literal["auto"] = AUTO
    """Lookups in one request."""
    concurrency: int = DEFAULT_CONCURRENCY
    """Requests under way at a time."""
    repeat_unknown: bool = False
    """Whether to send again what may then be charged again."""
    reuse_s: float = 0.0
    """How old an answer of another job may be that is taken over, in seconds; 0: none is."""
    ledger: Ledger | None = None
    """What is shared with jobs elsewhere. The job itself is kept there then, not in a journal."""
    job: str = ""
    """The job's name in the ledger; default: as its journal is named."""

    @property
    def unlocked(self) -> frozenset[Unlock]:
        """Everything that may be unlocked, by later stages too."""
        return self.unlock.union(*(stage.unlock for stage in self.stages))


def terms_of(
    *,
    unlock: Iterable[Unlock | str] | str,
    budget: Budget | SharedBudget | Decimal | int | Literal["unlimited"] | None,
    stages: Sequence[Stage],
    first: Callable[[R], Any] | str | None,
    batch: int | str,
    concurrency: int,
    repeat_unknown: bool,
    reuse_days: float,
    ledger: Ledger | None = None,
    job: str | None = None,
) -> Terms[R]:
    """Give the terms as the Python API has them.

    Raises:
        InputError: something that cannot be what it is, or a budget is missing.
        ConfigurationError: a budget that is none.
    """
    points, later = selection_of(unlock, stages)
    if budget is None and (points or stages):
        raise refused(
            'budget is missing: how many credits may be spent at most, or "unlimited"? It is needed'
            " for anything beyond the profile"
        )
    check_count("concurrency", concurrency or 0, 1)
    if not isinstance(reuse_days, int | float) or not reuse_days >= 0:
        raise refused("reuse_days has to be 0 or more")
    if not (first is None or isinstance(first, str) or callable(first)):
        raise refused("first takes the name of a number, or a function of the row")
    if ledger is not None:
        _check_ledger(ledger, job)
    return Terms(
        unlock=points,
        stages=later,
        budget=Budget.of("unlimited" if budget is None else budget),
        first=by_column(first, _by_name) if isinstance(first, str) else first,
        batch=checked_batch(batch),
        concurrency=concurrency,
        repeat_unknown=repeat_unknown,
        reuse_s=reuse_days * DAY_S,
        ledger=ledger,
        job=(ledger and job) or "",
    )


def selection_of(
    unlock: Iterable[Unlock | str] | str, stages: Sequence[Stage]
) -> tuple[frozenset[Unlock], tuple[Stage, ...]]:
    """Give what is unlocked at once, and what later.

    Raises:
        InputError: something that cannot be what it is.
    """
    points = unlocks(unlock)
    if not isinstance(stages, list | tuple):
        raise refused("stages has to be a list of Stage")
    for stage in stages:
        if not isinstance(stage, Stage):
            raise refused(f"stages has to hold Stage, not {type(stage).__name__}")
    check_stages(points, stages)
    return points, tuple(stages)


def checked_batch(batch: int | str) -> int | Literal["auto"]:
    """Give the number of lookups in one request.

    Raises:
        InputError: it is neither 1 to 25 nor `auto`.
    """
    if batch == AUTO:
        return AUTO
    if isinstance(batch, int) and not isinstance(batch, bool) and 1 <= batch <= MOST_IN_A_BATCH:
        return batch
    raise refused(f"batch takes 1 to {MOST_IN_A_BATCH}, or {AUTO}")


def _check_ledger(ledger: object, job: str | None) -> None:
    from .ledger import Ledger
    from .opening import checked_name

    if not isinstance(ledger, Ledger):
        raise refused("ledger takes a Ledger: leadiq.Ledger(name, url)")
    if job is not None:
        checked_name(job)


def _by_name(row: Any, name: str) -> str:
    return member(row, input_of(name))

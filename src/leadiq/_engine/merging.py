"""One person's record out of the answers of several stages. Pure.

Each stage asks for data points of its own, so what the one left open the next one fills in. What
both have stays as the first had it. Nothing that was paid for is dropped: a position that only the
later answer has is added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .._ground.base import BaseModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..types import PersonRecord, PositionRecord

M = TypeVar("M", bound=BaseModel)


def merged(person: PersonRecord, more: PersonRecord) -> PersonRecord:
    """Give the person with what a later stage added."""
    positions = _positions(person.current_positions, more.current_positions)
    return _filled(person, more).model_copy(update={"current_positions": positions})


def _positions(
    held: Sequence[PositionRecord], more: Sequence[PositionRecord]
) -> list[PositionRecord]:
    left = list(more)
    whole = [*held]
    for is_same in (_same_post, _same_company):
        whole = [_filled(job, _taken(job, left, is_same)) for job in whole]
    return [*whole, *left]


def _taken(
    job: PositionRecord,
    left: list[PositionRecord],
    is_same: Callable[[PositionRecord, PositionRecord], bool],
) -> PositionRecord:
    """Take the same position out of the others; the position itself if it is not among them."""
    for other in left:
        if is_same(job, other):
            left.remove(other)
            return other
    return job


def _same_company(one: PositionRecord, other: PositionRecord) -> bool:
    return one.company_id == other.company_id


def _same_post(one: PositionRecord, other: PositionRecord) -> bool:
    return _same_company(one, other) and one.title == other.title


def _filled(first: M, second: M) -> M:
    pairs = ((name, getattr(first, name), getattr(second, name)) for name in _said(second))
    return first.model_copy(update={name: _either(one, other) for name, one, other in pairs})


def _said(model: BaseModel) -> list[str]:
    return [name for name in model.model_fields_set if getattr(model, name) is not None]


def _either(one: Any, other: Any) -> Any:
    if isinstance(one, BaseModel) and type(one) is type(other):
        return _filled(one, other)
    return other if one in (None, [], "") else one

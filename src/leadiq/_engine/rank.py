"""Which rows come first when a budget may not reach for all. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from .conditions import number

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

R_contra = TypeVar("R_contra", contravariant=True)


class Rank(Protocol[R_contra]):
    """How early a row is to be looked up: the highest number first, None last."""

    def __call__(self, row: R_contra, /) -> float | Decimal | None:
        """Give the number."""
        ...


def by_column(column: str, read: Callable[[Any, str], str]) -> Rank[Any]:
    """Rank by the number in a column, the highest first; with a `-` before it, the lowest first.

    What is no number comes last.
    """
    name = column.removeprefix("-")
    sign = -1 if column.startswith("-") else 1

    def rank(row: Any, /) -> Decimal | None:
        found = number(read(row, name).strip())
        return None if found is None else sign * found

    return rank

"""What a column of a table is: a name, a type, and where its value comes from. Pure."""

from __future__ import annotations

from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Type(Enum):
    """What the values of a column are; each can be None, which is no value."""

    TEXT = "text"
    TEXTS = "texts"
    COUNT = "count"
    FLAG = "flag"
    SECONDS = "seconds"
    CREDITS = "credits"
    """A `Decimal`, to the millionth of a credit, as budgets are counted."""
    DAY = "day"
    TIME = "time"
    """An aware `datetime`."""


class Column(NamedTuple):
    """One column of a table whose rows are models.

    Attributes:
        name: what it is called.
        type: what its values are.
        path: the member that it shows, by default the one of its name; dots lead into members.
    """

    name: str
    type: Type = Type.TEXT
    path: str = ""

    def of(self, item: Any) -> Any:
        """Give the column's value: None where a member is missing, a list behind a list."""
        for member in (self.path or self.name).split("."):
            if isinstance(item, list):
                item = [*map(attrgetter(member), item)]  # pyright: ignore[reportUnknownArgumentType]
            elif item is not None:
                item = getattr(item, member)
        return item


class Shape(NamedTuple):
    """The columns of one kind of item, and the row that an item makes."""

    names: Sequence[str]
    types: Sequence[Type]
    row: Callable[[Any], Sequence[Any]]
    """Gives as many values as there are columns."""


def shape(columns: Sequence[Column]) -> Shape:
    """Give the shape of models."""

    def row(item: Any) -> list[Any]:
        return [column.of(item) for column in columns]

    return Shape([column.name for column in columns], [column.type for column in columns], row)

"""A condition in words, as the function of a person and a row that a stage asks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from .._core.pricing import Unlock
from .cells import RESULT_PREFIX, person_cells, person_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..types import PersonRecord
    from .conditions import Condition

INPUT_PREFIX: Final = "input."

_ALL: Final = tuple(Unlock)
_RESULTS: Final = person_columns(_ALL)


@dataclass(frozen=True, slots=True)
class Words:
    """Whether a condition holds for a person and the row that asked for that person.

    Args:
        condition: what was said.
        member: gives the text of a row's column by its name, as `bare` has it.
    """

    condition: Condition
    member: Callable[[Any, str], str]

    def __call__(self, person: PersonRecord, row: Any) -> bool:
        """Tell whether it holds."""
        cells = dict(zip(_RESULTS, person_cells(person, _ALL), strict=True))

        def read(column: str) -> str:
            result = result_of(column)
            return cells[result] if result else self.member(row, input_of(column))

        return self.condition.holds(read)

    def __str__(self) -> str:
        return str(self.condition)


def result_of(column: str) -> str | None:
    """Give the result's column that is meant; None if it is one of the input."""
    name = bare(column).removeprefix(RESULT_PREFIX)
    return name if name in _RESULTS and not column.lower().startswith(INPUT_PREFIX) else None


def input_of(column: str) -> str:
    """Give the bare name of the input's column that is meant."""
    at = len(INPUT_PREFIX) if column.lower().startswith(INPUT_PREFIX) else 0
    return bare(column[at:])


def bare(name: str) -> str:
    """Give a name without what may be spelt in several ways: case, blanks and hyphens."""
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def member(row: object, name: str) -> str:
    """Give the text of a mapping's or an object's member; nothing if there is none."""
    found: object
    if isinstance(row, Mapping):
        members = cast("Mapping[object, object]", row)
        found = next((value for key, value in members.items() if bare(str(key)) == name), None)
    else:
        found = getattr(row, name, None)
    return "" if found is None else str(found)

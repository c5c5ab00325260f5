"""The options --then and --first: conditions and orders over the columns of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._core.errors import InputError
from .._engine.rank import by_column
from .._engine.stages import Stage, check_stages
from .._engine.words import Words, bare, input_of, result_of
from ._problems import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .._core.pricing import Unlock
    from .._engine.rank import Rank
    from .._files.records import Record


class Header:
    """Gives the cell of a record by the name of its column, whatever its case and blanks."""

    def __init__(self, header: Sequence[str]) -> None:
        self._positions = {bare(name): at for at, name in reversed([*enumerate(header)])}

    def __call__(self, record: Record, name: str) -> str:
        """Return the cell."""
        return record.cells[self._positions[name]]

    def require(self, name: str, option: str) -> None:
        """Refuse a column that is not there. Raises `Problem`."""
        if input_of(name) not in self._positions:
            raise Problem(f"there is no column {shown(name)} for {option}")


def stages_of(
    given: Iterable[str], header: Sequence[str], unlock: frozenset[Unlock]
) -> tuple[Stage, ...]:
    """Return what `--then` says. Raises `Problem`, before anything is sent."""
    cells = Header(header)
    try:
        stages = tuple(Stage.parse(text, cells) for text in given)
        check_stages(unlock, stages)
    except InputError as error:
        raise Problem(f"--then: {error}") from None
    for stage in stages:
        if isinstance(stage.when, Words):
            for column in stage.when.condition.columns():
                if not result_of(column):
                    cells.require(column, "--then")
    return stages


def rank_of(column: str | None, header: Sequence[str]) -> Rank[Record] | None:
    """Return the order that `--first` says. Raises `Problem`."""
    if column is None:
        return None
    cells = Header(header)
    cells.require(column.removeprefix("-"), "--first")
    return by_column(column, lambda record, name: cells(record, input_of(name)))

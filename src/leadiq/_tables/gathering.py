"""Items of one kind on their way into a table."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .._core.errors import ConfigurationError
from .._engine.cells import RESULT_PREFIX
from .._engine.inputs import refused
from .._engine.rows import Outcome
from .._jobs.row_leads import members_of
from .kinds import held_by, kind_of, yielded_by

if TYPE_CHECKING:
    from .._core.pricing import Unlock
    from .columns import Shape
    from .kinds import Kind

#: As Python's objects they take ten times as much memory.
_PACKED_AT_ONCE: Final = 1000
#: Before the name of a member of a row that is called like a result, as in conditions.
_INPUT: Final = "input."


class Gathering:
    """Takes items, and packs them.

    Args:
        of: the class of the items, if somebody says it.
        unlock: which contacts and companies have columns.
        source: what the items come from.
        keep_rows: whether the members of outcomes' rows are columns.

    Raises:
        InputError: there is no table of such items.
        ConfigurationError: pyarrow is missing.
    """

    def __init__(
        self,
        of: type[Any] | None,
        unlock: frozenset[Unlock],
        source: object = None,
        *,
        keep_rows: bool = True,
    ) -> None:
        require_arrow()
        self._unlock = unlock
        self._kind: Kind | None = None
        self._shape: Shape | None = None
        self._items: list[Any] = []
        self._packed: list[Any] = []
        self._rows: list[Any] = []
        self._keep_rows = keep_rows
        self._taken = 0
        self._expect(of or yielded_by(source))

    def __len__(self) -> int:
        """Items that were not given as a batch."""
        return len(self._items) + sum(map(len, self._packed))

    def add(self, item: Any) -> None:
        """Take one item, or an answer with several. Raises InputError: it is of another kind."""
        held = held_by(item)
        if held is None:
            self._add(item)
            return
        self._expect(held[0])
        for one in held[1]:
            self._add(one)

    def batch(self, rows: int) -> Any:
        """Give the first items as a batch, of so many rows at most."""
        from .packing import batch_of

        items, self._items = self._items[:rows], self._items[rows:]
        return batch_of(items, self._known())

    def table(self) -> Any:
        """Give all items as a table.

        Raises:
            InputError: nothing told the kind of the items.
        """
        from .._files.arrow import pa
        from .packing import schema_of

        shape = self._known()
        self._pack()
        table = pa.Table.from_batches(self._packed, schema_of(shape))
        for at, (name, values) in enumerate(self._members().items()):
            table = table.add_column(at, name, values)
        return table

    def _add(self, item: Any) -> None:
        self._taken += 1
        if self._kind is None:
            self._expect(item.__class__)
        if self._kind and not isinstance(item, self._kind.base):
            there, here = self._kind.base.__name__, item.__class__.__name__
            raise refused(f"a table has one kind of item: item {self._taken} is no {there}: {here}")
        self._items.append(item)
        if self._keep_rows:
            if isinstance(item, Outcome):
                self._rows.append(item.row)  # pyright: ignore[reportUnknownMemberType]
            if len(self._items) == _PACKED_AT_ONCE:
                self._pack()

    def _expect(self, item: type[Any] | None) -> None:
        if item is not None and self._kind is None:
            self._kind = kind_of(item)
            self._shape = self._kind.shape(self._unlock)

    def _known(self) -> Shape:
        if self._shape is None:
            raise refused("nothing came that tells the columns: give the class of the items as of=")
        return self._shape

    def _pack(self) -> None:
        if self._items:
            self._packed.append(self.batch(len(self._items)))

    def _members(self) -> dict[str, Any]:
        """Give what the rows of outcomes came with, by the names of columns."""
        from .packing import given_column

        rows = [members_of(row) or {} for row in self._rows]
        names = dict.fromkeys(name for row in rows for name in row)
        return {
            _INPUT * name.startswith(RESULT_PREFIX) + name: given_column(
                [row.get(name) for row in rows]
            )
            for name in names
        }


def require_arrow() -> None:
    """Refuse to begin without pyarrow.

    Raises:
        ConfigurationError: naming what to install.
    """
    try:
        import_module("pyarrow")
    except ModuleNotFoundError:
        text = "a table takes pyarrow: pip install 'leadiq-sdk[arrow]'"
        raise ConfigurationError(text, sent=False) from None

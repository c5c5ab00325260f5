"""The rows of a listing on standard output, as they come: a table, CSV, JSON lines or JSON."""

from __future__ import annotations

import csv
import json
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, Literal, Self, TypeAlias, TypeVar

from cyclopts import Parameter

from .._files.formulas import defused
from .._ground.json import sequence
from ._problems import Trouble, cause_of
from ._show import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Format: TypeAlias = Annotated[
    Literal["table", "csv", "jsonl", "json"] | None, Parameter(name="--format")
]
Item = TypeVar("Item")

#: From this width on a terminal has room for ids beside what people want to read.
_WIDE_CHARS: Final = 140
#: PersonID-<uuid>, the longest id.
_ID_CHARS: Final = 45


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """How items become rows.

    `columns` are the header of CSV; the first is the id. `cells` makes as many of an item, None
    for no value. `brief` are the columns that any terminal has room for, `as_json` what JSON has.
    """

    columns: Sequence[str]
    cells: Callable[[Item], Sequence[object]]
    brief: Sequence[str]
    as_json: Callable[[Item], Any]

    def texts(self, item: Item) -> list[str]:
        """Return the cells of an item as text; the entries of a list stand behind each other."""
        return [_text(cell) for cell in self.cells(item)]


def rows(sheet: Sheet[Item], chosen: str | None) -> Rows[Item]:
    """Give what writes rows; if no format is chosen, a table on a terminal, and CSV elsewhere."""
    match chosen or ("table" if sys.stdout.isatty() else "csv"):
        case "table":
            return _Table(sheet)
        case "jsonl":
            return _JsonLines(sheet)
        case "json":
            return _Json(sheet)
        case _:
            return _Csv(sheet)


class Rows(ABC, Generic[Item]):
    """Writes items as they come. Use it as a context manager, which writes what ends the format.

    Raises `Trouble` when standard output takes no more; BrokenPipeError when nobody reads it.
    """

    def __init__(self, sheet: Sheet[Item]) -> None:
        self._sheet = sheet
        self._begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End what was begun, when it is cut short too; after a failure before it write nothing."""
        if kind is None or (self._begun and not issubclass(kind, BrokenPipeError | Trouble)):
            self.write(())
            self._written(self._end)

    def write(self, items: Iterable[Item]) -> None:
        """Write these items; they are out when this returns."""
        self._written(lambda: self._write(items))

    def _write(self, items: Iterable[Item]) -> None:
        if not self._begun:
            self._begun = True
            self._begin()
        for item in items:
            self._put(item)
        sys.stdout.flush()

    def _written(self, write: Callable[[], None]) -> None:
        try:
            write()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Trouble(f"cannot write to standard output: {cause_of(error)}") from None

    def _begin(self) -> None:
        """Write what stands before the rows."""

    @abstractmethod
    def _put(self, item: Item) -> None: ...

    def _end(self) -> None:
        """Write what stands behind the rows."""


class _Csv(Rows[Item]):
    def _begin(self) -> None:
        # The writer quotes line breaks only when its own line end holds them: give it both.
        self._writer = csv.writer(_Lines(), lineterminator="\r\n")
        self._writer.writerow(self._sheet.columns)

    def _put(self, item: Item) -> None:
        self._writer.writerow(map(defused, self._sheet.texts(item)))


class _Lines:
    """Takes the records of a csv writer, and ends them as lines end here."""

    def write(self, record: str) -> None:
        sys.stdout.write(f"{record[:-2]}\n")


class _JsonLines(Rows[Item]):
    def _put(self, item: Item) -> None:
        print(json.dumps(self._sheet.as_json(item), ensure_ascii=False))


class _Json(Rows[Item]):
    def _begin(self) -> None:
        self._before = "[\n"

    def _put(self, item: Item) -> None:
        sys.stdout.write(self._before + json.dumps(self._sheet.as_json(item), ensure_ascii=False))
        self._before = ",\n"

    def _end(self) -> None:
        print("[]" if self._before == "[\n" else "\n]", flush=True)


class _Table(Rows[Item]):
    """A grid for each row, all of one width, so that no row has to wait for another."""

    def _begin(self) -> None:
        from rich.console import Console

        self._console = Console(file=sys.stdout, highlight=False)
        self._row([name.replace("_", " ") for name in self._sheet.columns], style="bold")

    def _put(self, item: Item) -> None:
        self._row(self._sheet.texts(item))

    def _row(self, cells: Sequence[str], style: str = "") -> None:
        from rich.table import Table
        from rich.text import Text

        texts = [Text(harmless(cell), style) for cell in cells]
        named = dict(zip(self._sheet.columns, texts, strict=True))
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for _ in self._sheet.brief:
            table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        shown = [named[name] for name in self._sheet.brief]
        if self._console.width >= _WIDE_CHARS:
            table.add_column(width=_ID_CHARS, no_wrap=True, overflow="ellipsis")
            shown.append(texts[0])
        table.add_row(*shown)
        self._console.print(table)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return "; ".join(map(str, sequence(cell)))

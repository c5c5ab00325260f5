"""What a notebook shows of a value: a small HTML table of numbers and words. Pure.

A notebook is kept and passed on with what it shows. So no table holds anything of a person, of what
was asked or of what was answered: who wants to see people asks for a table of them (`to_arrow`).
"""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def html_table(caption: str, rows: Iterable[Sequence[object]], header: Sequence[str] = ()) -> str:
    """Give a table; the first cell of a row is its name. Everything in it is escaped."""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    thead = f"<thead><tr>{head}</tr></thead>" if header else ""
    style = "text-align:left;font-weight:bold"
    title = f'<caption style="{style}">{escape(caption)}</caption>'
    return f"<table>{title}{thead}<tbody>{body}</tbody></table>"


def model_table(name: str, members: Iterable[tuple[str, Any]]) -> str:
    """Give a table of what a model has: which members, and how many, and none of their values."""
    return html_table(name, [(member, _presence(value)) for member, value in members])


def _cells(row: Sequence[object]) -> str:
    first, *others = map(_text, row)
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
    return f'<th style="text-align:left">{escape(first)}</th>{cells}'


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return f"{cell:,f}" if isinstance(cell, Decimal) else f"{cell:,}"
    return str(cell)


def _presence(value: Any) -> str:
    if value is None:
        return "nothing, or not selected"
    if isinstance(value, list):
        return f"{len(value):,}"  # pyright: ignore[reportUnknownArgumentType]
    return "a value"

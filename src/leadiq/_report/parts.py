"""What the sections of a report are made of: a heading, a remark, and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .markup import Markup, element, markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def section(id_: str, title: str, note: str, *parts: Markup) -> Markup:
    """Make a section; two parts stand side by side where there is room."""
    return element(
        "section",
        element("h2", title, id=f"{id_}-heading"),
        element("p", note, class_="note"),
        element("div", *parts, class_="pair") if len(parts) > 1 else markup(*parts),
        aria_labelledby=f"{id_}-heading",
    )


def table(caption: str, names: Sequence[str], rows: Iterable[Markup]) -> Markup:
    """Make a table, whose caption is for those who cannot see where it stands.

    Args:
        caption: of the table.
        names: of the columns; all but the first hold amounts.
        rows: see `row`.
    """
    first, *others = names
    heads = (element("th", name, scope="col", class_="amount") for name in others)
    content = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", element("th", first, scope="col"), *heads)),
        element("tbody", *rows),
    )
    # What scrolls has to be reached by the keyboard, and to have a name.
    return element("div", content, class_="scroll", role="region", aria_label=caption, tabindex=0)


def row(name: str, *cells: str, kind: str | None = None) -> Markup:
    """Make a row: what it is about, and the amounts."""
    amounts = (element("td", cell, class_="amount") for cell in cells)
    return element("tr", element("th", name, scope="row"), *amounts, class_=kind)

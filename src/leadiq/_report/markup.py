"""HTML and SVG, put together so that nothing comes out unescaped."""

from __future__ import annotations

from html import escape
from typing import Final

GLUE: Final = "\u00a0"
"""A space at which no line is broken."""

_VOID: Final = {"meta", "link"}


class Markup(str):
    """Text that is HTML already; any other text is escaped wherever it is put in."""

    __slots__ = ()


def markup(*parts: object) -> Markup:
    """Put parts together: `Markup` as it is, None as nothing, and the rest as escaped text."""
    return Markup("".join(map(_text, parts)))


def element(name: str, /, *parts: object, **attributes: object) -> Markup:
    """Make an element.

    Args:
        name: its name.
        parts: what is in it; see `markup`.
        attributes: `_` stands for `-` within a name and is dropped at its end (`class_`). None
            leaves an attribute out.
    """
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{harmless(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{pairs}>")
    return Markup(f"<{name}{pairs}>{markup(*parts)}</{name}>")


def harmless(value: object) -> str:
    """Escape a value for text and attributes; what cannot be printed becomes a mark.

    So a name with marks that turn the direction of writing cannot reorder what stands around it.
    """
    text = "".join(char if char.isprintable() or char == GLUE else "\ufffd" for char in str(value))
    return escape(text, quote=True)


def _text(part: object) -> str:
    if part is None:
        return ""
    return part if isinstance(part, Markup) else harmless(part)

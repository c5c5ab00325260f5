"""Charts as SVG that is as wide as its place, with text that stays as large as it is.

Widths are shares of the whole, heights are pixels: so nothing is scaled, and a telephone shows the
same text as a desk. What a chart shows stands in a table beside it, too.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from .markup import Markup, element, markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BAR_PX: Final = 46
_CHART_PX: Final = 240
_TOP_PX: Final = 26
_BOTTOM_PX: Final = 24
_INNER_PX: Final = _CHART_PX - _TOP_PX - _BOTTOM_PX
_UNITS: Final = 1000
"""Of the inner picture of a line, which is stretched to its place."""
_LEAST_SHARE: Final = 0.004
"""A bar that stands for something can be seen."""


class Bar(NamedTuple):
    """A bar, as a share of the widest."""

    name: str
    share: float
    """From 0 to 1."""
    text: str
    """What stands at its right."""
    kind: str = "fill"
    """A class of the style sheet."""


class Level(NamedTuple):
    """A height that is marked across a chart of a line."""

    value: Decimal
    text: str


def bars(id_: str, title: str, desc: str, given: Sequence[Bar]) -> Markup:
    """Draw bars below each other, each with its name above it."""
    rows = [_bar(number * _BAR_PX, bar) for number, bar in enumerate(given)]
    return _svg(id_, title, desc, len(given) * _BAR_PX, rows)


def line(
    id_: str,
    title: str,
    desc: str,
    points: Sequence[tuple[float, Decimal]],
    *,
    grid: Sequence[Level],
    marks: Sequence[Level] = (),
    breaks: Iterable[float] = (),
    ends: tuple[str, str],
) -> Markup:
    """Draw a line that grows from nothing, over an area.

    Args:
        id_: of the picture, which others in the page do not have.
        title: what it is.
        desc: what can be seen.
        points: of the line: shares of the width, and values.
        grid: fine lines with their text at the left; the last is the top of the chart.
        marks: strong lines with their text at the right.
        breaks: where a dashed line goes down, as shares of the width.
        ends: texts below the left and the right end.
    """
    top = grid[-1].value
    bottom_px = _TOP_PX + _INNER_PX
    return _svg(
        id_,
        title,
        desc,
        _CHART_PX,
        [
            *(_rule(level, top, "grid") for level in grid),
            _area(points, top),
            *(_upright(share) for share in breaks),
            *(_rule(level, top, "mark") for level in marks),
            *(_label(level, top, "0", "start") for level in grid),
            *(_label(level, top, "100%", "end") for level in marks),
            element("text", ends[0], x="0", y=bottom_px + 18, class_="axis"),
            element("text", ends[1], x="100%", y=bottom_px + 18, class_="axis", text_anchor="end"),
        ],
    )


def round_up(value: Decimal) -> Decimal:
    """Give the next round number: 1, 2, 4, 5 or 10 times a power of ten; 1 for nothing."""
    if value <= 0:
        return Decimal(1)
    power = Decimal(10) ** value.adjusted()
    return next(power * step for step in (1, 2, 4, 5, 10) if power * step >= value)


def _bar(y_px: int, bar: Bar) -> Markup:
    return markup(
        element("text", bar.name, x="0", y=y_px + 15, class_="name"),
        element("text", bar.text, x="100%", y=y_px + 15, class_="value", text_anchor="end"),
        _strip(y_px + 23, 1, "track"),
        _strip(y_px + 23, max(bar.share, _LEAST_SHARE), bar.kind) if bar.share else None,
    )


def _strip(y_px: int, share: float, kind: str) -> Markup:
    return element("rect", x="0", y=y_px, width=f"{share:.2%}", height="10", rx="5", class_=kind)


def _area(points: Sequence[tuple[float, Decimal]], top: Decimal) -> Markup:
    path = "L".join(f"{x * _UNITS:.1f},{_UNITS - float(y / top) * _UNITS:.1f}" for x, y in points)
    return element(
        "svg",
        element("path", d=f"M0,{_UNITS}L{path}L{_UNITS},{_UNITS}Z", class_="area"),
        element("path", d=f"M0,{_UNITS}L{path}", class_="line", vector_effect="non-scaling-stroke"),
        x="0",
        y=_TOP_PX,
        width="100%",
        height=_INNER_PX,
        viewBox=f"0 0 {_UNITS} {_UNITS}",
        preserveAspectRatio="none",
    )


def _rule(level: Level, top: Decimal, kind: str) -> Markup:
    y = _height(level, top)
    return element("line", x1="0", x2="100%", y1=y, y2=y, class_=kind)


def _label(level: Level, top: Decimal, x: str, anchor: str) -> Markup:
    y = _height(level, top) - 6
    return element("text", level.text, x=x, y=y, class_="axis", text_anchor=anchor)


def _upright(share: float) -> Markup:
    x = f"{share:.2%}"
    return element("line", x1=x, x2=x, y1=_TOP_PX, y2=_TOP_PX + _INNER_PX, class_="break")


def _height(level: Level, top: Decimal) -> int:
    return _TOP_PX + round(_INNER_PX * (1 - float(level.value / top)))


def _svg(id_: str, title: str, desc: str, height: int, parts: Iterable[Markup]) -> Markup:
    return element(
        "svg",
        element("title", title, id=f"{id_}-title"),
        element("desc", desc, id=f"{id_}-desc"),
        *parts,
        id=id_,
        role="img",
        aria_labelledby=f"{id_}-title {id_}-desc",
        width="100%",
        height=height,
    )

"""Throughput as bars, in SVG that needs nothing beside itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from .figures import Bars, number

WIDTH: Final = 860
NAMES: Final = 230
"""Pixels for the names, left of the bars."""
REMARKS: Final = 190
"""Pixels for what is written behind the bars."""
LINE: Final = 22
HEAD: Final = 46
BAR: Final = 14
STYLE: Final = """\
<style>
 .ground { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #1f2933 }
 .head { font-weight: 600 } .small { font-size: 12px; fill: #52606d }
 .ours { fill: #1d6fb8 } .rival { fill: #9aa5b1 }
 .spread { stroke: #1f2933; stroke-width: 1.2 } .one { stroke: #52606d; stroke-dasharray: 3 3 }
 @media (prefers-color-scheme: dark) {
  .ground { fill: #14181d } text { fill: #e4e7eb } .small { fill: #9aa5b1 }
  .ours { fill: #4fa3e3 } .rival { fill: #616e7c } .spread { stroke: #e4e7eb }
 }
</style>"""


def svg(panels: Sequence[Bars], title: str) -> str:
    """Draw panels of bars below each other, each with a scale of its own.

    Args:
        panels: lengths are multiples of a rival's, which a dashed line at 1 stands for.
        title: read to those who do not see the picture.
    """
    tops: list[int] = []
    height = LINE
    for panel in panels:
        tops.append(height)
        height += HEAD + LINE * len(panel.remarks)
    drawn = [line for top, panel in zip(tops, panels, strict=True) for line in _panel(panel, top)]
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    ground = f'<rect class="ground" width="{WIDTH}" height="{height}"/>'
    return "\n".join([head, f"<title>{escape(title)}</title>", STYLE, ground, *drawn, "</svg>\n"])


def _panel(panel: Bars, top: int) -> Iterator[str]:
    yield _text(12, top + 14, panel.title, "head")
    longest = max((greatest for _, _, greatest in panel.lengths.values()), default=1.0)
    pixels = (WIDTH - NAMES - REMARKS) / max(longest, 1.0)
    one = NAMES + pixels
    bottom = top + HEAD - LINE + LINE * len(panel.remarks)
    yield f'<line class="one" x1="{one:.1f}" x2="{one:.1f}" y1="{top + 20}" y2="{bottom}"/>'
    for place, (name, remark) in enumerate(_ordered(panel)):
        yield from _bar(panel, name, remark, top + HEAD - LINE + LINE * place, pixels)


def _ordered(panel: Bars) -> Iterable[tuple[str, str]]:
    """Longest first; those without a bar last."""
    return sorted(panel.remarks.items(), key=lambda item: -panel.lengths.get(item[0], (0.0,))[0])


def _bar(panel: Bars, name: str, remark: str, top: int, pixels: float) -> Iterator[str]:
    middle = top + LINE / 2
    yield _text(NAMES - 10, middle + 4, name, "", anchor="end")
    if name not in panel.lengths:
        yield _text(NAMES + 6, middle + 4, remark, "small")
        return
    length, least, greatest = panel.lengths[name]
    kind = "ours" if name.startswith("leadiq") else "rival"
    place = f'x="{NAMES}" y="{middle - BAR / 2:.1f}" height="{BAR}"'
    yield f'<rect class="{kind}" {place} width="{length * pixels:.1f}"/>'
    left, right = NAMES + least * pixels, NAMES + greatest * pixels
    where = f'x1="{left:.1f}" x2="{right:.1f}" y1="{middle:.1f}" y2="{middle:.1f}"'
    yield f'<line class="spread" {where}/>'
    yield _text(right + 8, middle + 4, f"{number(length)} x · {remark}", "small")


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(text)}</text>'

"""Draws docs/pictures from the code: its floors, and the modules that a call goes through."""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path
from typing import NamedTuple

from floors import SOURCE, Part, levels, parts

TARGET = Path(__file__).parents[1] / "pictures"
WIDTH = 1000
GAP = 14
LINE = 15
#: Furo's colours where the picture stands in a page; those after the comma where it stands alone.
STYLE = """
svg.drawn { font-family: system-ui, sans-serif; font-size: 12px;
  --ink: var(--color-foreground-primary, #1c2b2a);
  --dim: var(--color-foreground-muted, #5b6b69);
  --paper: var(--color-background-secondary, #f4f8f7);
  --edge: var(--color-background-border, #c9d6d3);
  --brand: var(--color-brand-primary, #0b6e63); }
svg.drawn rect { fill: var(--paper); stroke: var(--edge); }
svg.drawn rect.public { stroke: var(--brand); stroke-width: 2; }
svg.drawn text { fill: var(--dim); }
svg.drawn text.name { fill: var(--ink); font-weight: 600; font-size: 13px; }
svg.drawn text.code { fill: var(--brand); font-family: ui-monospace, monospace; font-size: 10px; }
svg.drawn path { stroke: var(--dim); fill: none; stroke-width: 1.5; marker-end: url(#tip); }
svg.drawn marker path { fill: var(--dim); stroke: none; marker-end: none; }
@media (prefers-color-scheme: dark) { svg.drawn {
  --ink: var(--color-foreground-primary, #e6efed);
  --dim: var(--color-foreground-muted, #9db0ad);
  --paper: var(--color-background-secondary, #1a2423);
  --edge: var(--color-background-border, #34423f);
  --brand: var(--color-brand-primary, #4fc3b2); } }
"""


def svg(height: int, title: str, body: str) -> str:
    """A picture of the usual width."""
    return (
        f'<svg class="drawn" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{escape(title)}"><style>{STYLE}</style>\n{body}</svg>\n'
    )


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """A line of text."""
    attribute = f' class="{kind}"' if kind else ""
    return f'<text{attribute} x="{x:.0f}" y="{y:.0f}">{escape(words)}</text>\n'


def box(x: float, y: float, width: float, height: float, kind: str = "") -> str:
    """A box with round corners."""
    attribute = f' class="{kind}"' if kind else ""
    size = f'width="{width:.0f}" height="{height:.0f}"'
    return f'<rect{attribute} x="{x:.0f}" y="{y:.0f}" {size} rx="7"/>\n'


# -- the floors --------------------------------------------------------------------------------


def architecture() -> str:
    """All parts of the package, each on the highest of those that it imports."""
    body, y = "", 1.0
    for level in reversed(levels(parts())):
        row, height = floor(level, y)
        body += row
        y += height + GAP
    title = "The floors of leadiq: each part imports only parts below it"
    return svg(round(y), title, body)


def floor(level: list[Part], y: float) -> tuple[str, float]:
    """A row of boxes, and its height."""
    width = (WIDTH - 2 - GAP * (len(level) - 1)) / len(level)
    said = {part: textwrap.wrap(part.says, max(int((width - 24) / 6.3), 12)) for part in level}
    height = 34 + LINE * max(map(len, said.values()))
    row = ""
    for number, part in enumerate(level):
        x = 1 + number * (width + GAP)
        row += "<g>" + title_of(part)
        row += box(x, y, width, height, "" if part.name.startswith("_") else "public")
        row += text(x + 12, y + 21, part.name, "name")
        for line, words in enumerate(said[part]):
            row += text(x + 12, y + 39 + line * LINE, words)
        row += "</g>"
    return row, height


def title_of(part: Part) -> str:
    """What is shown where a mouse stands."""
    needs = ", ".join(sorted(part.needs)) or "nothing of the package"
    return f"<title>{part.name} imports {needs}</title>"


# -- the way of a call -------------------------------------------------------------------------


class Step(NamedTuple):
    """A place that a call comes through."""

    column: int
    row: int
    name: str
    module: str
    says: str


STEPS = (
    Step(1, 0, "Document", "_core.documents", "names what unlock asks for, and nothing else"),
    Step(2, 0, "Budget", "_jobs.budget", "reserves the most that it can cost"),
    Step(3, 0, "Slot", "_conduct.queue", "waits for its turn under the limit"),
    Step(4, 0, "Send", "_http.transport", "bytes out, bytes in"),
    Step(4, 1, "Meaning", "_core.protocol", "401, 402 and 429 hide in HTTP 200"),
    Step(3, 1, "Again?", "_conduct.retry", "only what does no harm twice"),
    Step(2, 1, "Settle", "_jobs.charges", "what came back is what it cost"),
    Step(1, 1, "Model", "_generated.fragments", "typed, open for what is new"),
)
COLUMN = 142.0
STRIDE = (WIDTH - 2 - COLUMN) / 5
HEIGHT, APART = 92.0, 46.0


def call() -> str:
    """The way of a call through the modules, and back."""
    tall = 2 * HEIGHT + APART
    body = '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
    body += 'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>\n'
    body += end(0, tall, "Your code", ("await leadiq", ".search_people(", "  …, unlock=…)"))
    body += end(5, tall, "LeadIQ", ("api.leadiq.com", "", "or a sandbox", "of your own"))
    body += "".join(map(drawn, STEPS))
    for column in range(5):
        x = 1 + column * STRIDE + COLUMN
        body += arrow(x, HEIGHT / 2, x + STRIDE - COLUMN, HEIGHT / 2)
        body += arrow(x + STRIDE - COLUMN, tall - HEIGHT / 2, x, tall - HEIGHT / 2)
    middle = 1 + 3 * STRIDE + COLUMN / 2
    body += arrow(middle, HEIGHT + APART, middle, HEIGHT)
    body += text(middle + 8, HEIGHT + APART / 2 + 4, "yes, behind the others")
    return svg(round(tall + 2), "A call's way from your code to LeadIQ and back", body)


def end(column: int, height: float, name: str, lines: tuple[str, ...]) -> str:
    """What is on either side."""
    x = 1 + column * STRIDE
    body = box(x, 1, COLUMN, height, "public") + text(x + 12, 25, name, "name")
    return body + "".join(
        text(x + 12, 50 + n * LINE, line, "code" if column == 0 else "")
        for n, line in enumerate(lines)
    )


def drawn(step: Step) -> str:
    """A step, whose module has to be there."""
    if not (SOURCE / Path(*step.module.split("."))).with_suffix(".py").exists():
        raise LookupError(f"the picture of a call names {step.module}, which is gone")
    x, y = 1 + step.column * STRIDE, 1 + step.row * (HEIGHT + APART)
    body = box(x, y, COLUMN, HEIGHT) + text(x + 12, y + 22, step.name, "name")
    body += text(x + 12, y + 39, step.module, "code")
    for line, words in enumerate(textwrap.wrap(step.says, 20)):
        body += text(x + 12, y + 58 + line * LINE, words)
    return body


def arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    """A line with a tip."""
    return f'<path d="M{x:.0f} {y:.0f}L{to_x:.0f} {to_y:.0f}"/>\n'


PICTURES = {"architecture": architecture, "call": call}


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        (TARGET / f"{name}.svg").write_text(draw(), encoding="utf-8")

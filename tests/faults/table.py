"""The matrix as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .case import Case
from .cases import CASES, GROUPS

Results = Mapping[tuple[str, str], Mapping[str, "Cell"]]

INTRODUCTION = """\
# Faults

What comes of each fault over each transport. `make faults` runs every cell against a server that
misbehaves on purpose, and writes this file. A cell that is right says so with "✓": the call ended
as its row says, within its timeout; no connection and no slot of the rate limit was held
afterwards; and a good request over the same client got its own answer. Where a transport ends
otherwise, and rightly so, its cell says how.

"(not sent)" means `error.sent` is False: LeadIQ has not taken the request, and even a write can be
sent again. An error without it may have cost credits.

- `default`: the client's own connections, httpcore's. `fast`: the same over aiohttp (`[fast]`).
- `httpx`, `httpx2`: an `AsyncClient` of the caller's. Its pool is httpx's own, which uses a
  connection again although a server has sent more over it than its answer: the next call meets
  what was left, where the client's own connections are closed instead.
"""


class Cell(NamedTuple):
    """What came of one case with one client."""

    text: str
    right: bool


def markdown(results: Results) -> str:
    """Write the table.

    Args:
        results: cells by case, by column.
    """
    parts = [INTRODUCTION, f"{len(CASES)} faults over {len(results)} transports.\n"]
    for title, cases in GROUPS.items():
        parts.append(f"## {title}\n")
        parts.append(_group(cases, results))
    return "\n".join(parts)


def _group(cases: list[Case], results: Results) -> str:
    heads = ["what the server does", "what comes of it"]
    heads += [f"{kind}, {loop}" for kind, loop in results]
    rows = [[case.name, _plain(case.expect), *_cells(case, results)] for case in cases]
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(case: Case, results: Results) -> list[str]:
    found = [cells[case.name] for cells in results.values()]
    return [_mark(case, cell) for cell in found]


def _mark(case: Case, cell: Cell) -> str:
    if not cell.right:
        return f"**wrong: {cell.text}**"
    return "✓" if cell.text == case.expect else _plain(cell.text)


def _plain(text: str) -> str:
    return text.replace("ok", "the answer", 1) if text.startswith("ok") else text

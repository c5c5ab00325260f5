"""Runs the whole matrix, prints it as Markdown, and writes it to a file.

python -m faults [FILE]     with `tests` on the path; exit code 1 when a cell is not as it should be
"""

from __future__ import annotations

import sys
from pathlib import Path

import anyio

from .case import Case
from .cases import CASES
from .clients import COLUMNS, INSTALLED
from .run import run
from .table import Cell, markdown


async def column(kind: str, loop: str) -> dict[str, Cell]:
    """Run every case with one client."""
    cells = {}
    for case in CASES:
        cells[case.name] = await cell(case, kind)
        if not cells[case.name].right:
            print(f"{kind} on {loop}: {case.name}: {cells[case.name].text}", file=sys.stderr)
    return cells


async def cell(case: Case, kind: str) -> Cell:
    """Run one case with one client."""
    try:
        came, after = await run(case, kind)
    except Exception as error:
        return Cell(f"{type(error).__name__}: {error}", right=False)
    text = came if after == "ok" else f"{came}; the next call: {after}"
    right = came == case.unless.get(kind, case.expect) and after == case.after.get(kind, "ok")
    return Cell(text, right)


def main() -> int:
    """Run, print, write."""
    missing = [" on ".join(c) for c in COLUMNS if c not in INSTALLED]
    if missing:
        print("not installed, and left out: " + ", ".join(missing), file=sys.stderr)
    results = {(k, loop): anyio.run(column, k, loop, backend=loop) for k, loop in INSTALLED}
    text = markdown(results)
    print(text)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    return 0 if all(c.right for cells in results.values() for c in cells.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

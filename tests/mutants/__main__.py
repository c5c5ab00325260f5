"""Tries the mutants of the pure modules and compares what survives with the list of the argued.

    python -m mutants LIST [MODULE...]     with `tests` on the path; all modules without a name

Prints what became of each module's mutants, and below it, as lines for the list, what survived and
is not on it, and what is on it and did not survive. The exit code is 1 if there is any of either.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from . import argued
from .modules import MODULES
from .run import try_all


def main() -> int:
    """Try, print, compare."""
    path, *chosen = sys.argv[1:]
    modules = chosen or list(MODULES)
    known = argued.read(Path(path))
    strays = argued.strays(known, MODULES)
    print(f"{'module':20} {'mutants':>8} {'killed':>8} {'survived':>8} {'seconds':>8}")
    return 1 if sum([_try(module, known) for module in modules]) + _tell("no module", strays) else 0


def _try(module: str, known: dict[argued.Name, str]) -> int:
    """Print a module's row, and what is wrong; give how much that is."""
    began = time.monotonic()
    count, survived = try_all(module, MODULES[module], _workers())
    took_s, left = time.monotonic() - began, len(survived)
    print(f"{module:20} {count:8} {count - left:8} {left:8} {took_s:8.0f}")
    verdict = argued.judge(known, module, survived)
    return _tell("survived", verdict.unargued) + _tell("killed by now", verdict.gone)


def _tell(why: str, names: list[argued.Name]) -> int:
    for name in names:
        print(argued.row(name, f"({why})"))
    sys.stdout.flush()
    return len(names)


def _workers() -> int:
    return int(os.environ.get("WORKERS", "0")) or min(len(os.sched_getaffinity(0)), 4)


if __name__ == "__main__":
    sys.exit(main())

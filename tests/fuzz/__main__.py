"""Fuzzes the sandbox, prints the figures, and what was found.

python -m fuzz     with `tests` on the path; FUZZ_SECONDS (600) and FUZZ_SEED (the time) in the
                   environment; exit code 1 when a reply was not as it has to be
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from .run import Figures, Fuzz
from .server import served
from .tool import schemathesis

#: Of the time that schemathesis has; the rest is for the documents and requests made here.
SHARE = 1 / 3
_SECONDS = 600


def main() -> int:
    """Run, print, judge."""
    seconds = int(os.environ.get("FUZZ_SECONDS") or _SECONDS)
    seed = int(os.environ.get("FUZZ_SEED") or time.time())
    print(f"fuzzing for {seconds} s; to have it again: FUZZ_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server:
        fuzz = Fuzz(server, seed)
        fuzz.run(seconds * (1 - SHARE))
        print(told(fuzz.figures), flush=True)
        tool = schemathesis(server, max(1, int(seconds * SHARE)), seed % 2**31)
        print(tool.text[-3000:] if not tool.failed else tool.text)
        said = server.said()
    for line in [*fuzz.figures.failures, *(f"the server said: {line}" for line in said)]:
        print(line, file=sys.stderr)
    return 1 if fuzz.figures.failures or tool.failed or said else 0


def told(figures: Figures) -> str:
    """The figures as lines: one for each root field, and one for all."""
    kinds: dict[str, list[str]] = {}
    for name, sent in sorted(figures.sent.items()):
        root, _, kind = name.partition(", ")
        kinds.setdefault(root, []).append(f"{sent:,} {kind or 'requests'}")
    came = ", ".join(f"{number:,} {kind}" for kind, number in figures.came.most_common())
    total = sum(figures.sent.values())
    return "\n".join(
        [
            *(f"{root:28}{', '.join(parts)}" for root, parts in kinds.items()),
            f"{total:,} requests: {came}; the slowest took {figures.slowest_s:.1f} s",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

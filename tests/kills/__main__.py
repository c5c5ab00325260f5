"""Kills a job at many points, goes on with it, and says what did not hold.

python -m kills [COUNT] [SEED]     with `tests` on the path; exit code 1 when anything did not hold
"""

from __future__ import annotations

import random
import sys
import tempfile
from itertools import product
from pathlib import Path

from .proof import Server, Trial, server, write_rows
from .run import PHASES, Point, warm_up

NEVER = 1_000_000


def undisturbed(directory: Path, running: Server, source: Path) -> tuple[bytes, int]:
    """Run the job in peace: its output, and how often its journal commits."""
    trial = Trial(directory, running, source)
    assert trial.run(point=Point(NEVER, "after")) == 0, trial.log.read_text()
    return trial.target.read_bytes(), int(trial.log.with_suffix(".commits").read_text())


def main() -> int:
    """Run, and tell."""
    count, seed = (int(word) for word in [*sys.argv[1:], "200", "1"][:2])
    failures = 0
    warm_up()
    with tempfile.TemporaryDirectory() as name, server() as running:
        base = Path(name)
        source = base / "in.csv"
        write_rows(source)
        expected, commits = undisturbed(base, running, source)
        points = [Point(*one) for one in product(range(1, commits + 1), PHASES)]
        random.Random(seed).shuffle(points)
        for number, point in enumerate(points[:count]):
            directory = base / f"kill-{number}"
            directory.mkdir()
            trial = Trial(directory, running, source)
            code = trial.run(point=point)
            wrong = trial.finish()
            if trial.target.read_bytes() != expected:
                wrong.append("the output differs")
            if wrong:
                failures += 1
                print(f"killed {point.phase} commit {point.commit} ({code}): {'; '.join(wrong)}")
        print(f"{min(count, len(points))} kills over {commits} commits, {failures} not survived")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

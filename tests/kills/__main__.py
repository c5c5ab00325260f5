"""Kills a job at many points, goes on with it, and says what did not hold.

python -m kills [COUNT] [SEED]     with `tests` on the path; exit code 1 when anything did not hold
"""

from __future__ import annotations

import random
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import NamedTuple

from .proof import Server, Trial, server, write_rows
from .run import OPENING, PHASES, Point, warm_up

NEVER = Point(1_000_000, "after")
BATCHES = (1, 7)
AGAIN = 3
"""Of so many kills one is followed by another, of the run that goes on."""


class Kill(NamedTuple):
    """One job: its size of batches, where it is killed, and where again."""

    batch: int
    first: Point
    again: Point | None

    def __str__(self) -> str:
        again = f" and {self.again}" if self.again else ""
        return f"batches of {self.batch}, killed {self.first}{again}"


def undisturbed(directory: Path, running: Server, source: Path, batch: int) -> tuple[bytes, int]:
    """Run the job in peace: its output, and how often its journal commits."""
    trial = Trial(directory, running, source, batch)
    assert trial.run(point=NEVER) == 0, trial.log.read_text()
    return trial.target.read_bytes(), int(trial.log.with_suffix(".commits").read_text())


def kills(commits: dict[int, int], count: int, seed: int) -> list[Kill]:
    """Choose where to kill."""
    chance = random.Random(seed)
    seconds = [Point(0, OPENING), *(Point(*one) for one in product(range(1, 7), PHASES))]
    points = [
        (batch, Point(*one))
        for batch, most in commits.items()
        for one in product(range(1, most + 1), PHASES)
    ]
    chance.shuffle(points)
    return [
        Kill(*point, None if number % AGAIN else chance.choice(seconds))
        for number, point in enumerate(points[:count])
    ]


def wrong(trial: Trial, kill: Kill, expected: bytes) -> list[str]:
    """Kill, go on, and say what does not hold."""
    trial.run(point=kill.first)
    if kill.again:
        trial.go_on(kill.again)
    found = trial.finish()
    differs = trial.target.read_bytes() != expected
    return [*found, *(["the output differs"] if differs else [])]


def main() -> int:
    """Run, and tell."""
    count, seed = (int(word) for word in [*sys.argv[1:], "200", "1"][:2])
    failures, commits, outputs = 0, dict[int, int](), set[bytes]()
    warm_up()
    with tempfile.TemporaryDirectory() as name, server() as running:
        base = Path(name)
        source = base / "in.csv"
        write_rows(source)
        for batch in BATCHES:
            directory = base / f"whole-{batch}"
            directory.mkdir()
            expected, commits[batch] = undisturbed(directory, running, source, batch)
            outputs.add(expected)
        assert len(outputs) == 1, "batches change the output"
        chosen = kills(commits, count, seed)
        for number, kill in enumerate(chosen):
            directory = base / f"kill-{number}"
            directory.mkdir()
            if faults := wrong(Trial(directory, running, source, kill.batch), kill, expected):
                failures += 1
                print(f"{kill}: {'; '.join(faults)}")
        print(f"{len(chosen)} kills over {sum(commits.values())} commits, {failures} not survived")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

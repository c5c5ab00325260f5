"""A million rows from CSV to Parquet, beside ten thousand: `python -m benchmarks.rows`.

Each row count is enriched by `leadiq enrich` in a process of its own, against a sandbox in another.
Every lead stands in ten rows, far apart, and half of the leads exist. What is compared is the
greatest memory that the job's process ever held.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

REPEATS: Final = 10
MOST: Final = 1.2
"""What a million rows may take of memory, as a multiple of ten thousand."""
KEY: Final = "c2FuZGJveC1rZXk6"
LIMIT: Final = 1_000_000


@dataclass(frozen=True)
class Run:
    """What one job did, and took."""

    rows: int
    lookups: int
    found: int
    seconds: float
    memory_mb: float


def write_rows(path: Path, rows: int) -> None:
    """Write a file in which row n asks for the same person as row n + rows / 10."""
    from leadiq.sandbox._world import World

    leads = rows // REPEATS
    world = World(people=leads, seed=1)
    ids = [world.person(number).id for number in range(leads // 2)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "person id", "email", "note"))
        for row in range(rows):
            number = row % leads
            known = number < len(ids)
            address = "" if known else f"lead{number}@example.com"
            writer.writerow((f"{row:07}", ids[number] if known else "", address, "a note" * 3))


@contextmanager
def served(people: int) -> Iterator[str]:
    """A sandbox without a limit, in a process of its own."""
    code = [sys.executable, "-m", "benchmarks.rows", "--serve", str(people)]
    with subprocess.Popen(code, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def serve(people: int) -> None:
    from leadiq.sandbox import Sandbox, SandboxSettings

    settings = SandboxSettings(
        people=people, key=KEY, requests_per_minute=None, credits=Decimal(10**9)
    )
    with Sandbox(settings) as sandbox:
        print(sandbox.url, flush=True)
        sys.stdin.read()


def run(rows: int, folder: Path) -> Run:
    """Enrich a file of so many rows; `wait4` tells what the job's process took."""
    source, target = folder / f"{rows}.csv", folder / f"{rows}.parquet"
    write_rows(source, rows)
    with served(rows // REPEATS) as url:
        command = [sys.executable, "-m", "leadiq", "enrich", str(source), str(target), "--json"]
        command += ["--endpoint", url, "--requests-per-minute", str(LIMIT), "--batch", "25"]
        environment = {**os.environ, "LEADIQ_API_KEY": KEY, "LEADIQ_STATE": str(folder / "state")}
        began = time.monotonic()
        told = folder / f"{rows}.json"
        with told.open("w") as out:
            job = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(job.pid, 0)
            job.returncode = os.waitstatus_to_exitcode(status)
        assert not job.returncode, job.returncode
        seconds = time.monotonic() - began
    summary = json.loads(told.read_text())
    assert summary["rows"] == rows, summary
    assert summary["shared"] == rows - rows // REPEATS, summary
    memory_mb = usage.ru_maxrss / 1024
    return Run(rows, rows // REPEATS, summary["found"], seconds, memory_mb)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs=2, default=[10_000, 1_000_000])
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        few, many = (run(rows, Path(folder)) for rows in given.rows)
    print("| rows | lookups | found | time | greatest memory |\n|---|---|---|---|---|")
    for one in (few, many):
        cells = (f"{one.rows:,}", f"{one.lookups:,}", f"{one.found:,}", f"{one.seconds:.0f} s")
        print(f"| {' | '.join(cells)} | {one.memory_mb:.0f} MB |")
    ratio = many.memory_mb / few.memory_mb
    print(f"\nmemory, many rows to few: {ratio:.2f} (at most {MOST})")
    return 0 if ratio <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())

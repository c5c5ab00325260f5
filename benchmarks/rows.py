"""Rows from CSV to Parquet: how much memory a job takes with ten or a hundred times as many.

Each row count is enriched by `leadiq enrich` in a process of its own, against a sandbox in another.
Every lead stands in ten rows, far apart, and half of the leads exist. What is compared is the
greatest memory that the job's process ever held. A million rows take about twelve minutes, and are
a part of their own: `python -m benchmarks million`, whose result is kept.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .figures import Result, Sheet
from .goals import figure
from .harness import Effort
from .processes import CLIENT, keep_to
from .sandboxes import KEY, served

REPEATS: Final = 10
LIMIT: Final = 1_000_000


@dataclass(frozen=True)
class Run:
    """What one job did, and took."""

    rows: int
    lookups: int
    found: int
    seconds: float
    memory_mb: float

    def row(self) -> tuple[str, ...]:
        counts = (f"{count:,}" for count in (self.rows, self.lookups, self.found))
        return *counts, f"{self.seconds:.0f} s", f"{self.memory_mb:.0f} MB"


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


def run(rows: int, folder: Path) -> Run:
    """Enrich a file of so many rows; `wait4` tells what the job's process took."""
    source, target = folder / f"{rows}.csv", folder / f"{rows}.parquet"
    write_rows(source, rows)
    with served(rows // REPEATS) as url:
        command = [sys.executable, "-m", "leadiq", "enrich", str(source), str(target), "--json"]
        command += ["--endpoint", url, "--requests-per-minute", str(LIMIT), "--batch", "25"]
        environment = {**os.environ, "LEADIQ_API_KEY": KEY, "LEADIQ_STATE": str(folder / "state")}
        began = time.monotonic()
        said = folder / f"{rows}.json"
        with said.open("w") as out:
            job = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.DEVNULL)
            keep_to(CLIENT, job.pid)
            _, status, usage = os.wait4(job.pid, 0)
            job.returncode = os.waitstatus_to_exitcode(status)
        assert not job.returncode, job.returncode
        seconds = time.monotonic() - began
    summary = json.loads(said.read_text())
    assert summary["rows"] == rows, summary
    assert summary["shared"] == rows - rows // REPEATS, summary
    return Run(rows, rows // REPEATS, summary["found"], seconds, usage.ru_maxrss / 1024)


def compared(key: str, title: str, counts: Sequence[int]) -> Iterator[Result]:
    """Measure few rows and many, once each."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (run(rows, Path(folder)) for rows in counts)
    yield figure(key, [many.memory_mb / few.memory_mb])
    rows = [one.row() for one in (few, many)]
    columns = ("rows", "lookups", "found", "time", "greatest memory")
    yield Sheet(title, columns, tuple(rows))


def measure(effort: Effort) -> Iterator[Result]:
    """As many rows as there is time for."""
    del effort
    yield from compared("rows", "Rows from CSV to Parquet", (10_000, 50_000))

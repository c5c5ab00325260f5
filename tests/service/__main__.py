"""200 clients on four workers for a minute, and a job of 10,000 rows beside them.

python -m service [SECONDS [CLIENTS [ROWS]]]     with `tests` on the path; exit code 1 when a bound
does not hold. The bound on waiting is for a machine that does nothing else.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from leadiq._jobs.budget_redis import RedisBook
from leadiq._jobs.budget_rules import credits_
from leadiq.sandbox import SandboxSettings
from leadiq.testing._people import Somebody, everybody

from .load import Load, put_under_load
from .proof import Figures, percentile, wrong
from .running import Service, redis, serving, upstream

WORKERS = 4
LIMIT = 6_000
"""Requests a minute, of all workers together: more than the clients ask for, and little more."""
SPARE = 2
"""People of the sandbox for each that is asked for: not everybody has a work address."""


def crowd(rows: int) -> list[Somebody]:
    """People with a work address: as many again as the job has, for those who wait."""
    people = everybody(SandboxSettings(people=2 * SPARE * rows))
    return [one for one in people if one.work_email][: 2 * rows]


def told(url: str) -> dict[str, Decimal]:
    """Give what the budgets of the tenants say is spent."""
    book = RedisBook(url)
    try:
        return {shown.name: credits_(shown.all.spent) for shown in book.budgets()}
    finally:
        book.close()


def show(load: Load, figures: Figures, seconds: float) -> None:
    """Print the figures."""
    job = load.job
    print(f"answers to those who wait  {len(load.answers)} in {seconds:.0f} s, statuses", end=" ")
    print(dict(load.statuses))
    for name, beside in (("all", False), ("while the job ran", True)):
        took_s = load.took_s(beside_the_job=beside)
        median, p95, most = (percentile(took_s, share) for share in (0.5, 0.95, 1.0))
        print(f"  {name:24} median {median:.3f}, p95 {p95:.3f}, slowest {most:.3f} s")
    print(f"job                        {job.get('done')} rows, {job.get('state')}", end=", ")
    print(f"in {load.job_ended - load.job_began:.0f} s, told {load.told} times")
    print(f"requests to LeadIQ         {figures.counts['requests']}, 429s", end=" ")
    print(f"{figures.counts['limited']}, limit {LIMIT} a minute for {WORKERS} workers")
    print(f"credits                    {figures.charged} charged, budgets: ", end="")
    print(", ".join(f"{name}: {spent}" for name, spent in figures.told.items()))


def main() -> int:
    """Run, and tell."""
    given = [float(word) for word in sys.argv[1:]]
    seconds, clients, rows = (*given, *(60.0, 200.0, 10_000.0)[len(given) :])
    people = crowd(int(rows))
    visited, listed = people[int(rows) :], people[: int(rows)]
    print(f"load of the machine before  {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with (
        tempfile.TemporaryDirectory() as name,
        redis(Path(name)) as store,
        upstream(2 * SPARE * int(rows), LIMIT) as leadiq,
        serving(Service(Path(name), leadiq, store, limit=LIMIT, workers=WORKERS)) as service,
    ):
        began = time.monotonic()
        work = put_under_load(service.url, visited, listed, int(clients), seconds)
        load = asyncio.run(work)
        took_s = time.monotonic() - began
        service.stop()
        figures = Figures(leadiq.charged(), told(store.url), leadiq.counts())
        log = service.log.read_text()
    show(load, figures, took_s)
    found = [*wrong(load, listed, figures), *([f"the log: {log[-500:]}"] if log else [])]
    for text in found:
        print(f"DOES NOT HOLD: {text}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""A job on two machines, one of whose workers is killed: the books have to agree all the same."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from threading import Thread
from typing import Any

import anyio
import pyarrow as pa
import pytest

import leadiq.ray
from engine_sandbox import REQUESTS_PER_MINUTE, EngineSandbox, settings
from leadiq import Ledger
from leadiq.arrow import SharedQuota
from leadiq.testing import LocalSandbox
from redis_server import RedisServer

pytestmark = pytest.mark.filterwarnings("ignore")

ROWS, PARTS = 20_000, 8
LEASE_S = 5.0
#: What tells of the run, and not of the people: as with --resume, it may differ.
OF_THE_RUN = {
    "leadiq_line",
    "leadiq_shared",
    "leadiq_source",
    "leadiq_price_reserved",
    "leadiq_price_charged",
    "leadiq_attempts",
    "leadiq_waited_s",
    "leadiq_request_id",
    "leadiq_part",
    "leadiq_part_rows",
    "leadiq_part_charged",
    "leadiq_done_at",
}


def leads(rows: int) -> Any:
    """People of the sandbox; some twice and far apart, some unknown, some no people at all."""
    with LocalSandbox(settings()) as sandbox:
        emails = [one.work_email for one in sandbox.people() if one.work_email][:rows]
    for number in range(0, rows // 2, 20):
        emails[rows - 1 - number] = emails[number]
    emails[5:rows:50] = [f"nobody{n}@example.com" for n in range(len(emails[5:rows:50]))]
    emails[7:rows:200] = [""] * len(emails[7:rows:200])
    return pa.table({"email": emails, "number": range(rows)})


def parts(table: Any, count: int = PARTS) -> list[Any]:
    """The rows in partitions."""
    each = -(-table.num_rows // count)
    return [table.slice(at, each) for at in range(0, table.num_rows, each)]


def charges(table: Any) -> Decimal:
    """What the receipts add up to."""
    return sum(filter(None, table["leadiq_price_charged"].to_pylist()), Decimal(0))


def people(table: Any) -> list[Any]:
    """What came out, but for what tells of the run, in the order of the rows."""
    kept = [name for name in table.column_names if name not in OF_THE_RUN]
    return sorted(table.select(kept).to_pylist(), key=lambda row: row["number"])


def on_one_machine(table: Any) -> Any:
    """The same rows as one ordinary job in one process, on a sandbox of its own."""

    async def looked_up(sandbox: LocalSandbox) -> Any:
        async with (
            sandbox.client(requests_per_minute=10**6) as client,
            client.enrich(
                table.to_pylist(), unlock="work-email", budget="unlimited", batch=25
            ) as outcomes,
        ):
            return await leadiq.to_arrow(outcomes, unlock="work-email")

    with LocalSandbox(settings(requests_per_minute=None, credits=Decimal(10**6))) as sandbox:
        return anyio.run(looked_up, sandbox)


def workers(cluster: Any) -> list[int]:
    """The processes of our own cluster in which rows are looked up."""
    raylets = {node.all_processes["raylet"][0].process.pid for node in cluster.list_all_nodes()}
    return [pid for pid, parent, name in _processes() if parent in raylets and "MapWorker" in name]


def _processes() -> Iterator[tuple[int, int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            name = (folder / "cmdline").read_text()
        except OSError:  # it has ended meanwhile
            continue
        yield int(folder.name), int(stat.rpartition(")")[2].split()[1]), name


class Killer(Thread):
    """Kills one worker when a condition holds, once."""

    def __init__(self, cluster: Any, when: Callable[[], bool]) -> None:
        super().__init__(daemon=True)
        self.killed: list[int] = []
        self._cluster = cluster
        self._when = when

    def run(self) -> None:
        until = time.monotonic() + 300
        while not self._when():
            if time.monotonic() > until:
                return
            time.sleep(0.05)
        self.killed = workers(self._cluster)[:1]
        for pid in self.killed:
            os.kill(pid, signal.SIGKILL)


def table_of(dataset: Any) -> Any:
    return pa.concat_tables([*dataset.iter_batches(batch_format="pyarrow", batch_size=None)])


def judge(done: Any, sandbox: EngineSandbox, ledger: Ledger) -> None:
    """Receipts, ledger and server agree to the last tenth of a credit, and nothing was refused."""
    totals = anyio.run(ledger.totals)
    assert charges(done) == totals.charged == sandbox.charged > 0
    assert totals.uncertain == 0
    assert sandbox.noting.limited == 0
    assert sandbox.busiest <= REQUESTS_PER_MINUTE


def test_a_worker_that_is_killed_half_way_costs_nothing(
    cluster: Any, sandbox: EngineSandbox, state: Path
) -> None:
    """20,000 rows in 8 parts: the same as on one machine, and every credit is accounted for."""
    import ray.data

    table = leads(ROWS)
    killer = Killer(cluster, lambda: len(sandbox.ledger()) > ROWS / 2)
    killer.start()
    dataset = leadiq.ray.enrich(
        ray.data.from_arrow(parts(table)),
        unlock="work-email",
        budget=ROWS,
        quota=REQUESTS_PER_MINUTE,
        job="big",
        key=sandbox.key,
        endpoint=sandbox.url,
    )
    done = table_of(dataset)
    assert killer.killed
    assert done.num_rows == ROWS
    judge(done, sandbox, Ledger("big", f"sqlite:///{state}/ledgers.db"))
    assert people(done) == people(on_one_machine(table))


def test_quota_and_ledger_in_redis(
    cluster: Any, sandbox: EngineSandbox, state: Path, redis_server: RedisServer
) -> None:
    """The same without actors that keep anything."""
    import ray.data

    rows = 1_000
    ledger = Ledger("small", redis_server.url, lease_s=LEASE_S)
    killer = Killer(cluster, lambda: len(sandbox.ledger()) > rows / 2)
    killer.start()
    dataset = leadiq.ray.enrich(
        ray.data.from_arrow(parts(leads(rows), 4)),
        unlock="work-email",
        budget=rows,
        quota=SharedQuota(REQUESTS_PER_MINUTE, redis_server.url, processes=2),
        ledger=ledger,
        key=sandbox.key,
        endpoint=sandbox.url,
        batch=5,
        part_rows=rows // 4,
    )
    done = table_of(dataset)
    assert killer.killed
    assert done.num_rows == rows
    judge(done, sandbox, ledger)
    assert not state.exists() or not list(state.glob("*ledger*"))

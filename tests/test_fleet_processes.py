"""The shared quota with real processes and a real Redis, both of which are killed."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from redis_server import RedisServer, redis_server  # noqa: F401

pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")

from fleet_twin import KEY, Use, most_in_a_window, use
from leadiq._fleet.pacer import FleetPacer

LIMIT, WINDOW_S, PROCESSES = 30, 1.5, 3
INTERVAL_S = WINDOW_S / LIMIT

WORKER = f"""
import asyncio, json, logging, random, sys, time
from leadiq._fleet.pacer import FleetPacer

async def main(url):
    pacer = FleetPacer.from_url(
        url, key={KEY!r}, limit={LIMIT}, replicas={PROCESSES}, window_s={WINDOW_S}
    )
    async def task(number):
        count = 0
        while True:
            async with pacer.slot():
                name = f"{{number}}.{{count}}"
                print(json.dumps([name, "began", time.monotonic()]), flush=True)
                await asyncio.sleep(random.uniform(0.005, 0.03))
                print(json.dumps([name, "ended", time.monotonic()]), flush=True)
            count += 1
    await asyncio.gather(*(task(number) for number in range(10)))

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
asyncio.run(main(*sys.argv[1:]))
"""


class Workers:
    """Processes that send as much as they may, and write down when."""

    def __init__(self, folder: Path, url: str) -> None:
        self._said = [folder / f"worker-{number}" for number in range(PROCESSES)]
        self._told = [path.with_suffix(".log") for path in self._said]
        command = [sys.executable, "-c", WORKER, url]
        self.processes = list[subprocess.Popen[bytes]]()
        for said, told in zip(self._said, self._told, strict=True):
            with said.open("w") as output, told.open("w") as log:
                self.processes.append(subprocess.Popen(command, stdout=output, stderr=log))

    def uses(self, number: int) -> list[Use]:
        """When each request of a process began and ended; the last ones may not have."""
        began, ended = dict[str, float](), dict[str, float]()
        for line in self._said[number].read_text().splitlines():
            name, what, at = json.loads(line)
            (began if what == "began" else ended)[name] = at
        return [(at, ended.get(name, at + 0.03)) for name, at in began.items()]

    def all_uses(self) -> list[Use]:
        return sorted(use for number in range(PROCESSES) for use in self.uses(number))

    def log(self, number: int) -> str:
        return self._told[number].read_text()

    def kill(self, number: int) -> None:
        self.processes[number].send_signal(signal.SIGKILL)
        self.processes[number].wait()


@contextmanager
def working(folder: Path, server: RedisServer) -> Iterator[Workers]:
    workers = Workers(folder, server.url)
    try:
        until = time.monotonic() + 30
        while not all(map(workers.uses, range(PROCESSES))):
            assert time.monotonic() < until, workers.log(0)
            time.sleep(0.05)
        yield workers
        left = [process for process in workers.processes if process.returncode is None]
        assert [process.poll() for process in left] == [None] * len(left), "one has ended by itself"
    finally:
        for process in workers.processes:
            process.kill()
            process.wait()


def share(uses: Sequence[Use], since: float, until: float) -> float:
    """How much of the quota was used in a time."""
    return sum(since <= began < until for began, _ in uses) / (LIMIT * (until - since) / WINDOW_S)


def test_a_process_that_is_killed_takes_no_quota_with_it(
    redis_server: RedisServer,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Three processes share the quota without exceeding it; when one is killed, two use it all."""
    with working(tmp_path, redis_server) as workers:
        time.sleep(WINDOW_S)
        workers.kill(0)
        killed = time.monotonic()
        time.sleep(3 * WINDOW_S)
        until = time.monotonic()
    uses = workers.all_uses()
    assert most_in_a_window(uses, WINDOW_S) <= LIMIT
    assert share(uses, killed + WINDOW_S, until) > 0.75  # without its part: two thirds
    assert not any(workers.log(number) for number in range(PROCESSES))


def test_redis_is_killed_and_comes_back_empty(
    redis_server: RedisServer,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Processes go on with their shares, come back by themselves, and never exceed the quota."""
    with working(tmp_path, redis_server) as workers:
        time.sleep(WINDOW_S)
        redis_server.kill()
        went = time.monotonic()
        time.sleep(2 * WINDOW_S)
        redis_server.start()
        came = time.monotonic()
        time.sleep(3 * WINDOW_S)
        until = time.monotonic()
    uses = workers.all_uses()
    assert most_in_a_window(uses, WINDOW_S) <= LIMIT
    assert share(uses, went + WINDOW_S, came) > 0.7
    assert share(uses, came + WINDOW_S, until) > 0.7
    for number in range(PROCESSES):
        assert [line.split()[0] for line in workers.log(number).splitlines()] == ["WARNING", "INFO"]


def test_a_redis_that_stands_still_is_away(
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """A server that accepts and does not answer is not waited for; nor do its ghosts come back."""

    async def main() -> float:
        uses = list[Use]()
        async with FleetPacer.from_url(
            redis_server.url,
            key=KEY,
            limit=LIMIT,
            replicas=1,
            window_s=WINDOW_S,
            redis_timeout_s=0.2,
        ) as pacer:
            await use(pacer, uses, 0.0)
            redis_server.signal(signal.SIGSTOP)
            began = time.monotonic()
            await use(pacer, uses, 0.0)
            took = time.monotonic() - began
            redis_server.signal(signal.SIGCONT)
            for _ in range(5):
                await use(pacer, uses, 0.0)
            return took

    assert 0.2 < asyncio.run(main()) < 10


def test_slots_held_by_a_killed_process_come_back_within_a_window(
    redis_server: RedisServer,  # noqa: F811
) -> None:
    """A process that dies with the whole quota in flight gives it back after one window."""
    hold = f"""
import asyncio
from leadiq._fleet.pacer import FleetPacer
async def main():
    pacer = FleetPacer.from_url(
        {redis_server.url!r}, key={KEY!r}, limit=1, replicas=1, window_s={WINDOW_S}
    )
    async with pacer.slot():
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""
    holder = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    with holder, holder.stdout:
        assert holder.stdout.readline() == b"held\n"
        time.sleep(WINDOW_S)  # longer than it would be held without signs of life
        killed = time.monotonic()
        holder.kill()

    async def main() -> float:
        async with (
            FleetPacer.from_url(
                redis_server.url, key=KEY, limit=1, replicas=1, window_s=WINDOW_S
            ) as pacer,
            pacer.slot(),
        ):
            return time.monotonic() - killed

    assert WINDOW_S - 0.1 <= asyncio.run(main()) < 2 * WINDOW_S

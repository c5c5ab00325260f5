"""Calls side by side with what a user would take instead: `python -m benchmarks.calls`.

A loopback server in a process of its own, on a core of its own, answers with the same bytes always.
Each caller has a process too, on the other core; they take turns, in a new order each round. A turn
begins when every task has had two answers. What is compared is the throughput within a round; the
medians of the rounds' ratios are shown with the least and the greatest.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from . import callers, stock

STOCK: Final = "stock ariadne-codegen"
PACKAGES: Final = (
    *("leadiq-sdk", "httpx", "httpx2", "aiohttp", "orjson", "pydantic", "anyio", "trio", "gql"),
    *("sgqlc", "requests"),
)


@dataclass(frozen=True)
class Load:
    """What is asked for, and by how many tasks at once."""

    page: str
    at_once: int

    def __str__(self) -> str:
        what = {"person": "one person", "people": "a page of 100"}[self.page]
        return f"{what}, {self.at_once:,} at once"


@dataclass(frozen=True)
class Goal:
    """What has to hold between two callers, or between two loads of one."""

    caller: str
    rival: str
    load: Load
    least: float
    rival_load: Load | None = None

    def __str__(self) -> str:
        of = f" at {self.rival_load.at_once:,}" if self.rival_load else ""
        return f"{self.load}: {self.caller} vs {self.rival}{of}"


@dataclass(frozen=True)
class Turn:
    """What one caller did in one turn."""

    caller: str
    load: Load
    per_s: float
    cpu_us: float
    """Processor time of the caller for one call, in microseconds."""
    failed: int


PERSON = {count: Load("person", count) for count in (1, 16, 128, 512, 2000)}
PAGE = Load("people", 16)
FAST, OURS, YOURS, TRIO = callers.NAMES[1], callers.NAMES[0], callers.NAMES[2], "leadiq on trio"
GOALS: Final = (
    Goal(OURS, STOCK, PERSON[16], 3.0),
    Goal(FAST, STOCK, PERSON[16], 5.5),
    Goal(FAST, STOCK, PERSON[128], 4.5),
    Goal(FAST, "gql on aiohttp", PERSON[16], 6.0),
    Goal(FAST, "gql on httpx", PERSON[16], 10.0),
    Goal(OURS, OURS, PERSON[512], 0.85, PERSON[128]),
    Goal(OURS, OURS, PERSON[2000], 0.85, PERSON[128]),
    Goal(FAST, FAST, PERSON[512], 0.85, PERSON[128]),
    Goal(FAST, FAST, PERSON[2000], 0.85, PERSON[128]),
    Goal(OURS, STOCK, PAGE, 1.8),
    Goal(YOURS, "httpx", PERSON[16], 1.3),
    Goal(TRIO, STOCK, PERSON[16], 2.0),
)
EVERYBODY: Final = (PERSON[1], PERSON[16], PERSON[128], PAGE)
"""Loads that every caller has; the greater ones only ours, as the others hardly get through."""


# -- one turn, in the caller's process ---------------------------------------------------------


class Counter:
    """Counts the answers, from the moment at which every task has had two."""

    def __init__(self, tasks: int, seconds: float, patience_s: float = 8.0) -> None:
        self._waited_for = tasks
        self._seconds = seconds
        self._latest = time.perf_counter() + patience_s
        self._began = self._cpu_began = self.seconds = self.cpu_s = 0.0
        self.calls = self.failed = 0
        self.over = False

    def begin(self) -> None:
        self._began, self._cpu_began = time.perf_counter(), _cpu_s()

    def answered(self, mine: int) -> None:
        """Note one more answer of a task, its `mine`-th."""
        now = time.perf_counter()
        if mine == 2:
            self._waited_for -= 1
        if not self._began:
            if not self._waited_for or now > self._latest:
                self.begin()
            return
        self.calls += 1
        if now - self._began >= self._seconds and not self.over:
            self.over = True
            self.seconds, self.cpu_s = now - self._began, _cpu_s() - self._cpu_began

    def told(self) -> dict[str, float]:
        return {
            "per_s": self.calls / self.seconds if self.seconds else 0.0,
            "cpu_us": self.cpu_s / self.calls * 1e6 if self.calls else 0.0,
            "failed": self.failed,
        }


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _keep_calling(call: Callable[[], Awaitable[object]], counter: Counter) -> None:
    mine = 0
    while not counter.over:
        try:
            await call()
        except Exception:
            counter.failed += 1
            if counter.failed > 2_000:
                return
        mine += 1
        counter.answered(mine)


async def _turn(name: str, url: str, load: Load, seconds: float) -> dict[str, float]:
    import anyio

    counter = Counter(load.at_once, seconds)
    make = {**callers.ASYNC, **callers.ON_TRIO}[name]
    async with make(url, load.at_once) as call, anyio.create_task_group() as tasks:
        for _ in range(load.at_once):
            tasks.start_soon(_keep_calling, call, counter)
    return counter.told()


def _turn_in_threads(name: str, url: str, load: Load, seconds: float) -> dict[str, float]:
    counter = Counter(load.at_once, seconds)
    lock = threading.Lock()

    def keep_calling(call: callers.PlainCall) -> None:
        mine = 0
        while not counter.over:
            call()
            mine += 1
            with lock:
                counter.answered(mine)

    with callers.IN_THREADS[name](url, load.at_once) as call:
        threads = [threading.Thread(target=keep_calling, args=(call,)) for _ in range(load.at_once)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return counter.told()


def work(name: str, port: str) -> None:
    """Take turns as they are called for on standard input."""
    for line in sys.stdin:
        page, at_once, seconds = json.loads(line)
        load, url = Load(page, at_once), f"http://127.0.0.1:{port}/{page}"
        if name in callers.IN_THREADS:
            told = _turn_in_threads(name, url, load, seconds)
        elif name in callers.ON_TRIO:
            import trio

            told = trio.run(partial(_turn, name, url, load, seconds))
        else:
            told = asyncio.run(_turn(name, url, load, seconds))
        print(json.dumps(told), flush=True)


# -- the measurement ---------------------------------------------------------------------------


class Worker:
    """A caller in a process of its own."""

    def __init__(self, name: str, port: int) -> None:
        self.name = name
        self._process = process("--worker", name, str(port), core=1)

    def turn(self, load: Load, seconds: float) -> Turn:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([load.page, load.at_once, seconds]) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        return Turn(self.name, load, told["per_s"], told["cpu_us"], int(told["failed"]))

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def process(*words: str, module: str = "benchmarks.calls", core: int) -> subprocess.Popen[str]:
    """Start a module in a process that keeps to one core, where the system can be told so."""
    started = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(started.pid, {cores[core % len(cores)]})
    return started


@contextmanager
def answering() -> Iterator[int]:
    """A server; gives its port."""
    server = process(module="benchmarks.canned", core=0)
    with server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def measure(names: Sequence[str], rounds: int, seconds: float) -> list[list[Turn]]:
    """Let everybody have a turn at every load, in each round."""
    with answering() as port, ExitStack() as ending:
        workers = {name: Worker(name, port) for name in names}
        for worker in workers.values():
            ending.callback(worker.end)
        return [_round(workers, seconds) for _ in range(rounds)]


def _round(workers: dict[str, Worker], seconds: float) -> list[Turn]:
    turns = [(name, load) for name in workers for load in loads_of(name)]
    random.shuffle(turns)
    turns.sort(key=lambda turn: turn[1].at_once)  # rivals at one load follow each other
    return [workers[name].turn(load, seconds) for name, load in turns]


def loads_of(name: str) -> tuple[Load, ...]:
    if name in (OURS, FAST):
        return (*EVERYBODY, PERSON[512], PERSON[2000])
    return EVERYBODY


@dataclass(frozen=True)
class Ratio:
    """How a goal did over the rounds."""

    goal: Goal
    ratio: float
    spread: tuple[float, float]
    failed: int

    @property
    def reached(self) -> bool:
        return self.ratio >= self.goal.least and not self.failed

    def row(self) -> str:
        ratio = f"{self.ratio:.2f} ({self.spread[0]:.2f} to {self.spread[1]:.2f})"
        ratio = ratio if self.reached else f"**{ratio}**"
        failed = f", {self.failed} failed" if self.failed else ""
        return f"| {self.goal} | {ratio}{failed} | {self.goal.least:g} |"


def judged(goal: Goal, rounds: Sequence[Sequence[Turn]]) -> Ratio:
    ratios: list[float] = []
    failed = 0
    for turns in rounds:
        by = {(turn.caller, turn.load): turn for turn in turns}
        mine, rival = by[goal.caller, goal.load], by[goal.rival, goal.rival_load or goal.load]
        ratios.append(mine.per_s / rival.per_s if rival.per_s else float("inf"))
        failed += mine.failed
    return Ratio(goal, statistics.median(ratios), (min(ratios), max(ratios)), failed)


def table(rounds: Sequence[Sequence[Turn]], names: Sequence[str]) -> str:
    """Everybody's throughput as a multiple of the stock client's, and processor time for a call."""
    lines = [
        f"| caller | {' | '.join(map(str, EVERYBODY))} |",
        f"|---|{'---|' * len(EVERYBODY)}",
    ]
    for name in names:
        cells = [_cell(name, load, rounds) for load in EVERYBODY]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(name: str, load: Load, rounds: Sequence[Sequence[Turn]]) -> str:
    found = judged(Goal(name, STOCK, load, 0.0), rounds)
    mine = [turn for turns in rounds for turn in turns if (turn.caller, turn.load) == (name, load)]
    cpu = statistics.median(turn.cpu_us for turn in mine)
    return f"{found.ratio:.2f} · {cpu:,.0f} µs"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.6)
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        work(*given.worker)
        return 0
    stock.load(Path(".venv-codegen/bin/ariadne-codegen"))
    rounds = measure(callers.NAMES, given.rounds, given.seconds)
    machine = f"CPython {platform.python_version()} on {platform.machine()}"
    print(f"{machine}; " + ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    print(f"\nThroughput, as a multiple of the {STOCK} client's, and CPU for a call:\n")
    print(table(rounds, callers.NAMES))
    ratios = [judged(goal, rounds) for goal in GOALS]
    print("\n| what | ratio (least to greatest) | goal |\n|---|---|---|")
    print("\n".join(ratio.row() for ratio in ratios))
    report: dict[str, Any] = {
        "machine": machine,
        "rounds": [[asdict(t) for t in r] for r in rounds],
    }
    Path("build/calls.json").write_text(json.dumps(report, indent=2) + "\n")
    return 0 if all(ratio.reached for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())

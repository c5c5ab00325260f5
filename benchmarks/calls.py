"""Calls side by side with what a user would take instead.

A loopback server in a process of its own, on a core of its own, answers with the same bytes always.
Each caller has a process too, on the other core; they take turns, in a new order each round. A turn
begins when every task has had two answers.
"""

from __future__ import annotations

import asyncio
import random
import resource
import sys
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Final

from . import callers, stock, turns
from .callers import Question
from .figures import Result
from .harness import Effort
from .processes import CLIENT, Child, answering, heard, told
from .turns import Load, Turn

PATIENCE_S: Final = 8.0
"""How long a turn waits for two answers to every task, and how long it then takes at most."""
MOST_FAILED: Final = 5_000
"""After so many failures a turn is over, with nothing to show."""
ANSWERS_EACH: Final = 3
"""How many a turn gives to every task at least, on average."""
MOST_S: Final = 60.0
"""How long anybody may take for a turn."""


# -- one turn, in the caller's process ---------------------------------------------------------


class Window:
    """Counts the answers, from the moment at which every task has had two."""

    def __init__(self, tasks: int, seconds: float) -> None:
        self._waited_for = tasks
        self._least = ANSWERS_EACH * tasks
        self._seconds = seconds
        self._latest = time.perf_counter() + PATIENCE_S
        self._began = self._cpu_began = self._took_s = self._cpu_s = 0.0
        self._calls = 0
        self._failed = Counter[str]()
        self.over = False

    def answered(self, mine: int) -> None:
        """Note one more answer of a task, its `mine`-th."""
        self._waited_for -= mine == 2
        self._calls += bool(self._began) and not self.over
        self._look()

    def failed(self, error: Exception) -> None:
        self._failed[type(error).__name__] += 1
        self._look()
        self.over = self.over or self._failed.total() > MOST_FAILED

    def _look(self) -> None:
        now = time.perf_counter()
        if not self._began:
            if not self._waited_for or now > self._latest:
                self._began, self._cpu_began = now, _cpu_s()
        elif not self.over and self._is_long_enough(now - self._began):
            self.over = True
            self._took_s, self._cpu_s = now - self._began, _cpu_s() - self._cpu_began

    def _is_long_enough(self, took_s: float) -> bool:
        """With many tasks a turn is longer, as what is half done at its ends has to be little."""
        return took_s > PATIENCE_S or (took_s >= self._seconds and self._calls >= self._least)

    def told(self) -> dict[str, Any]:
        return {
            "per_s": self._calls / self._took_s if self._took_s else 0.0,
            "cpu_us": self._cpu_s / self._calls * 1e6 if self._calls else 0.0,
            "failed": self._failed,
        }


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _keep_calling(call: Callable[[], Awaitable[object]], window: Window) -> None:
    mine = 0
    while not window.over:
        try:
            await call()
        except Exception as error:
            window.failed(error)
        else:
            mine += 1
            window.answered(mine)


async def _turn(name: str, question: Question, seconds: float) -> dict[str, Any]:
    import anyio

    window = Window(question.at_once, seconds)
    make = {**callers.ASYNC, **callers.ON_TRIO}[name]
    async with make(question) as call, anyio.create_task_group() as tasks:
        for _ in range(question.at_once):
            tasks.start_soon(_keep_calling, call, window)
    return window.told()


def _turn_in_threads(name: str, question: Question, seconds: float) -> dict[str, Any]:
    many = range(question.at_once)
    window, lock = Window(len(many), seconds), threading.Lock()

    def keep_calling(call: callers.PlainCall) -> None:
        mine = 0
        while not window.over:
            try:
                call()
            except Exception as error:
                with lock:
                    window.failed(error)
            else:
                mine += 1
                with lock:
                    window.answered(mine)

    with callers.IN_THREADS[name](question) as call:
        threads = [threading.Thread(target=keep_calling, args=(call,)) for _ in many]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return window.told()


def _work(name: str, server: str) -> None:
    """Take turns as they are called for."""
    for page, at_once, seconds in heard():
        try:
            told(_taken(name, Question(server, page, at_once), seconds))
        except Exception as error:
            told({"error": type(error).__name__})


def _taken(name: str, question: Question, seconds: float) -> dict[str, Any]:
    if name in callers.IN_THREADS:
        return _turn_in_threads(name, question, seconds)
    if name in callers.ON_TRIO:
        import trio

        return trio.run(partial(_turn, name, question, seconds))
    return asyncio.run(_turn(name, question, seconds))


# -- the measurement ---------------------------------------------------------------------------


class Caller:
    """A caller in a process of its own, which is started again when it had to be ended."""

    def __init__(self, name: str, server: str) -> None:
        self.name = name
        self._server = server
        self._child: Child | None = None

    def turn(self, load: Load, seconds: float) -> Turn:
        child = self._child or Child("benchmarks.calls", self.name, self._server, core=CLIENT)
        self._child = child
        try:
            child.tell([load.page, load.at_once, seconds])
            return Turn(self.name, load, **child.hear(within_s=MOST_S))
        except (OSError, EOFError) as error:  # TimeoutError is an OSError
            self.end()
            return Turn(self.name, load, error=type(error).__name__)

    def end(self) -> None:
        if self._child:
            self._child.close()
        self._child = None


def measure(effort: Effort) -> Iterator[Result]:
    """Let everybody have a turn at every load, in each round."""
    stock.make()
    with answering() as server, _ready(callers.NAMES, server) as ready:
        rounds = [
            _round(ready, effort.turn_s, everything=number == 0 and not effort.quick)
            for number in range(effort.rounds)
        ]
    yield from turns.results(rounds)


@contextmanager
def _ready(names: Iterable[str], server: str) -> Iterator[Mapping[str, Caller]]:
    with ExitStack() as ending:
        ready = {name: Caller(name, server) for name in names}
        for caller in ready.values():
            ending.callback(caller.end)
        yield ready


def _round(ready: Mapping[str, Caller], turn_s: float, *, everything: bool) -> list[Turn]:
    taken = [(name, load) for name in ready for load in turns.loads_of(name, everything=everything)]
    random.shuffle(taken)
    taken.sort(key=lambda turn: (turn[1].page, turn[1].at_once))  # rivals follow each other
    return [ready[name].turn(load, turn_s) for name, load in taken]


if __name__ == "__main__":
    _work(*sys.argv[1:])

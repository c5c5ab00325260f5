"""Books of shared budgets for tests: the rules in memory alone, and every kind there is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leadiq._jobs.budget_redis import RedisBook
from leadiq._jobs.budget_rules import (
    Answer,
    Ask,
    Book,
    Line,
    Shown,
    Terms,
    Unreachable,
    Verdict,
    decide,
)
from leadiq._jobs.budget_sqlite import SqliteBook
from redis_server import RedisServer

KINDS = ("memory", "sqlite", "redis")


class MemoryBook:
    """Any number of shares may use one.

    Attributes:
        away: how many of the next calls fail.
        deaf: whether those are done, and only their answers are lost.
        calls: what was called.
    """

    def __init__(self) -> None:
        self.lines = dict[str, dict[str, Line]]()
        self.limits = dict[str, int]()
        self.stops = dict[str, int]()
        self.calls = list[str]()
        self.away = 0
        self.deaf = False

    def enter(self, terms: Terms, job: str, spent: int) -> int:
        with self._call("enter"):
            self.limits[terms.name] = terms.limit
            self.lines.setdefault(terms.name, {})[job] = Line(spent)
            return self.stops.setdefault(terms.name, 0)

    def ask(self, terms: Terms, ask: Ask) -> Answer:
        with self._call("ask"):
            lines = self.lines.get(terms.name, {})
            if ask.job not in lines:
                return Answer(Verdict.GONE, Line(), 0)
            others = added(line for job, line in lines.items() if job != ask.job)
            verdict = decide(terms.limit, others, ask, self.stops[terms.name])
            lines[ask.job] = ask.wanted if verdict is Verdict.GRANTED else ask.line
            return Answer(verdict, added(lines.values()), self.stops[terms.name])

    def stop(self, name: str) -> None:
        with self._call("stop"):
            if name in self.stops:
                self.stops[name] += 1

    def budgets(self) -> list[Shown]:
        with self._call("budgets"):
            return [
                Shown(name, self.limits[name], {job: (line, 0.0) for job, line in lines.items()})
                for name, lines in sorted(self.lines.items())
            ]

    def release(self, name: str, job: str) -> bool:
        with self._call("release"):
            lines = self.lines.get(name, {})
            if job in lines:
                lines[job] = lines[job]._replace(reserved=0)
            return job in lines

    def forget(self, name: str) -> bool:
        with self._call("forget"):
            self.stops.pop(name, None)
            return self.lines.pop(name, None) is not None

    def close(self) -> None:
        with self._call("close"):
            pass

    @contextmanager
    def _call(self, name: str) -> Generator[None]:
        self.calls.append(name)
        fails = self.away > 0
        self.away -= fails
        if fails and not self.deaf:
            raise Unreachable("it is away")
        yield
        if fails:
            raise Unreachable("its answer was lost")


def added(lines: Iterable[Line]) -> Line:
    """Give the sums of lines."""
    told = list(lines)
    return Line(sum(line.spent for line in told), sum(line.reserved for line in told))


@contextmanager
def books(kind: str, folder: Path) -> Iterator[Callable[[], Book]]:
    """Give what opens the books of one store of this kind."""
    if kind == "memory":
        one = MemoryBook()
        yield lambda: one
    elif kind == "sqlite":
        yield lambda: SqliteBook(folder / "budgets.db")
    else:
        pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")
        if shutil.which("redis-server") is None:
            pytest.skip("redis-server is not installed: apt-get install redis-server")
        server = RedisServer(folder)
        server.start()
        try:
            yield lambda: RedisBook(server.url)
        finally:
            server.kill()

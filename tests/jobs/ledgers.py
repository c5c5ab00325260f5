"""Ledgers for tests: every kind of store there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import anyio
import pytest

from leadiq import Ledger
from leadiq._jobs.budget_rules import Unreachable
from leadiq._jobs.ledger_rules import Change, Page, Slip
from postgres_server import PostgresServer
from redis_server import RedisServer, installed

KINDS = ("sqlite", "redis", "postgres")


@contextmanager
def ledger_url(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the URL of an empty store of this kind; without its server the test is skipped."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'ledger.db'}"
    elif kind == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_session")
        yield server.url
    else:
        pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")
        if installed() is None:
            pytest.skip("redis-server is not installed: apt-get install redis-server")
        redis = RedisServer(folder)
        redis.start()
        try:
            yield redis.url
        finally:
            redis.kill()


def new_ledger(url: str, **settings: Any) -> Ledger:
    """A ledger that no other test has."""
    return Ledger(f"t-{token_hex(4)}", url, **settings)


async def until(what: Callable[[], object]) -> None:
    """Wait for something that will happen."""
    for _ in range(20_000):
        if what():
            return
        await anyio.sleep(0.001)
    pytest.fail("it has not happened")


class MemoryStore:
    """A store in memory, that any number of jobs may use, and that can be away.

    Attributes:
        slips: what it holds.
        held: who holds which job.
        away: how many of the next calls fail; those of `swap` alone, if `only_swaps`.
        deaf: whether those are done, and only their answers are lost.
        seen: every slip that was written, in order.
    """

    def __init__(self, account: str = "") -> None:
        self.slips: dict[bytes, Slip] = {}
        self.held: dict[str, str] = {}
        self.account = account
        self.away = 0
        self.only_swaps = False
        self.deaf = False
        self.seen: list[Slip] = []

    def open(self, account: str, keep_s: float) -> bool:
        with self._call():
            return account == self.account

    def lease(self, job: str, holder: str, seconds: float) -> bool:
        with self._call():
            if self.held.setdefault(job, holder) != holder:
                return False
            if not seconds:
                del self.held[job]
            return True

    def find(self, question: bytes) -> Slip | None:
        with self._call():
            slip = self.slips.get(question)
            return slip and self._opened(slip)

    def swap(self, changes: Sequence[Change]) -> list[bool]:
        with self._call(swap=True):
            return [self._swap(*change) for change in changes]

    def page(self, job: str | None, mark: bytes) -> Page:
        with self._call():
            slips = sorted((q, slip) for q, slip in self.slips.items() if q > mark)
            found = [(q, self._opened(slip)) for q, slip in slips if job in (None, slip.job)]
            return Page(found[:2], found[1][0] if len(found) > 2 else b"")

    def scrub(self) -> None:
        pass

    def remove(self) -> None:
        self.slips.clear()

    def close(self) -> None:
        with self._call():
            pass

    def _swap(self, question: bytes, slip: Slip) -> bool:
        before = self.slips.get(question)
        if (before.version if before else 0) != slip.version - 1:
            return False
        self.slips[question] = slip
        self.seen.append(slip)
        return True

    def _opened(self, slip: Slip) -> Slip:
        return slip._replace(is_open=bool(slip.holder) and self.held.get(slip.job) == slip.holder)

    @contextmanager
    def _call(self, *, swap: bool = False) -> Iterator[None]:
        fails = self.away > 0 and (swap or not self.only_swaps)
        self.away -= fails
        if fails and not self.deaf:
            raise Unreachable("it is away")
        yield
        if fails:
            raise Unreachable("its answer was lost")

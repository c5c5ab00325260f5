"""The project of docs/queues.md on this machine: its files, a database of leads, its workers."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from leadiq.testing import LocalSandbox
from redis_server import RedisServer

pytest.importorskip("taskiq_redis", reason="taskiq is not installed: pip install taskiq-redis")

from taskiq.kicker import AsyncKicker
from taskiq_redis import RedisStreamBroker

PAGE = Path(__file__).parents[2] / "docs" / "queues.md"
PATIENCE_S = 120.0
#: What the page says of a real key and a day, as a test of some seconds can have it.
QUICK = {
    "REQUESTS_A_MINUTE = 60 ": "REQUESTS_A_MINUTE = 60_000 ",
    "ROWS_IN_A_TASK = 100": "ROWS_IN_A_TASK = 12",
    'Ledger("leads", REDIS)': 'Ledger("leads", REDIS, lease_s=3)',
    "idle_timeout=900_000": "idle_timeout=4_000",
}


def files() -> Iterator[tuple[str, str]]:
    """Give the page's files: a Python block begins with its name."""
    begun = re.compile(r"^```python\n# (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
    yield from begun.findall(PAGE.read_text(encoding="utf-8"))


class Project:
    """A folder with the page's files, between a sandbox and a Redis."""

    def __init__(self, folder: Path, sandbox: LocalSandbox, redis: RedisServer) -> None:
        self.folder = folder
        self._redis = redis
        self.environ = {
            **os.environ,
            **sandbox.environ,
            "REDIS_URL": redis.url,
            "LEADIQ_STATE": str(folder / "state"),
            "LEADS_DB": str(folder / "leads.db"),
            "PYTHONPATH": str(folder),
        }
        text = dict(files())
        for slow, quick in QUICK.items():
            assert text["worker.py"].count(slow) == 1, slow
            text["worker.py"] = text["worker.py"].replace(slow, quick)
        for name, content in text.items():
            (folder / name).write_text(content, encoding="utf-8")

    def put(self, emails: Iterable[str]) -> None:
        """Fill the database: a row for each address, with a key of its own."""
        self.run("import leads; leads.pending()")
        with self._database() as db, db:
            rows = [(f"crm-{at:04}", email) for at, email in enumerate(emails)]
            db.executemany("insert into leads (key, email) values (?, ?)", rows)

    def column(self, name: str) -> list[str | None]:
        """Give a column of the database, in the order of the keys."""
        with self._database() as db:
            return [row[0] for row in db.execute(f"select {name} from leads order by key")]  # noqa: S608

    def forget_results(self) -> None:
        """Take the results out of the database, as who restores an old one does."""
        with self._database() as db, db:
            db.execute("update leads set status = null, work_email = null, credits = null")

    def run(self, code: str) -> str:
        """Run some code beside the files, with warnings as errors; gives what it prints."""
        command = [sys.executable, "-W", "error", "-c", code]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environ, check=True, capture_output=True, text=True
        )
        return done.stdout

    def queue(self, task: str) -> None:
        """Queue a task of the page by its name, as anybody who knows the queue can."""

        async def kick() -> None:
            broker = RedisStreamBroker(self._redis.url, queue_name="leads", consumer_id="0")
            await broker.startup()
            await AsyncKicker(f"worker:{task}", broker, {}).kiq()
            await broker.shutdown()

        asyncio.run(kick())

    @contextmanager
    def worker(self, *more: str) -> Iterator[Worker]:
        """Run workers as the page's command does, with more options; kill them at the end."""
        with TemporaryFile() as output:
            worker = Worker(self.folder, self.environ, output, more)
            try:
                yield worker
            finally:
                worker.kill()

    def _database(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.folder / "leads.db", timeout=30))


class Worker:
    """`taskiq worker` with its processes."""

    def __init__(
        self, folder: Path, environ: dict[str, str], output: IO[bytes], more: Sequence[str]
    ) -> None:
        arguments = re.search(r"^taskiq (worker .*)$", PAGE.read_text(), re.MULTILINE)
        assert arguments
        self._output = output
        self._process = subprocess.Popen(
            [sys.executable, "-m", "taskiq", *arguments[1].split(), *more],
            cwd=folder,
            env=environ,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """Kill it and its processes at once, without a word to them."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def wait_for(self, what: Callable[[], bool], every_s: float = 0.02) -> None:
        """Look again and again until it is so."""
        until = time.monotonic() + PATIENCE_S
        while not what():
            assert self._process.poll() is None, self._said()
            assert time.monotonic() < until, self._said()
            time.sleep(every_s)

    def _said(self) -> str:
        self._output.seek(0)
        return self._output.read().decode(errors="replace")

"""The example service as it is run: uvicorn's workers, a real Redis, a sandbox over a socket."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from leadiq.sandbox import DEFAULT_KEY
from redis_server import RedisServer, free_port

from .upstream import COUNTS

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
TOKENS = {"token-of-acme": "acme", "token-of-zenith": "zenith"}


class Upstream(NamedTuple):
    """The sandbox."""

    url: str

    @property
    def endpoint(self) -> str:
        return f"{self.url}/graphql"

    def charges(self) -> list[dict[str, Any]]:
        """Give the lines of the ledger that are about lookups."""
        found = httpx.get(f"{self.url}/_sandbox/ledger", timeout=PATIENCE_S).json()["charges"]
        return [line for line in found if line["field"] == "searchPeople"]

    def charged(self) -> Decimal:
        return sum((Decimal(line["credits"]) for line in self.charges()), Decimal(0))

    def delay(self, seconds: float) -> None:
        """Have every answer take this long."""
        faults = [{"kind": "latency", "seconds": seconds}] if seconds else []
        httpx.post(f"{self.url}/_sandbox/faults", json=faults).raise_for_status()

    def counts(self) -> dict[str, int]:
        """Give how many requests were answered, and how many of them refused for the limit."""
        found: dict[str, int] = httpx.get(f"{self.url}{COUNTS}").json()
        return found


class Service:
    """The example on uvicorn, with several workers.

    Args:
        folder: jobs, journals and the log.
        upstream: LeadIQ.
        redis: of all workers.
        limit: requests a minute that LeadIQ allows.
        workers: processes.
        credits: of each tenant, a day.
    """

    def __init__(
        self,
        folder: Path,
        upstream: Upstream,
        redis: RedisServer,
        *,
        limit: int,
        workers: int,
        credits: int = 100_000,  # noqa: A002
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "service.log"
        self._words = ("--workers", str(workers), "--port", str(self.port))
        self._environ = {
            "LEADIQ_API_KEY": DEFAULT_KEY,
            "LEADIQ_ENDPOINT": upstream.endpoint,
            "LEADIQ_STATE": str(folder / "state"),
            "SERVICE_REDIS": redis.url,
            "SERVICE_FOLDER": str(folder / "jobs"),
            "SERVICE_TENANTS": json.dumps(TOKENS),
            "SERVICE_WORKERS": str(workers),
            "SERVICE_LIMIT": str(limit),
            "SERVICE_CREDITS": str(credits),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = ["uvicorn", "--app-dir", str(ROOT / "examples"), "fastapi_app.service:app"]
        options = ("--no-access-log", "--log-level", "warning")
        strict = ("-W", "error", "-W", "ignore:unclosed <socket:ResourceWarning")  # uvicorn's own
        command = [sys.executable, *strict, "-m", *words, *self._words, *options]
        with self.log.open("ab") as log:
            self._process = begun(command, self._environ, stdout=log, stderr=log)
        wait_for(f"{self.url}/health", self._process, self.log)

    def stop(self) -> None:
        """End it as a system does, and wait until all workers have ended."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


def begun(
    command: Sequence[str], environ: Mapping[str, str], **options: Any
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env={**os.environ, **environ}, **options)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Wait until something answers; fail if the process has ended."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            httpx.get(url).raise_for_status()
            return
        except httpx.TransportError:
            assert process.poll() is None, log.read_text() if log else "it has ended by itself"
            assert time.monotonic() < until, log.read_text() if log else "it does not answer"
            time.sleep(0.05)


@contextmanager
def upstream(people: int, limit: int) -> Iterator[Upstream]:
    """Run a sandbox; a limit of 0 is none."""
    port = free_port()
    words = ["service.upstream", str(port), str(people), str(limit)]
    process = begun([sys.executable, "-m", *words], {"PYTHONPATH": str(ROOT / "tests")})
    try:
        found = Upstream(f"http://127.0.0.1:{port}")
        wait_for(f"{found.url}{COUNTS}", process)
        yield found
    finally:
        process.kill()
        process.wait()


@contextmanager
def redis(folder: Path) -> Iterator[RedisServer]:
    """Run a Redis."""
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """Run the service."""
    service.start()
    try:
        yield service
    finally:
        service.stop()

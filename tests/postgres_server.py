"""A real PostgreSQL for tests: on a free loopback port, without fsync, in its own folder.

    from postgres_server import postgres_server  # noqa: F401 - the fixture

Tests that use it are skipped, with the reason, where it is not installed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from redis_server import free_port

PATIENCE_S = 30.0
USER = "somebody"
_UNPRIVILEGED = "postgres"
"""The server refuses to run as root; its package makes this user."""


def folder_of_programs() -> Path | None:
    """Where `initdb` and `postgres` are, if they are: the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    if found:
        return found[-1]
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


class PostgresServer:
    """A server that can be killed and started again on the same port, with what it holds."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.port = free_port()
        self._programs = programs
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "--no-sync", "-A", "trust", "-U", USER, "-D", str(folder / "data"))

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["fsync=off", "listen_addresses=127.0.0.1", f"port={self.port}"]
        options += [f"unix_socket_directories={self._folder}", "shared_buffers=16MB"]
        chosen = [word for option in options for word in ("-c", option)]
        self._process = subprocess.Popen(
            [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *chosen],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._somebody(),
        )
        until = time.monotonic() + PATIENCE_S
        while not self._answers():
            assert self._process.poll() is None, "postgres has ended by itself"
            assert time.monotonic() < until, "postgres does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """Take it away at once; it keeps what was committed."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        there = ["-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run([self._programs / "pg_isready", *there], check=False).returncode == 0

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self._somebody())

    def _somebody(self) -> dict[str, str]:
        return {"user": _UNPRIVILEGED, "cwd": str(self._folder)} if os.geteuid() == 0 else {}


@pytest.fixture(scope="session")
def postgres_session() -> Iterator[PostgresServer]:
    """One server for all tests of a module in a process: making one takes two seconds."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: the extra [postgres]")
    programs = folder_of_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="leadiq-postgres-"))  # pytest's are closed to others
    if os.geteuid() == 0:
        shutil.chown(folder, _UNPRIVILEGED)
    server = PostgresServer(folder, programs)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_server(postgres_session: PostgresServer) -> PostgresServer:
    """A server; ledgers of other tests may be in it."""
    return postgres_session

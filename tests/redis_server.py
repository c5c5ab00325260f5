"""A real `redis-server` for tests: on a free loopback port, without persistence, in its own folder.

    from redis_server import redis_server  # noqa: F401 - the fixture

Tests that use it are skipped, with the reason, where it is not installed.
"""

from __future__ import annotations

import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

PATIENCE_S = 10.0


def installed() -> str | None:
    """Where `redis-server` is, if it is."""
    return shutil.which("redis-server")


class RedisServer:
    """A server that can be killed and started again, empty, on the same port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
        place = ["--port", str(self.port), "--dir", str(self._folder)]
        self._process = subprocess.Popen(
            ["redis-server", *options, *place], stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + PATIENCE_S
        while not answers(self.port):
            assert self._process.poll() is None, "redis-server has ended by itself"
            assert time.monotonic() < until, "redis-server does not answer"
            time.sleep(0.01)

    def signal(self, number: int) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """Take it away at once, with all that it remembers."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def free_port() -> int:
    """A port that nobody uses, and that the system gives to nobody who asks for just any."""
    while True:
        port = secrets.choice(range(16_000, 32_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A fresh, empty server."""
    pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")
    if installed() is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    server = RedisServer(tmp_path)
    server.start()
    try:
        yield server
    finally:
        server.kill()

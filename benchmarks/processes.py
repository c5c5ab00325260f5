"""Processes of their own, each kept to a core, which are told and tell JSON by the line."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

SERVER, CLIENT = 0, 1
"""The cores: servers on the one, whoever is measured on the other."""

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class Child:
    """A Python module that runs in a process of its own.

    Args:
        module: run with `-m`.
        words: its arguments.
        core: which of the machine's cores it keeps to, where the system can be told so.
        environment: what its environment has beyond this process's.

    Leaving it as a context closes it: its standard input ends, and it is waited for.
    """

    def __init__(
        self, module: str, *words: str, core: int, environment: Mapping[str, str] | None = None
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            text=True,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._in, self._out = self._process.stdin, self._process.stdout
        keep_to(core, self._process.pid)

    def tell(self, told: object) -> None:
        self._in.write(json.dumps(told) + "\n")
        self._in.flush()

    def hear(self, within_s: float = 600.0) -> Any:
        """Give the next line that it tells.

        Raises:
            TimeoutError: it told nothing; it is ended.
            EOFError: it has ended.
        """
        ready, _, _ = select.select([self._out], [], [], within_s)
        if not ready:
            self.kill()
            raise TimeoutError
        line = self._out.readline()
        if not line:
            raise EOFError
        return json.loads(line)

    def kill(self) -> None:
        self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it and wait for that."""
        with suppress(BrokenPipeError):
            self._in.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        self._out.close()


def keep_to(core: int, process: int = 0) -> None:
    """Keep a process, or this one, to one of the machine's cores, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {_CORES[core % len(_CORES)]})


_CORES: Final = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


def told(value: object) -> None:
    """Tell the process that started this one."""
    print(json.dumps(value), flush=True)


def heard() -> Iterator[Any]:
    """Give what the process that started this one tells, until it tells no more."""
    return map(json.loads, sys.stdin)


def memory_mb() -> float:
    """Tell what this process holds of the machine's memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * _PAGE / 2**20


@contextmanager
def answering() -> Iterator[str]:
    """A server that gives the same bytes always; gives the URL that paths are added to."""
    with Child("benchmarks.canned", core=SERVER) as server:
        yield f"http://127.0.0.1:{server.hear()}"


@contextmanager
def redis() -> Iterator[str]:
    """A Redis of its own, without a disk; gives its URL.

    Raises:
        FileNotFoundError: there is no `redis-server` on this machine.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "redis.sock"
        options = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command = ["redis-server", *options, "--dir", folder, "--unixsocket", str(path)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            keep_to(SERVER, server.pid)
            while not path.exists():
                time.sleep(0.01)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()

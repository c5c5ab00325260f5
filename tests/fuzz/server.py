"""The sandbox in a process of its own, as it serves anybody, but with its log written out.

python -m fuzz.server     prints its URL and serves until standard input ends
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from leadiq.sandbox import DEFAULT_KEY, Sandbox, SandboxSettings

PEOPLE = 2_000
#: What a server may say of bytes that are no HTTP; it repeats none of them.
HARMLESS = "Invalid HTTP request received."


class Server(NamedTuple):
    """A sandbox that serves, and the file that everything it says goes to."""

    url: str
    log: Path

    @property
    def headers(self) -> dict[str, str]:
        """What a request needs beside its body."""
        return {"Authorization": f"Basic {DEFAULT_KEY}", "Content-Type": "application/json"}

    def said(self) -> list[str]:
        """The lines of its log that should not be there."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if not line.endswith(HARMLESS)]


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """Serve while the block runs.

    Raises:
        RuntimeError: it did not come up; its log says why.
    """
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )
        with process:
            assert process.stdin
            assert process.stdout
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError(log.read_text())
            try:
                yield Server(url, log)
            finally:
                process.stdin.close()


def main() -> None:
    """Serve until standard input ends."""
    settings = SandboxSettings(
        people=PEOPLE, requests_per_minute=None, credits=Decimal(10**9), tracking_s=0.0
    )
    with Sandbox(settings) as sandbox:
        # After the start, which makes the server silent: here everything is to be seen.
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "asyncio"):
            logging.getLogger(name).setLevel(logging.INFO)
        print(sandbox.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()

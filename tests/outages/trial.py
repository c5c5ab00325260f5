"""One job that something happens to, and what has to hold when it has come to its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from kills.proof import Server

STOPPED = {1, 3, 130}
"""Exit codes of a job that can be gone on with."""
MANY = 6
"""More runs than any trouble should take."""


class Trial:
    """A directory in which one job is run until it has ended.

    Args:
        base: where to make the directory.
        server: it is reset.
        source: the rows.
        words: what is added to every run.
        endpoint: where requests are sent, if not straight to the server.
    """

    def __init__(
        self,
        base: Path,
        server: Server,
        source: Path,
        words: Sequence[str],
        endpoint: str | None = None,
    ) -> None:
        base.mkdir()
        self.target = base / "out.csv"
        self.codes: list[int] = []
        self.said = ""
        self.asked = self.reused = 0
        self._summary: dict[str, object] = {}
        self._words = ["enrich", str(source), str(self.target), "--json", *words]
        self._server = server
        self._environment = {
            **os.environ,
            "LEADIQ_STATE": str(base / "state"),
            "LEADIQ_ENDPOINT": endpoint or server.url,
        }
        server.reset()

    def run(
        self,
        *more: str,
        pages: int | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> int:
        """Run the command once, and do something meanwhile; give its exit code."""
        module = ["leadiq"] if pages is None else ["outages.child", str(pages)]
        process = subprocess.Popen(
            [sys.executable, "-m", *module, *self._words, *more],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            if meanwhile:
                meanwhile()
            out, self.said = process.communicate()
        self._summary = json.loads(out) if out else {}
        self.asked += int(str(self._summary.get("requests", 0)))
        self.codes.append(process.returncode)
        return process.returncode

    def finish(self) -> list[str]:
        """Go on until the job has ended; say what does not hold then."""
        for _ in range(MANY):
            if not self.codes[-1]:
                break
            if self.codes[-1] not in STOPPED or "Traceback" in self.said:
                return [f"exit code {self.codes[-1]}: {self.said[-300:]}"]
            self.run("--resume", "--repeat-unknown")
        if self.codes[-1]:
            return [f"no end after the exit codes {self.codes}: {self.said[-300:]}"]
        charges = self._server.charges()
        charged = sum((Decimal(line["credits"]) for line in charges), Decimal(0))
        told = Decimal(str(self._summary["credits_of_job"]))
        return [] if charged == told else [f"charged {charged}, receipts say {told}"]

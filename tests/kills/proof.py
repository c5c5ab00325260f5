"""What has to hold after a kill: the same bytes, nothing paid twice, books that agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from leadiq._jobs.journal import State
from leadiq._jobs.readings import Glance, glance
from leadiq._jobs.store import Store
from leadiq.sandbox._world import World

from .run import Point, enrich

PEOPLE = 300
ROWS = 40
WORDS = (
    *("--unlock", "work-email", "--budget", "100"),
    *("--requests-per-minute", "600000", "--concurrency", "3"),
)


class Server(NamedTuple):
    """A sandbox in a process of its own."""

    url: str

    def reset(self) -> None:
        """Forget everything that was charged and unlocked."""
        httpx.post(self.url.replace("/graphql", "/_sandbox/reset"), timeout=60).raise_for_status()

    def charges(self) -> list[dict[str, Any]]:
        """Give the lines of the ledger that are about lookups."""
        answer = httpx.get(self.url.replace("/graphql", "/_sandbox/ledger"), timeout=60)
        return [line for line in answer.json()["charges"] if line["field"] == "searchPeople"]


@contextmanager
def server() -> Iterator[Server]:
    """Run a sandbox, and point this process's environment at it."""
    words = ["sandbox", "--port", "0", "--people", str(PEOPLE), "--requests-per-minute", "0"]
    process = subprocess.Popen(
        [sys.executable, "-m", "leadiq", *words], stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stdout
            process.stdout.readline()
            exports = (process.stdout.readline().split()[-1] for _ in range(2))
            os.environ.update(line.split("=", 1) for line in exports)
            yield Server(os.environ["LEADIQ_ENDPOINT"])
        finally:
            process.terminate()


def write_rows(path: Path) -> None:
    """People of the sandbox, some of them twice, some unknown, some invalid."""
    world = World(people=PEOPLE, seed=1)
    emails = [world.person(number).current[0].email for number in range(PEOPLE)]
    known = [email.value for email in emails if email and email.value][: ROWS - 10]
    rows = [*known, *known[:5], "nobody", "x@example.com", "", "y@example.com", known[0].upper()]
    path.write_text("email\n" + "".join(f"{row!s}\n" if row else '""\n' for row in rows))


class Trial:
    """A directory in which one job is begun, killed, and gone on with."""

    def __init__(self, directory: Path, server: Server, source: Path, batch: int) -> None:
        self.directory = directory
        self.batch = batch
        self.repeatable = 0
        """Lookups that were on their way when the process was killed: they may be sent again."""
        self.server = server
        self.source = source
        self.target = directory / "out.csv"
        self.log = directory / "log"
        os.environ["LEADIQ_STATE"] = str(directory / "state")
        server.reset()

    def run(self, *more: str, point: Point | None = None) -> int:
        """Run the command once."""
        words = [str(self.source), str(self.target), *WORDS, "--batch", str(self.batch), "--json"]
        code = enrich([*words, *more], self.log, point)
        if left := self.left():
            self.repeatable += left.totals.states.get(State.SENT, 0)
        return code

    def left(self) -> Glance | None:
        """Look at what a run has left behind."""
        paths = Store.default().paths()
        return glance(paths[0]) if paths else None

    def go_on(self, point: Point) -> int:
        """Go on with the job, if there is one to go on with, and be killed again."""
        left = self.left()
        return self.run("--resume", point=point) if left and not left.ended else 0

    def finish(self) -> list[str]:
        """Go on with the job; say what does not hold then."""
        left = self.left()
        if left and left.ended:  # killed when everything was done
            return self._wrong(left.totals.charged, sum(left.totals.states.values()))
        repeatable = self.repeatable
        code = self.run("--resume") if left else self.run()
        if code != 0:
            return [f"exit code {code}: {self.log.read_text()[-300:]}"]
        numbers = json.loads(self.log.read_text().splitlines()[-1])
        asked = numbers["requests"] + numbers["from_journal"]
        return self._wrong(Decimal(numbers["credits_of_job"]), asked + repeatable)

    def _wrong(self, receipts: Decimal, most_asked: int) -> list[str]:
        charges = self.server.charges()
        charged = sum((Decimal(line["credits"]) for line in charges), Decimal(0))
        asked = sum(line["data_point"] == "Profile" for line in charges)  # one for each lookup
        return [
            *([f"charged {charged}, receipts say {receipts}"] if charged != receipts else []),
            *([f"{asked} lookups, at most {most_asked}"] if asked > most_asked else []),
        ]

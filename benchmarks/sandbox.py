"""The sandbox: one-person look-ups over a socket, beside bare graphql-core in the same run.

`python -m benchmarks.sandbox [--rounds N]`, from the root of the repository. Costs are processor
time: of the server's process for whole requests (HTTP, key, limit, execution, bill, JSON), and of
this process for graphql-core executing the same parsed document on the same resolvers, and nothing
else. The requests are spread over 2,000 people, so that the world's cache serves some of them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import IO

from graphql import execute_sync, parse

from leadiq.sandbox import SandboxSettings, load_schema_text
from leadiq.sandbox._accounts import Accounts
from leadiq.sandbox._resolvers import Request, Service
from leadiq.sandbox._schema import executable

from .harness import HEAD, Comparison, Measure, compare

REQUESTS = 2000
CONNECTIONS = 8
GOAL_PER_S = 2500
DOCUMENT = """
query Lookup($id: String!) {
  searchPeople(input: {id: $id}) {
    totalResults
    results { id name { fullName } currentPositions { title emails { value status } } }
  }
}
"""
SETTINGS = SandboxSettings(requests_per_minute=None, credits=10**6 * SandboxSettings().credits)
# It serves until its input ends, and tells its processor time at each line.
SERVER = """
import sys, time
from benchmarks.sandbox import SETTINGS
from leadiq.sandbox import Sandbox
with Sandbox(SETTINGS) as sandbox:
    print(sandbox.url.split(":")[2].split("/")[0], flush=True)
    for _ in sys.stdin:
        print(time.process_time(), flush=True)
"""


@dataclass
class Served:
    """A sandbox in a process of its own."""

    port: int
    stdin: IO[str]
    stdout: IO[str]

    def cpu_s(self) -> float:
        self.stdin.write("\n")
        self.stdin.flush()
        return float(self.stdout.readline())


@contextmanager
def serving() -> Iterator[Served]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdin
        assert child.stdout
        yield Served(int(child.stdout.readline()), child.stdin, child.stdout)
        child.stdin.close()


def over_a_socket(served: Served, ids: list[str]) -> Measure:
    people = cycle(ids)

    def run() -> float:
        requests = iter([_request(one) for one in islice(people, REQUESTS)])
        began = served.cpu_s()
        asyncio.run(_send(served.port, requests))
        return (served.cpu_s() - began) / REQUESTS * 1000

    return run


def _request(person: str) -> bytes:
    body = json.dumps({"query": DOCUMENT, "variables": {"id": person}}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Basic {SETTINGS.key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _send(port: int, requests: Iterator[bytes]) -> None:
    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in requests:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            assert b'"totalResults":1' in await reader.readexactly(length)
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))


def bare(service: Service, ids: list[str]) -> Measure:
    schema, document = executable(load_schema_text()), parse(DOCUMENT)
    (ledger,) = Accounts(SETTINGS).ledgers
    people = cycle(ids)

    def run() -> float:
        began = time.process_time()
        for one in islice(people, REQUESTS):
            found = execute_sync(
                schema,
                document,
                context_value=Request(service, ledger),
                variable_values={"id": one},
            )
            assert not found.errors
        return (time.process_time() - began) / REQUESTS * 1000

    return run


def comparison(rounds: int) -> Comparison:
    service = Service(SETTINGS)
    ids = [service.world.person(index).id for index in range(REQUESTS)]
    with serving() as served:
        return compare(
            "sandbox, look-up of one person",
            "ms CPU",
            ("whole requests over a socket", over_a_socket(served, ids)),
            ("bare graphql-core", bare(service, ids)),
            rounds=rounds,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    found = comparison(parser.parse_args().rounds)
    rate = 1000 / found.costs[found.contender]
    print(f"{HEAD}\n{found.row()}")
    print(f"\n{rate:,.0f} requests/s on one core; the goal is {GOAL_PER_S:,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

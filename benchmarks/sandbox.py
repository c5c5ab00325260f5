"""The sandbox: one-person look-ups over a socket, beside bare graphql-core in the same run.

Costs are processor time: of the server's process for whole requests (HTTP, key, limit, execution,
bill, JSON), and of this process for graphql-core executing the same parsed document on the same
resolvers, and nothing else. The requests are spread over 2,000 people, so that the world's cache
serves some of them.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from graphql import execute_sync, parse

from leadiq.sandbox import Sandbox, SandboxSettings, load_schema_text
from leadiq.sandbox._accounts import Accounts
from leadiq.sandbox._resolvers import Request, Service
from leadiq.sandbox._schema import executable

from .figures import Result
from .goals import figure
from .harness import Effort, Measure, in_rounds
from .processes import SERVER, Child, heard, told

REQUESTS: Final = 2000
CONNECTIONS: Final = 8
DOCUMENT: Final = """
query Lookup($id: String!) {
  searchPeople(input: {id: $id}) {
    totalResults
    results { id name { fullName } currentPositions { title emails { value status } } }
  }
}
"""
SETTINGS: Final = SandboxSettings(
    requests_per_minute=None, credits=10**6 * SandboxSettings().credits
)


@dataclass(frozen=True)
class Served:
    """A sandbox in a process of its own."""

    port: int
    child: Child

    def cpu_s(self) -> float:
        """Tell its processor time so far."""
        self.child.tell("cpu")
        return self.child.hear()


@contextmanager
def serving() -> Iterator[Served]:
    with Child("benchmarks.sandbox", core=SERVER) as child:
        yield Served(child.hear(), child)


def _serve() -> None:
    """Serve until standard input ends, and tell the processor time at each line."""
    with Sandbox(SETTINGS) as sandbox:
        told(int(sandbox.url.split(":")[2].split("/")[0]))
        for _ in heard():
            told(time.process_time())


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


def measure(effort: Effort) -> Iterator[Result]:
    """Measure both in turns."""
    service = Service(SETTINGS)
    ids = [service.world.person(index).id for index in range(REQUESTS)]
    with serving() as served:
        sides = {"whole": over_a_socket(served, ids), "bare": bare(service, ids)}
        costs = in_rounds(sides, effort.rounds)
    per_s = [1000 / cost_ms for cost_ms in costs.of.get("whole", ())]
    yield figure("sandbox", per_s, failed=costs.failed.get("whole", ""))
    yield costs.ratio("sandbox graphql", "whole", "bare")


if __name__ == "__main__":
    _serve()

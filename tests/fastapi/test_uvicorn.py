"""A real server, and connections that are really closed."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import uvicorn

from leadiq.fastapi import EventStream, LeadIQDep, health
from leadiq.sandbox import Latency
from leadiq.testing import LocalSandbox
from redis_server import free_port
from visits import application

PATIENCE_S = 20.0


@pytest.fixture
def url(sandbox: LocalSandbox) -> Iterator[str]:
    """An application on uvicorn, in a thread."""
    app = application(sandbox.client)
    app.add_api_route("/health", health)

    @app.get("/people")
    async def people(leadiq: LeadIQDep) -> int:
        return (await leadiq.search_people(email="ada@example.com")).total_results

    @app.get("/stream", response_model=None)
    async def stream(leadiq: LeadIQDep) -> EventStream:
        rows = ({"email": f"{number}@example.com"} for number in range(100))
        return EventStream(leadiq.enrich(rows, batch=1))

    port = free_port()
    config = uvicorn.Config(app, port=port, log_config=None, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait(lambda: server.started)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def wait(holds: Any) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("path", ["/people", "/stream"])
def test_a_closed_connection_frees_what_was_held_for_it(
    url: str, path: str, sandbox: LocalSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """uvicorn tells of it, the request to LeadIQ ends, and nothing is logged as an error."""

    def in_flight() -> int:
        return json.loads(httpx.get(f"{url}/health").text)["in_flight"]  # type: ignore[no-any-return]

    sandbox.set_faults(Latency(seconds=60, operation="SearchPeople"))
    with socket.create_connection(("127.0.0.1", int(url.rsplit(":")[-1]))) as visitor:
        visitor.sendall(f"GET {path} HTTP/1.1\r\nHost: service\r\n\r\n".encode())
        wait(lambda: in_flight() > 0)
    wait(lambda: in_flight() == 0)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_stream_that_is_read_to_its_end(url: str) -> None:
    """A hundred events, each once and in order."""
    with httpx.stream("GET", f"{url}/stream", timeout=PATIENCE_S) as response:
        lines = [
            json.loads(line[6:])["line"] for line in response.iter_lines() if line[:6] == "data: "
        ]
    assert lines == list(range(1, 101))

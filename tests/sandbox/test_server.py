"""Rules of serving: a free port, a clean end, any number beside each other, loopback only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import uvicorn

from leadiq.sandbox import Sandbox, SandboxSettings, run
from leadiq.sandbox import _server as server
from redis_server import free_port

QUERY = {"query": "{ account { plans { name } } }"}
SMALL = SandboxSettings(people=100, requests_per_minute=None)


def post(sandbox: Sandbox, body: Any = QUERY) -> httpx.Response:
    headers = {"Authorization": f"Basic {sandbox.key}"}
    return httpx.post(sandbox.url, json=body, headers=headers, timeout=60)


def test_it_serves_over_a_socket_and_stops() -> None:
    """Inside the block requests are answered, after it the port is closed and the thread gone."""
    before = set(threading.enumerate())
    with Sandbox(SMALL) as sandbox:
        assert sandbox.url.startswith("http://127.0.0.1:")
        assert post(sandbox).json()["data"]
        assert [t.name for t in set(threading.enumerate()) - before] == ["leadiq-sandbox"]
    assert set(threading.enumerate()) <= before
    with pytest.raises(httpx.ConnectError):
        post(sandbox)
    sandbox.close()
    assert sandbox.ledger() == []


def test_it_says_where_a_browser_goes() -> None:
    """The page's address is beside the endpoint's, and answers with the explorer."""
    with Sandbox(SMALL) as sandbox:
        found = httpx.get(sandbox.page, timeout=60)
        assert "<title>leadiq sandbox: explorer</title>" in found.text


def test_two_sandboxes_share_nothing() -> None:
    """Each has its port, world and account."""
    with Sandbox(SMALL) as one, Sandbox(SandboxSettings(people=300)) as two:
        assert one.url != two.url
        query = {"query": "{ flatAdvancedSearch(input: {}) { totalPeople } }"}
        totals = [
            post(s, query).json()["data"]["flatAdvancedSearch"]["totalPeople"] for s in (one, two)
        ]
        assert totals == [100, 300]
        assert len(one.ledger()) == len(two.ledger()) == 1


def test_a_running_sandbox_is_reset() -> None:
    """Afterwards the ledger is empty and the limit is unused."""
    with Sandbox(SandboxSettings(people=100, requests_per_minute=1)) as sandbox:
        query = {"query": "{ flatAdvancedSearch(input: {}) { totalPeople } }"}
        for _ in range(2):
            assert post(sandbox, query).json()["data"]
            assert len(sandbox.ledger()) == 1
            sandbox.reset()
        assert sandbox.ledger() == []


def test_many_clients_at_once() -> None:
    """Requests in parallel are all answered, and the limit counts each exactly once."""
    with Sandbox(SandboxSettings(people=100, requests_per_minute=20)) as sandbox:
        with ThreadPoolExecutor(8) as pool:
            bodies = list(pool.map(lambda _: post(sandbox).json(), range(30)))
        passed = [body for body in bodies if body["data"]]
        assert len(passed) == 20


def test_an_answer_does_not_wait_for_nagle() -> None:
    """Small replies on a kept connection take a few milliseconds, not the 40 of a delayed ack."""
    with Sandbox(SMALL) as sandbox, httpx.Client(timeout=60) as client:
        headers = {"Authorization": f"Basic {sandbox.key}"}

        def took_s() -> float:
            began = time.perf_counter()
            client.post(sandbox.url, json=QUERY, headers=headers)
            return time.perf_counter() - began

        took_s()  # on a connection that is new
        assert any(took_s() < 0.03 for _ in range(200))


def test_the_standard_library_is_client_enough() -> None:
    """Nothing of ours is needed to talk to it."""
    with Sandbox(SMALL) as sandbox:
        request = urllib.request.Request(  # noqa: S310 - our own URL
            sandbox.url + "/",
            data=b'{"query": "{ __typename }"}',
            headers={"Content-Type": "application/json", "Authorization": f"Basic {sandbox.key}"},
        )
        with urllib.request.urlopen(request) as reply:  # noqa: S310
            assert reply.read() == b'{"data":{"__typename":"Query"}}'


def test_a_port_in_use_is_an_error() -> None:
    """Starting on a taken port raises at once and leaves nothing open."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            Sandbox(SMALL, port=port).start()
        with pytest.raises(OSError, match="in use"):
            run(SMALL, port=port)


def test_it_is_started_once() -> None:
    """A sandbox is not started twice, nor again after its end."""
    with Sandbox(SMALL) as sandbox, pytest.raises(RuntimeError, match="started before"):
        sandbox.start()
    with pytest.raises(RuntimeError, match="started before"):
        sandbox.start()
    Sandbox(SMALL).close()


def test_a_server_that_does_not_come_up_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the server ends before it serves, start says so instead of waiting."""
    monkeypatch.setattr(server._Server, "run", lambda *_args, **_options: None)
    with pytest.raises(RuntimeError, match="did not start"):
        Sandbox(SMALL).start()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 on this machine")
def test_ipv6_has_brackets_in_its_url() -> None:
    """A host with colons is bracketed, as URLs want it."""
    with Sandbox(SMALL, host="::1") as sandbox:
        assert sandbox.url.startswith("http://[::1]:")
        assert post(sandbox).json()["data"]


def test_run_serves_in_the_foreground_until_interrupted() -> None:
    """run() prints nothing and ends on an interrupt."""
    port = free_port()
    code = (
        "from leadiq.sandbox import SandboxSettings, run\n"
        f"run(SandboxSettings(people=100), '127.0.0.1', {port})"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        answer = wait_for(f"http://127.0.0.1:{port}/graphql", child)
        assert answer == {"data": {"__typename": "Query"}}
        child.send_signal(signal.SIGINT)
        shown = child.communicate(timeout=60)
    finally:
        child.kill()
        child.wait()
    assert shown[0] == b""
    assert b"example.com" not in shown[1]


def test_run_closes_its_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the server has ended, its port is free again."""
    ports: list[int] = []

    def serve(_server: object, sockets: list[socket.socket]) -> None:
        ports.append(sockets[0].getsockname()[1])

    monkeypatch.setattr(uvicorn.Server, "run", serve)
    run(SMALL, port=0)
    with socket.socket() as again:
        again.bind(("127.0.0.1", ports[0]))


def wait_for(url: str, child: subprocess.Popen[bytes]) -> Any:
    """Ask until the child answers; a child that has ended is a failure."""
    while child.poll() is None:
        try:
            return httpx.post(url, json={"query": "{ __typename }"}, timeout=60).json()
        except httpx.TransportError:
            continue
    raise AssertionError(child.communicate())


STARTED = """
import time
from leadiq.sandbox import Sandbox, SandboxSettings
loaded = time.process_time()
with Sandbox(SandboxSettings(people={people})) as sandbox:
    took = time.process_time() - loaded
    with open("/proc/self/status") as status:
        (most,) = [line.split()[1] for line in status if line.startswith("VmHWM")]
    print(took, int(most) / 1024)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="no /proc: memory is unknown")
def test_a_large_world_starts_as_a_small_one() -> None:
    """Ten million people take no time, and less than 150 MB."""
    small, large = (
        [float(word) for word in _said(STARTED.format(people=people))] for people in (10, 10**7)
    )
    assert large[0] < small[0] + 0.3
    assert large[1] < 150


ANSWERS = """
import httpx
from leadiq.sandbox import Sandbox, SandboxSettings
DOCUMENT = '''{
  flatAdvancedSearch(input: {limit: 5, contactFilter: {titles: ["Engineer"]}}) {
    totalPeople people { id name title company { name employeeCount } }
  }
  groupedAdvancedSearch(input: {limit: 3}) { companies { company { name } people { id } } }
  account { universalPlan { available costs { sku costs { dataPoint cost } } } }
  __schema { types { name fields { name } } }
}'''
with Sandbox(SandboxSettings(people=2000)) as sandbox:
    headers = {"Authorization": "Basic " + sandbox.key}
    answer = httpx.post(sandbox.url, json={"query": DOCUMENT}, headers=headers, timeout=60)
    print(ascii(answer.text))
    print(sandbox.ledger())
"""


def test_each_process_answers_the_same() -> None:
    """Byte for byte, whatever seeds its hashes; the bill too."""
    first, second = (_said(ANSWERS, hashes=seed) for seed in ("1", "2"))
    assert first == second
    assert "totalPeople" in " ".join(first)


def _said(code: str, hashes: str = "0") -> list[str]:
    environment = {**os.environ, "PYTHONHASHSEED": hashes}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout.split()

"""Rules of silence: a server that is attacked says nothing of whom it was asked about."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fuzz import mangled
from fuzz.server import Server, served

MARK = "canary.ada"
EMAIL = f"{MARK}@example.com"
LOOKUP = "query($i: SearchPeopleInput!) { searchPeople(input: $i) { results { id } } }"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A sandbox in a process of its own, which writes out all that it would log."""
    tests = str(Path(__file__).parents[1])
    path = os.pathsep.join([tests, *filter(None, [os.environ.get("PYTHONPATH")])])
    monkeypatch.setenv("PYTHONPATH", path)
    with served(tmp_path) as running:
        yield running


def test_nothing_is_logged_of_anybody(server: Server) -> None:
    """Not of good requests, bad ones, broken documents, other paths, odd headers or bare bytes."""
    with httpx.Client(headers=server.headers) as http:
        bodies = [
            {"query": LOOKUP, "variables": {"i": {"email": EMAIL}}},
            {"query": LOOKUP, "variables": {"i": {"emial": EMAIL}}},
            {"query": LOOKUP, "variables": {"i": EMAIL}},
            {"query": f'{{ searchPeople(input: {{email: "{EMAIL}"}}) {{ nope }} }}'},
            {"query": f'{{ searchPeople(input: {{email: "{EMAIL}'},
            {"query": f'mutation {{ createList(input: {{name: "{EMAIL}"}}) {{ id }} }}'},
            {"query": "{ __typename }", "operationName": EMAIL},
            [EMAIL],
        ]
        for body in bodies:
            assert http.post(server.url, json=body).status_code == 200
        http.get(f"{server.url}?query={EMAIL}")
        http.post(f"{server.url}/{EMAIL}", json=bodies[0])
        http.post(server.url, content=EMAIL.encode(), headers={"Content-Type": EMAIL})
        http.post(server.url, json=bodies[0], headers={"X-Request-Id": EMAIL})
        http.post(server.url, json=bodies[0], headers={"Authorization": f"Basic {EMAIL}"})
    url = httpx.URL(server.url)
    for content in (*mangled.BYTES, f"POST /{EMAIL} {EMAIL}\r\n\r\n".encode()):
        with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
            connection.sendall(content)
    assert (
        httpx.post(server.url, json=bodies[0], headers=server.headers, timeout=60).status_code
        == 200
    )
    assert server.said() == []
    assert MARK not in server.log.read_text()


def test_a_server_that_does_not_come_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it said."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="fuzz"), served(tmp_path):
        pass


def test_fuzzing_for_a_moment_finds_nothing() -> None:
    """The whole of `make fuzz`, where its libraries are."""
    pytest.importorskip("hypothesis_graphql", reason="`make fuzz` has hypothesis-graphql")
    pytest.importorskip("schemathesis", reason="`make fuzz` has schemathesis")
    tests = str(Path(__file__).parents[1])
    ran = subprocess.run(
        [sys.executable, "-m", "fuzz"],
        env=os.environ | {"PYTHONPATH": tests, "FUZZ_SECONDS": "6", "FUZZ_SEED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr

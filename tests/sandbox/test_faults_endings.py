"""Rules of answers that a fault replaces or cuts, and of what has been charged by then."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import anyio
import httpx
import pytest

from leadiq.sandbox import (
    Fault,
    Gateway,
    Latency,
    Refused,
    Reset,
    Sandbox,
    SandboxSettings,
    Truncated,
)
from leadiq.sandbox._world import World

Make = Callable[..., Any]
FIND = "query Find($id: String!) { searchPeople(input: {id: $id}) { results { id } } }"


@pytest.fixture
def served() -> Iterator[Sandbox]:
    with Sandbox(SandboxSettings(people=100, requests_per_minute=None)) as sandbox:
        yield sandbox


def find(sandbox: Sandbox, fault: str = "") -> httpx.Response:
    person = sandbox.app._service.world.person(5).id
    return httpx.post(
        sandbox.url,
        json={"query": FIND, "variables": {"id": person}},
        headers={"Authorization": f"Basic {sandbox.key}", "X-Sandbox-Fault": fault},
        timeout=60,
    )


@pytest.mark.parametrize("charged", [True, False])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Reset(), httpx.ReadError),
        (Reset(at="body"), httpx.ReadError),
        (Truncated(), httpx.RemoteProtocolError),
        (Truncated(keep=0), httpx.RemoteProtocolError),
    ],
    ids=["start", "inside", "half", "nothing"],
)
def test_a_lost_answer_was_charged_or_not(
    served: Sandbox, fault: Fault, error: type[Exception], charged: bool
) -> None:
    """The connection breaks as it was told to, the ledger says what it cost, the next one works."""
    served.set_faults(fault.model_copy(update={"charged": charged, "requests": (1,)}))
    with pytest.raises(error):
        find(served)
    assert [str(charge.credits) for charge in served.ledger()] == (["0.1"] if charged else [])
    assert find(served).json()["data"]["searchPeople"]["results"]
    assert len(served.ledger()) == 1 + charged


def test_part_of_a_truncated_body_arrives(served: Sandbox) -> None:
    """The length that was promised is the whole one, what arrives is the share to keep."""
    served.set_faults(Truncated(keep=0.5))
    host, port = served.url.removeprefix("http://").removesuffix("/graphql").split(":")
    with closing(socket.create_connection((host, int(port)))) as wire:
        wire.sendall(
            b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Authorization: Basic " + served.key.encode() + b"\r\nContent-Length: 27\r\n\r\n"
            b'{"query": "{ __typename }"}'
        )
        head, _, body = wire.makefile("rb").read().partition(b"\r\n\r\n")
    promised = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert promised // 2 == len(body) > 0


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        (Gateway(), 502, b"<html>"),
        (Gateway(status=200), 200, b"<html>"),
        (Gateway(status=504, body="empty"), 504, b""),
        (Refused(), 200, b'{"errors"'),
        (Refused(status=418, form="http"), 418, b'{"errors"'),
        (Refused(status=500, form="http", retry_after_s=3), 500, b'{"errors"'),
    ],
)
def test_a_refusal_takes_the_place_of_the_answer(
    make: Make, world: World, fault: Fault, status: int, body: bytes
) -> None:
    """Nothing is executed or charged, unless the fault says that it was."""
    for charged in (False, True):
        sandbox = make(faults=(fault.model_copy(update={"charged": charged}),))
        asked = {"query": FIND, "variables": {"id": world.person(5).id}}
        reply = sandbox.reply(asked)
        assert reply.status_code == status
        assert reply.content.startswith(body)
        assert reply.headers.get("retry-after") == ("3" if status == 500 else None)
        assert len(sandbox.app.ledger()) == charged


def test_a_refusal_has_its_status_where_the_settings_have_it(make: Make) -> None:
    """Without a form of its own it follows error_form, and the body says it in any case."""
    for form, status in (("body", 200), ("http", 503)):
        reply = make(error_form=form, faults=(Refused(status=503),)).reply({"query": FIND})
        assert reply.status_code == status
        assert reply.json()["errors"][0]["extensions"]["response"]["status"] == 503


def test_in_process_a_reset_is_an_exception(make: Make) -> None:
    """Where there is no connection to break, ConnectionResetError comes out of the application."""
    for fault in (Reset(), Reset(at="body"), Truncated()):
        with pytest.raises(ConnectionResetError):
            make(faults=(fault,)).reply({"query": "{ __typename }"})


@pytest.mark.anyio
@pytest.mark.parametrize("charged", [True, False])
async def test_a_slow_answer(make: Make, world: World, charged: bool) -> None:
    """A latency delays the answer and changes nothing else; charged or not, on both loops."""
    sandbox = make(faults=(Latency(seconds=0.01, charged=charged),))
    reply = await sandbox.post({"query": FIND, "variables": {"id": world.person(5).id}})
    assert reply.json()["data"]["searchPeople"]["results"]
    assert len(sandbox.app.ledger()) == charged


@pytest.mark.parametrize("charged", [True, False])
def test_who_gives_up_pays_if_the_work_was_done(make: Make, world: World, charged: bool) -> None:
    """A client that has gone when the delay ends is charged only if the charge came before it."""
    sandbox = make(faults=(Latency(seconds=0.001, charged=charged),))
    body = (f'{{"query": "{{ searchPeople(input: {{id: \\"{world.person(5).id}\\"}})'
            ' { results { id } } }"}').encode()  # fmt: skip
    events = [{"type": "http.request", "body": body}, {"type": "http.disconnect"}]
    sent: list[Any] = []

    async def receive() -> Any:
        return events.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    key = sandbox.app.settings.key.encode()
    headers = [(b"authorization", b"Basic " + key), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers}
    anyio.run(sandbox.app, scope, receive, send)
    assert len(sandbox.app.ledger()) == charged
    assert bool(sent) == charged


def test_a_402_is_not_cut(make: Make, world: World) -> None:
    """A request that is refused in earnest gets its refusal; the fault was for an answer."""
    sandbox = make(credits=SandboxSettings().credits * 0, faults=(Truncated(),))
    body = sandbox.ask(FIND, {"id": world.person(5).id})
    assert body["errors"][0]["extensions"]["response"]["status"] == 402

"""Clients that know HTTP and JSON only complete the main flow."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from functools import partial
from typing import Any

import anyio
import httpx

from leadiq.sandbox import Sandbox

from .flow import complete, missing


def headers(sandbox: Sandbox) -> dict[str, str]:
    return {"Authorization": f"Basic {sandbox.key}", "Content-Type": "application/json"}


def data_of(body: bytes) -> Any:
    reply = json.loads(body)
    assert "errors" not in reply, reply["errors"]
    return reply["data"]


def test_httpx(served: Sandbox) -> None:
    """One that keeps its connection."""
    with httpx.Client(headers=headers(served)) as http:

        def ask(query: str, variables: dict[str, Any]) -> Any:
            reply = http.post(served.url, json={"query": query, "variables": variables})
            assert reply.status_code == 200
            return data_of(reply.content)

        complete(ask, "httpx")


def test_httpx_on_an_event_loop(served: Sandbox) -> None:
    """One that makes a connection for each request."""

    async def post(query: str, variables: dict[str, Any]) -> Any:
        async with httpx.AsyncClient(headers=headers(served)) as http:
            reply = await http.post(served.url, json={"query": query, "variables": variables})
            return data_of(reply.content)

    complete(partial(anyio.run, post), "httpx, asynchronous")


def test_urllib(served: Sandbox) -> None:
    """The one that every Python has."""

    def ask(query: str, variables: dict[str, Any]) -> Any:
        content = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(served.url, content, headers(served))  # noqa: S310
        with urllib.request.urlopen(request) as reply:  # noqa: S310 - our own server
            return data_of(reply.read())

    complete(ask, "urllib")


def test_curl(served: Sandbox) -> None:
    """The one that documentation is written with."""
    curl = shutil.which("curl") or missing("curl")

    def ask(query: str, variables: dict[str, Any]) -> Any:
        named = [word for pair in headers(served).items() for word in ("-H", ": ".join(pair))]
        content = json.dumps({"query": query, "variables": variables})
        done = subprocess.run(
            [curl, "--silent", "--fail", "--noproxy", "*", *named, "--data", "@-", served.url],
            input=content.encode(),
            capture_output=True,
            check=True,
        )
        return data_of(done.stdout)

    complete(ask, "curl")

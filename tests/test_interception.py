"""pytest-httpx sees every request of every transport: a mocked test never reaches the network."""

from __future__ import annotations

from importlib.util import find_spec

import httpx
import pytest
from pytest_httpx import HTTPXMock

from faults.adversary import Adversary
from faults.steps import answer
from leadiq._http.transport import Transport

KINDS = ["default", "fast", "client", "stock"]


def transport(kind: str, url: str, own: httpx.AsyncClient) -> Transport:
    return Transport(
        url,
        "Basic secret",
        timeout_s=30.0,
        max_connections=2,
        client=own if kind == "client" else None,
        pool="fast" if kind == "fast" else "auto" if kind == "client" else "default",
    )


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_no_mocked_request_reaches_the_network(
    kind: str,
    anyio_backend_name: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A transport that has just been used for real is mocked from the moment the mock is there."""
    if kind == "fast" and (anyio_backend_name == "trio" or find_spec("aiohttp") is None):
        pytest.skip("the fast pool needs asyncio and aiohttp")
    if kind == "stock":
        monkeypatch.setattr("leadiq._http.transport.replace_pool", lambda _: None)
    with Adversary(answer(b'"real"'), ()) as server:
        server.relent()
        url = f"http://127.0.0.1:{server.port}/graphql"
        async with httpx.AsyncClient() as own:
            wire = transport(kind, url, own)
            assert (await wire.post(b"{}")).body == b'"real"'
            assert wire.kind == kind
            mock: HTTPXMock = request.getfixturevalue("httpx_mock")
            mock.add_response(content=b'"mocked"', is_reusable=True)
            assert (await wire.post(b"{}")).body == b'"mocked"'
            await wire.aclose()
            fresh = transport(kind, url, own)
            assert (await fresh.post(b"{}")).body == b'"mocked"'
            await fresh.aclose()
    assert len(server.requests) == 1
    assert len(mock.get_requests()) == 2

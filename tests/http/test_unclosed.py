"""Connections of ours that were opened have to be closed; who forgets it is told how."""

from __future__ import annotations

import gc
import warnings
from importlib.util import find_spec
from typing import Any

import httpx
import pytest

from faults.adversary import Adversary
from faults.steps import answer
from leadiq import LeadIQ
from leadiq._core.errors import ConfigurationError, ConnectError
from leadiq._http.transport import HTTPClient, PoolChoice, Transport

URL = "http://127.0.0.1:1/graphql"  # nobody listens


def transport(url: str, pool: PoolChoice = "auto", client: HTTPClient | None = None) -> Transport:
    return Transport(
        url, "Basic secret", timeout_s=30.0, max_connections=2, client=client, pool=pool
    )


def told_on_forgetting(forgotten: list[Any]) -> list[str]:
    """Forget what is in a list; give our warnings, and leave those of others out."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        forgotten.clear()
        gc.collect()
    return [str(w.message) for w in caught if "LeadIQ" in str(w.message)]


@pytest.mark.anyio
@pytest.mark.parametrize("pool", ["default", "fast"])
async def test_an_unclosed_client_warns_and_names_the_fix(
    pool: PoolChoice, anyio_backend_name: str
) -> None:
    """Once, when it is forgotten with connections open; not when they were closed."""
    if pool == "fast" and (anyio_backend_name == "trio" or find_spec("aiohttp") is None):
        pytest.skip("the fast pool needs asyncio and aiohttp")
    with Adversary(answer(b"{}"), ()) as server:
        server.relent()
        wires = [transport(f"http://127.0.0.1:{server.port}/graphql", pool) for _ in range(2)]
        for wire in wires:
            assert (await wire.post(b"{}")).body == b"{}"
        closed, unclosed = wires
        wires.clear()
        await closed.aclose()
        pools = [closed._own._pool, unclosed._own._pool]
        forgotten = [closed]
        del closed, wire
        assert told_on_forgetting(forgotten) == []
        forgotten = [unclosed]
        del unclosed
        (text,) = told_on_forgetting(forgotten)
        assert "use `async with`, or `await leadiq.aclose()`" in text
        for one in pools:
            assert one is not None
            await one.aclose()


@pytest.mark.anyio
async def test_what_opened_nothing_need_not_be_closed() -> None:
    """Not used, not let in, or refused: there is no connection, and nobody is told of one."""
    unused, refused = transport(URL), transport(URL, "default")
    with pytest.raises(ConnectError):
        await refused.post(b"{}")
    with pytest.raises(ConfigurationError):
        transport("http://leadiq.example.com")
    forgotten: list[Any] = [unused, refused, LeadIQ("a-key-of-the-tests", endpoint=URL)]
    del unused, refused
    assert told_on_forgetting(forgotten) == []


@pytest.mark.anyio
async def test_a_callers_own_client_is_the_callers_to_close() -> None:
    """Its connections are none of ours."""
    with Adversary(answer(b"{}"), ()) as server:
        server.relent()
        async with httpx.AsyncClient() as own:
            wire = transport(f"http://127.0.0.1:{server.port}/graphql", client=own)
            assert (await wire.post(b"{}")).body == b"{}"
            forgotten = [wire]
            del wire
            assert told_on_forgetting(forgotten) == []

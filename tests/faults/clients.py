"""The clients that every case is run with."""

from __future__ import annotations

import importlib
import os
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

from leadiq import LeadIQ
from leadiq._client import client as leadiq_client
from leadiq._conduct.retry import RetryPolicy
from leadiq._http.transport import Transport

from .adversary import TLS
from .case import Case

KEY = "raw-key-of-the-tests"
CA = str(TLS / "ca.pem")

# What is under the client, on which event loop.
COLUMNS = [
    ("default", "asyncio"),
    ("default", "trio"),
    ("fast", "asyncio"),
    ("httpx", "asyncio"),
    ("httpx", "trio"),
    ("httpx2", "asyncio"),
    ("httpx2", "trio"),
]
INSTALLED = [
    (kind, loop)
    for kind, loop in COLUMNS
    if find_spec({"default": "httpx", "fast": "aiohttp"}.get(kind, kind)) is not None
]


@asynccontextmanager
async def client(
    kind: str, case: Case, url: str
) -> AsyncIterator[tuple[LeadIQ, Callable[[], int]]]:
    """A client over that kind of transport, and how many of its connections carry a request."""
    async with _own(kind, case) as (own, in_use):
        settings: dict[str, Any] = {"http_client": own} if own else {}
        with _choosing("auto" if own else kind):
            leadiq = LeadIQ(
                KEY,
                endpoint=url,
                requests_per_minute=60_000,
                burst=1000,
                timeout_s=case.timeout_s,
                retry=RetryPolicy(attempts=case.attempts, base_s=0.001, window_s=0.001),
                **settings,
            )
        transport = leadiq._shared.transport
        async with leadiq:
            yield leadiq, in_use if own else lambda: transport.in_use


@contextmanager
def _choosing(pool: str) -> Iterator[None]:
    """Let clients that are made meanwhile have that pool, and trust the tests' authority."""

    def made(*args: Any, **settings: Any) -> Transport:
        return Transport(*args, **{**settings, "pool": pool})

    with (
        patch.object(leadiq_client, "Transport", made),
        patch.dict(os.environ, {"SSL_CERT_FILE": CA}),
    ):
        yield


@asynccontextmanager
async def _own(kind: str, case: Case) -> AsyncIterator[tuple[Any, Callable[[], int]]]:
    if kind not in {"httpx", "httpx2"}:
        yield None, lambda: 0
        return
    library = importlib.import_module(kind)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if case.scheme == "https":
        context.load_verify_locations(CA)
    async with library.AsyncClient(verify=context) as own:
        pool = own._transport._pool
        yield own, lambda: sum(not c.is_idle() for c in pool.connections)

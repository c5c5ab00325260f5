"""The clients that every case is run with."""

from __future__ import annotations

import importlib
import os
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

from leadiq import LeadIQ
from leadiq._conduct.retry import RetryPolicy

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
        settings: dict[str, Any] = {"http_client": own} if own else {"pool": kind}
        with patch.dict(os.environ, {"SSL_CERT_FILE": CA}):  # the tests' authority
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

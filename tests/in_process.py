"""Clients for tests of what they offer: over a script, or over a sandbox in this process."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from leadiq import LeadIQ
from leadiq._conduct.events import Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.pipeline import Pipeline
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq.sandbox import SandboxSettings, build_app
from script import Script


def scripted(script: Script) -> LeadIQ:
    """A client whose requests a script answers."""
    leadiq = object.__new__(LeadIQ)
    pacer = LocalPacer(Slots(600, 60.0, burst=600))
    shared = Shared(script, pacer, Watchers(), lambda: 0.5)  # type: ignore[arg-type]
    Pipeline.__init__(leadiq, shared, Options())
    return leadiq


@asynccontextmanager
async def sandboxed(**settings: Any) -> AsyncGenerator[LeadIQ]:
    """A client of a small sandbox without limits."""
    chosen = SandboxSettings(**{"people": 2_000, "requests_per_minute": None, **settings})
    transport = httpx.ASGITransport(app=build_app(chosen))
    async with (
        httpx.AsyncClient(transport=transport) as http,
        LeadIQ(
            chosen.key,
            endpoint="https://sandbox.example.com/graphql",
            http_client=http,
            requests_per_minute=60_000,
            burst=1_000,
        ) as leadiq,
    ):
        yield leadiq

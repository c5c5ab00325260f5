"""Sandboxes in process: built from settings, asked through httpx's ASGI transport."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest

from leadiq.sandbox import SandboxApp, SandboxSettings, build_app
from leadiq.sandbox._dates import Calendar
from leadiq.sandbox._world import World

ENDPOINT = "http://sandbox.test/graphql"


class Clock:
    """Seconds that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Asker:
    """A sandbox in process and a client that has its key."""

    def __init__(self, **settings: Any) -> None:
        self.clock = Clock()
        chosen = {
            "people": 2000,
            "requests_per_minute": None,
            "clock": self.clock,
            **settings,
        }
        self.app: SandboxApp = build_app(SandboxSettings(**chosen))

    async def post(self, body: Any = None, **request: Any) -> httpx.Response:
        """Send a request as it is; the headers are the client's unless given."""
        headers = {"Authorization": f"Basic {self.app.settings.key}"}
        request.setdefault("headers", headers)
        request.setdefault("url", ENDPOINT)
        if body is not None:
            request["json"] = body
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(request.pop("method", "POST"), **request)

    def reply(self, body: Any = None, **request: Any) -> httpx.Response:
        """Do what `post` does from synchronous code."""

        async def call() -> httpx.Response:
            return await self.post(body, **request)

        return anyio.run(call)

    def ask(self, query: str, variables: dict[str, Any] | None = None, **rest: Any) -> Any:
        """Return the whole reply body of an operation."""
        return self.reply({"query": query, "variables": variables, **rest}).json()

    def data(self, query: str, variables: dict[str, Any] | None = None, **rest: Any) -> Any:
        """Return the data of an operation that must succeed."""
        body = self.ask(query, variables, **rest)
        assert "errors" not in body, body["errors"]
        return body["data"]

    def spent(self) -> list[str]:
        """Return what each charged ledger line says: units, data point, credits."""
        return [f"{c.units} {c.data_point} {c.credits}" for c in self.app.ledger() if c.credits]


@pytest.fixture
def make() -> Callable[..., Asker]:
    """Return the maker of sandboxes: 2,000 people, no limit, a clock that stands still."""
    return Asker


@pytest.fixture(scope="session")
def world() -> World:
    """Return the world that `make` builds by default."""
    return World(people=2000, seed=1)


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """Return the calendar that `make` builds by default."""
    return Calendar(SandboxSettings().epoch)

"""Driving an application as a server does: a visitor who reads slowly, or goes away."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import anyio
import httpx

from fastapi import FastAPI
from leadiq import LeadIQ, LocalPacer, SharedBudget, Slots
from leadiq._conduct.events import Watchers
from leadiq._conduct.options import Options
from leadiq._conduct.pipeline import Pipeline
from leadiq._conduct.shared import Shared
from leadiq.fastapi import add_problem_handlers, lifespan
from script import Script


def application(
    client: Callable[[], AbstractAsyncContextManager[LeadIQ]],
    budget_of: Callable[[str], SharedBudget] | None = None,
) -> FastAPI:
    """An application with everything that a user would have."""
    app = FastAPI(lifespan=lifespan(client, budget_of=budget_of))
    add_problem_handlers(app)
    return app


def open_for_ever(leadiq: LeadIQ) -> Callable[[], AbstractAsyncContextManager[LeadIQ]]:
    """Give a client that is not closed, as a script has nothing to close."""

    @asynccontextmanager
    async def client() -> AsyncGenerator[LeadIQ]:
        yield leadiq

    return client


def paced(script: Script, limit: int = 1) -> LeadIQ:
    """A client that a script answers, with so many requests a minute."""
    leadiq = object.__new__(LeadIQ)
    pacer = LocalPacer(Slots(limit, 60.0))
    Pipeline.__init__(leadiq, Shared(script, pacer, Watchers(), lambda: 0.5), Options())  # type: ignore[arg-type]
    return leadiq


class Started:
    """An application whose lifespan has begun."""

    def __init__(self, app: FastAPI, state: Mapping[str, Any]) -> None:
        self._app = app
        self.state = state

    @property
    def leadiq(self) -> LeadIQ:
        found: LeadIQ = self.state["leadiq"]
        return found

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request, as a server with a lifespan does."""
        await self._app({**scope, "state": dict(self.state)}, receive, send)

    async def get(self, path: str, **words: Any) -> httpx.Response:
        return await self.request("GET", path, **words)

    async def request(self, method: str, path: str, **words: Any) -> httpx.Response:
        """Ask, and wait for the whole answer."""
        transport = httpx.ASGITransport(app=self)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            return await http.request(method, path, **words)


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what another task or thread brings about."""
    with anyio.fail_after(20):
        while not holds():  # noqa: ASYNC110 - it has no event
            await anyio.sleep(0.01)


@asynccontextmanager
async def started(app: FastAPI) -> AsyncGenerator[Started]:
    """Begin and end the life of an application."""
    async with app.router.lifespan_context(app) as state:
        yield Started(app, state or {})


class Visit:
    """One request over a connection that a test holds in its hands.

    Args:
        app: is asked.
        path: what for.
        method: GET, or POST with a body.
        body: in pieces; the last one is the end of it, unless the visitor has gone.

    Attributes:
        gone: set when the visitor has closed the connection.
        may_go_on: not set while the visitor reads nothing.
    """

    def __init__(
        self, app: Any, path: str, method: str = "GET", body: tuple[bytes, ...] = (b"",)
    ) -> None:
        self._app = app
        name, _, query = path.partition("?")
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "method": method,
            "path": name,
            "raw_path": name.encode(),
            "root_path": "",
            "scheme": "http",
            "query_string": query.encode(),
            "headers": [(b"content-type", b"application/json")],
        }
        self._body = list(body)
        self._whole = True
        self._tells = True
        self.gone = anyio.Event()
        self.may_go_on = anyio.Event()
        self.may_go_on.set()
        self.sent = list[dict[str, Any]]()
        self.started = anyio.Event()

    def interrupt(self) -> None:
        """Never send the end of the body."""
        self._whole = False

    def only_by_errors(self) -> None:
        """Tell of a closed connection by errors of `send` alone."""
        self._tells = False

    async def _receive(self) -> dict[str, Any]:
        if self._body:
            piece = self._body.pop(0)
            more = bool(self._body) or not self._whole
            return {"type": "http.request", "body": piece, "more_body": more}
        if not (self._tells and self.gone.is_set()):
            await (self.gone if self._tells else anyio.Event()).wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if not self._tells and self.gone.is_set():
            raise OSError("the connection is closed")
        self.sent.append(message)
        self.started.set()
        await self.may_go_on.wait()

    async def run(self) -> None:
        """Have it answered."""
        await self._app(self._scope, self._receive, self._send)

    @property
    def status(self) -> int | None:
        return self.sent[0]["status"] if self.sent else None

    @property
    def text(self) -> str:
        return b"".join(one.get("body", b"") for one in self.sent).decode()

    @property
    def is_whole(self) -> bool:
        return (bool(self.sent) and self.sent[-1].get("more_body") is False) or (
            len(self.sent) > 1 and "more_body" not in self.sent[-1]
        )

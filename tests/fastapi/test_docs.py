"""The applications of docs/fastapi.md do what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fastapi import FastAPI
from leadiq import LeadIQ
from leadiq.testing import LocalSandbox
from visits import Started, started

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def leadiq(sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment would say."""
    for name, value in sandbox.environ.items():
        monkeypatch.setenv(name, value)
    defaults = LeadIQ.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "requests_per_minute", 60_000)


def page() -> list[dict[str, Any]]:
    """Run each block by itself, as whoever copies it would; give their names."""
    text = (DOCS / "fastapi.md").read_text(encoding="utf-8")
    found = list[dict[str, Any]]()
    for block in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        names: dict[str, Any] = {}
        exec(compile(block, "fastapi.md", "exec", dont_inherit=True), names)  # noqa: S102
        found.append(names)
    return found


def known(sandbox: LocalSandbox) -> str:
    return next(one.work_email for one in sandbox.people() if one.work_email and one.work_phone)


async def first(app: Started, sandbox: LocalSandbox) -> None:
    """Somebody is found, and health is told."""
    found = await app.get("/people", params={"email": known(sandbox)})
    assert found.json()[0]["currentPositions"][0]["emails"]
    assert (await app.get("/health")).json()["limit"] == 60_000


async def own(app: Started, sandbox: LocalSandbox) -> None:
    """Both parts of the state are there."""
    assert app.state.keys() >= {"leadiq", "database"}


async def tenants(app: Started, sandbox: LocalSandbox) -> None:
    """A tenant pays, and nobody else is served."""
    words = {"params": {"email": known(sandbox)}}
    paid = await app.get("/phones", headers={"authorization": "Bearer token-of-acme"}, **words)
    assert (paid.status_code, paid.json()) == (200, 1)
    assert (await app.get("/phones", headers={"authorization": "x"}, **words)).status_code == 401


async def streams(app: Started, sandbox: LocalSandbox) -> None:
    """Lines and events."""
    people = [{"email": known(sandbox)}, {"email": "nobody@example.com"}]
    lines = (await app.request("POST", "/lines", json=people)).text.splitlines()
    assert [json.loads(line).get("status") for line in lines] == ["found", "not_found", None]
    events = (await app.request("POST", "/events", json=people)).text
    assert events == 'data: {"status":"found"}\n\ndata: {"status":"not_found"}\n\n'


CHECKS = (first, own, tenants, streams)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])  # as redis-py has it, and uvicorn
@pytest.mark.parametrize("number", range(len(CHECKS)), ids=[one.__name__ for one in CHECKS])
@pytest.mark.anyio
async def test_an_application_of_the_page(number: int, sandbox: LocalSandbox) -> None:
    """Each starts, and answers as the page says."""
    names = page()
    assert len(names) == len(CHECKS)
    app = names[number]["app"]
    assert isinstance(app, FastAPI)
    async with started(app) as service:
        await CHECKS[number](service, sandbox)

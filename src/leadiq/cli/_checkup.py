"""What `leadiq doctor` looks at: this machine, the server, the account, the store."""

from __future__ import annotations

import os
import platform
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from .._core.errors import LeadIQError
from . import _checks, _versions
from ._checks import Check, State
from ._server import embedded

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterator

    from ._server import Server

_TIMEOUT_S: Final = 15.0
_QUESTION: Final = {"query": "{ __typename }"}


class Place(NamedTuple):
    """Where to ask, and with which key."""

    url: str
    key: str | None


@contextmanager
def place(server: Server) -> Generator[Place]:
    """Give the server that is chosen; an embedded sandbox runs meanwhile."""
    from .._http.transport import DEFAULT_ENDPOINT, checked_endpoint

    server.require_fitting()
    if server.sandbox:
        with embedded(server.rate) as (url, key):
            yield Place(url, key)
        return
    url = server.endpoint or os.environ.get("LEADIQ_ENDPOINT") or DEFAULT_ENDPOINT
    yield Place(str(checked_endpoint(url)), os.environ.get("LEADIQ_API_KEY"))


async def examine(at: Place, store: str | None) -> AsyncGenerator[Check]:
    """Look at one thing after the other, and go on whatever is found."""
    for check in _here():
        yield check
    yield (key := _checks.key(at.key))
    reached = False
    async for check in _server(at):
        reached |= check.name == "server" and check.state is State.OK
        yield check
    if key.state is State.OK and reached:
        yield await _account(at)
    else:
        yield _checks.skipped("account", "it takes a key and a server")
    yield await _store(store)


def _here() -> Iterator[Check]:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} {platform.machine()}"
    yield _checks.versions(python, system, _versions.installed(), _versions.too_old())
    yield _checks.environment(os.environ)
    yield _state()


def _state() -> Check:
    from .._jobs.store import Store

    found = Store.default()
    there = next(d for d in (found.directory, *found.directory.parents) if d.exists())
    named = "LEADIQ_STATE" if os.environ.get("LEADIQ_STATE") else "the usual place"
    writable = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    return _checks.state(named, writable=writable, jobs=len(found.paths()))


async def _server(at: Place) -> AsyncGenerator[Check]:
    """Ask without a key, which is free and takes nothing of the rate limit."""
    import httpx

    host = httpx.URL(at.url).host
    left, began = datetime.now(UTC), time.perf_counter()
    try:
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False) as http:
            reply = await http.post(at.url, json=_QUESTION)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        yield _checks.unreachable(host, type(error).__name__)
        yield _checks.skipped("clock", "it takes a server")
        return
    took_s = time.perf_counter() - began
    yield _checks.server(host, reply.status_code, took_s)
    yield _checks.clock(left, _date(reply.headers.get("Date")), took_s)


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text or "").replace(tzinfo=UTC)
    except ValueError:
        return None


async def _account(at: Place) -> Check:
    from .._client.client import LeadIQ

    try:
        async with LeadIQ(at.key, endpoint=at.url, deadline_s=2 * _TIMEOUT_S) as leadiq:
            return _checks.account(await leadiq.balance())
    except LeadIQError as error:
        return _checks.refused(error)


async def _store(url: str | None) -> Check:
    if not url:
        return _checks.skipped("store", "no --store and no LEADIQ_BUDGET_STORE")
    from .._fleet.redis import Away, RedisQuota, connect

    try:
        quota = RedisQuota(connect(url, _TIMEOUT_S), ("", ""), _TIMEOUT_S)
        began = time.perf_counter()
        try:
            await quota.ping()
        finally:
            await quota.aclose()
    except Away as away:
        return _checks.store_away(away.reason, refused=away.refused)
    except LeadIQError as error:  # no redis-py, or no URL of Redis
        said, _, do = str(error).partition(": ")
        return _checks.failed("store", said, do)
    return _checks.store(time.perf_counter() - began)

"""Who makes the calls: this SDK in its arrangements, and what a user would take instead.

Each caller gives a way to look one person up and to read a page of a hundred, over one server. The
typed ones give models; the others what their JSON parser gives, which is less work.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from typing import Any, Final

Call = Callable[[], Awaitable[object]]
PlainCall = Callable[[], object]

KEY: Final = "cmF3Og=="
FLAGS: Final = ("company", "personal_email", "personal_phone", "work_email", "work_phone")
WHO: Final = {"email": "ada@example.com", "limit": 1}
_NO_LIMIT: Final = 10**9
_HEADERS: Final = {"Authorization": f"Basic {KEY}", "Content-Type": "application/json"}


def document() -> str:
    """The lookup with everything that can be unlocked, as this SDK sends it."""
    from leadiq._generated.operations import SEARCH_PEOPLE

    return SEARCH_PEOPLE.render(frozenset(SEARCH_PEOPLE.flags))


def body() -> dict[str, Any]:
    return {"query": document(), "variables": {"input": WHO}}


# -- this SDK ----------------------------------------------------------------------------------


@asynccontextmanager
async def _leadiq(url: str, **settings: Any) -> AsyncIterator[Call]:
    """With everything that conduct does, and a limit that nobody reaches."""
    from leadiq import LeadIQ, Unlock
    from leadiq.types import SearchPeopleInput

    who, unlock = SearchPeopleInput(**WHO), frozenset(Unlock)
    rate = {"requests_per_minute": _NO_LIMIT, "burst": _NO_LIMIT}
    async with LeadIQ(KEY, endpoint=url, **rate, **settings) as client:
        yield lambda: client.search_people(who, unlock=unlock)


def leadiq(url: str, at_once: int) -> AbstractAsyncContextManager[Call]:
    return _leadiq(url, pool="default", max_connections=min(at_once, 64))


def leadiq_fast(url: str, at_once: int) -> AbstractAsyncContextManager[Call]:
    return _leadiq(url, pool="fast", max_connections=min(at_once, 64))


@asynccontextmanager
async def leadiq_yours(url: str, at_once: int) -> AsyncIterator[Call]:
    import httpx

    async with (
        httpx.AsyncClient(limits=_limits(at_once), timeout=60) as own,
        _leadiq(url, http_client=own) as call,
    ):
        yield call


# -- what a user would take instead ------------------------------------------------------------


@asynccontextmanager
async def aiohttp_orjson(url: str, at_once: int) -> AsyncIterator[Call]:
    """Bare and untyped: the least that Python does without a layer of ours."""
    import aiohttp
    import orjson

    asked = body()
    connector = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=connector, headers=_HEADERS) as session:

        async def call() -> object:
            async with session.post(url, data=orjson.dumps(asked)) as reply:
                return orjson.loads(await reply.read())

        yield call


def _limits(at_once: int) -> Any:
    import httpx

    return httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)


@asynccontextmanager
async def _httpx(module: Any, url: str, **settings: Any) -> AsyncIterator[Call]:
    asked = body()
    async with module.AsyncClient(headers=_HEADERS, timeout=60, **settings) as client:

        async def call() -> object:
            return (await client.post(url, json=asked)).json()

        yield call


def bare_httpx(url: str, at_once: int) -> AbstractAsyncContextManager[Call]:
    import httpx

    return _httpx(httpx, url, limits=_limits(at_once))


def bare_httpx2(url: str, at_once: int) -> AbstractAsyncContextManager[Call]:
    import httpx2

    limits = httpx2.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    return _httpx(httpx2, url, limits=limits)


@asynccontextmanager
async def stock(url: str, at_once: int) -> AsyncIterator[Call]:
    """What ariadne-codegen makes of the same schema and documents, as it comes."""
    del at_once
    sys.path.insert(0, "build/stock")
    import stock_client as made  # type: ignore[import-not-found]

    who = made.SearchPeopleInput(**WHO)
    flags = dict.fromkeys(FLAGS, True)
    async with made.Client(url, _HEADERS) as client:
        yield lambda: client.search_people(input=who, **flags)


@asynccontextmanager
async def gql_aiohttp(url: str, at_once: int) -> AsyncIterator[Call]:
    from gql import Client, GraphQLRequest
    from gql.transport.aiohttp import AIOHTTPTransport

    del at_once
    transport = AIOHTTPTransport(url, headers=_HEADERS)
    asked = GraphQLRequest(document(), variable_values={"input": WHO})
    async with Client(transport=transport) as session:
        yield lambda: session.execute(asked)


@asynccontextmanager
async def gql_httpx(url: str, at_once: int) -> AsyncIterator[Call]:
    from gql import Client, GraphQLRequest
    from gql.transport.httpx import HTTPXAsyncTransport

    transport = HTTPXAsyncTransport(url, headers=_HEADERS, limits=_limits(at_once))
    asked = GraphQLRequest(document(), variable_values={"input": WHO})
    async with Client(transport=transport) as session:
        yield lambda: session.execute(asked)


@contextmanager
def requests_threads(url: str, at_once: int) -> Iterator[PlainCall]:
    import requests
    from requests.adapters import HTTPAdapter

    asked = body()
    with requests.Session() as session:
        session.headers.update(_HEADERS)
        session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=at_once))
        yield lambda: session.post(url, json=asked, timeout=60).json()


@contextmanager
def sgqlc_threads(url: str, at_once: int) -> Iterator[PlainCall]:
    from sgqlc.endpoint.http import HTTPEndpoint

    del at_once
    endpoint, text = HTTPEndpoint(url, _HEADERS), document()
    yield lambda: endpoint(text, {"input": WHO})


ASYNC: Final[dict[str, Callable[[str, int], AbstractAsyncContextManager[Call]]]] = {
    "leadiq": leadiq,
    "leadiq[fast]": leadiq_fast,
    "leadiq, your AsyncClient": leadiq_yours,
    "aiohttp and orjson": aiohttp_orjson,
    "httpx": bare_httpx,
    "httpx2": bare_httpx2,
    "stock ariadne-codegen": stock,
    "gql on aiohttp": gql_aiohttp,
    "gql on httpx": gql_httpx,
}
ON_TRIO: Final = {"leadiq on trio": leadiq}
IN_THREADS: Final[dict[str, Callable[[str, int], AbstractContextManager[PlainCall]]]] = {
    "requests in threads": requests_threads,
    "sgqlc in threads": sgqlc_threads,
}
NAMES: Final = (*ASYNC, *ON_TRIO, *IN_THREADS)

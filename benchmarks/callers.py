"""Who makes the calls: this SDK in its arrangements, and what a user would take instead.

Each caller gives a way to ask one question of one server, again and again: for one person, or for
a page of a hundred. The typed ones give models; the others what their JSON parser gives, which is
less work. Everybody has the pool that it comes with, but bare aiohttp and requests as many
connections as there are tasks: that makes them faster, and httpx much slower.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from . import stock, turns
from .payload import DOCUMENTS

KEY: Final = "cmF3Og=="
WHO: Final = {"email": "ada@example.com", "limit": 1}
WHOM: Final = {"limit": 25, "contactFilter": {"titles": ["Engineer"]}}
"""As many as a page may have; the server of the benchmarks gives a hundred, whatever is asked."""
PATIENCE_S: Final = 60
"""How long httpx, gql and requests may take; with less, more of their calls would fail."""
_NO_LIMIT: Final = 10**9
_HEADERS: Final = {"Authorization": f"Basic {KEY}", "Content-Type": "application/json"}


@dataclass(frozen=True)
class Question:
    """What is asked again and again."""

    server: str
    page: str
    """`person` or `people`."""
    at_once: int

    @property
    def url(self) -> str:
        return f"{self.server}/{self.page}"

    @cached_property
    def document(self) -> str:
        """With everything that can be unlocked, as this SDK sends it."""
        return DOCUMENTS[self.page]()

    @property
    def variables(self) -> dict[str, Any]:
        return {"input": WHO if self.page == "person" else WHOM}

    @property
    def body(self) -> dict[str, Any]:
        return {"query": self.document, "variables": self.variables}


Call = Callable[[], Awaitable[object]]
PlainCall = Callable[[], object]
Caller = Callable[[Question], AbstractAsyncContextManager[Call]]
PlainCaller = Callable[[Question], AbstractContextManager[PlainCall]]


# -- this SDK ----------------------------------------------------------------------------------


@asynccontextmanager
async def _leadiq(question: Question, **settings: Any) -> AsyncIterator[Call]:
    """With everything that conduct does, and a limit that nobody reaches."""
    from leadiq import LeadIQ, Unlock
    from leadiq.types import FlatSearchInput, SearchPeopleInput

    who, unlock = SearchPeopleInput.model_validate(WHO), frozenset(Unlock)
    whom, company = FlatSearchInput.model_validate(WHOM), frozenset([Unlock.COMPANY])
    rate = {"requests_per_minute": _NO_LIMIT, "burst": _NO_LIMIT}
    async with LeadIQ(KEY, endpoint=question.url, **rate, **settings) as client:
        if question.page == "person":
            yield lambda: client.search_people(who, unlock=unlock)
        else:
            yield lambda: client.flat_advanced_search(whom, unlock=company)


def leadiq(question: Question) -> AbstractAsyncContextManager[Call]:
    return _leadiq(question, pool="default")


def leadiq_fast(question: Question) -> AbstractAsyncContextManager[Call]:
    return _leadiq(question, pool="fast")


@asynccontextmanager
async def leadiq_yours(question: Question) -> AsyncIterator[Call]:
    import httpx

    async with (
        httpx.AsyncClient(timeout=PATIENCE_S) as own,
        _leadiq(question, http_client=own) as call,
    ):
        yield call


# -- what a user would take instead ------------------------------------------------------------


@asynccontextmanager
async def aiohttp_orjson(question: Question) -> AsyncIterator[Call]:
    """Bare and untyped: the least that Python does without a layer of ours."""
    import aiohttp
    import orjson

    url, asked = question.url, question.body
    connector = aiohttp.TCPConnector(limit=question.at_once)
    async with aiohttp.ClientSession(connector=connector, headers=_HEADERS) as session:

        async def call() -> object:
            async with session.post(url, data=orjson.dumps(asked)) as reply:
                return orjson.loads(await reply.read())

        yield call


@asynccontextmanager
async def _httpx(module: Any, question: Question) -> AsyncIterator[Call]:
    url, asked = question.url, question.body
    async with module.AsyncClient(headers=_HEADERS, timeout=PATIENCE_S) as client:

        async def call() -> object:
            return (await client.post(url, json=asked)).json()

        yield call


def bare_httpx(question: Question) -> AbstractAsyncContextManager[Call]:
    import httpx

    return _httpx(httpx, question)


def bare_httpx2(question: Question) -> AbstractAsyncContextManager[Call]:
    import httpx2

    return _httpx(httpx2, question)


@asynccontextmanager
async def ariadne_codegen(question: Question) -> AsyncIterator[Call]:
    """What ariadne-codegen makes of the same schema and documents, as it comes."""
    made = stock.load()
    who = made.SearchPeopleInput.model_validate(WHO)
    whom = made.FlatSearchInput.model_validate(WHOM)
    points = ("company", "personal_email", "personal_phone", "work_email", "work_phone")
    unlock = dict.fromkeys(points, True)
    async with made.Client(question.url, _HEADERS) as client:
        if question.page == "person":
            yield lambda: client.search_people(input=who, **unlock)
        else:
            yield lambda: client.flat_advanced_search(input=whom, company=True)


@asynccontextmanager
async def _gql(transport: Any, question: Question) -> AsyncIterator[Call]:
    from gql import Client, GraphQLRequest

    asked = GraphQLRequest(question.document, variable_values=question.variables)
    async with Client(transport=transport, execute_timeout=PATIENCE_S) as session:
        yield lambda: session.execute(asked)


def gql_aiohttp(question: Question) -> AbstractAsyncContextManager[Call]:
    from gql.transport.aiohttp import AIOHTTPTransport

    return _gql(AIOHTTPTransport(question.url, headers=_HEADERS), question)


def gql_httpx(question: Question) -> AbstractAsyncContextManager[Call]:
    from gql.transport.httpx import HTTPXAsyncTransport

    transport = HTTPXAsyncTransport(question.url, headers=_HEADERS, timeout=PATIENCE_S)
    return _gql(transport, question)


@contextmanager
def requests_threads(question: Question) -> Iterator[PlainCall]:
    import requests
    from requests.adapters import HTTPAdapter

    url, asked = question.url, question.body
    with requests.Session() as session:
        session.headers.update(_HEADERS)
        pool = HTTPAdapter(pool_connections=1, pool_maxsize=question.at_once)
        session.mount("http://", pool)
        yield lambda: session.post(url, json=asked, timeout=PATIENCE_S).json()


@contextmanager
def sgqlc_threads(question: Question) -> Iterator[PlainCall]:
    from sgqlc.endpoint.http import HTTPEndpoint

    endpoint, text = HTTPEndpoint(question.url, _HEADERS), question.document

    def call() -> object:
        reply = endpoint(text, question.variables)
        if "errors" in reply:  # it raises nothing
            raise ConnectionError
        return reply

    yield call


# -- what only tells how fast the server is ----------------------------------------------------


class _Raw(asyncio.Protocol):
    """Sends the same bytes, and counts those that come; it looks at nothing."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._length = 0

    def send(self, request: bytes) -> asyncio.Future[None]:
        self._seen = 0
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answered

    def data_received(self, data: bytes) -> None:
        if not self._length:
            head, _, _ = data.partition(b"\r\n\r\n")
            self._length = len(head) + 4 + int(head.rpartition(b": ")[2])
        self._seen += len(data)
        if self._seen == self._length:
            self._answered.set_result(None)

    def close(self) -> None:
        self._transport.close()


@asynccontextmanager
async def raw(question: Question) -> AsyncIterator[Call]:
    """As little as can be done on a socket with an event loop."""
    import json

    where, sent = urlsplit(question.url), json.dumps(question.body).encode()
    head = f"POST {where.path} HTTP/1.1\r\nContent-Length: {len(sent)}\r\n\r\n"
    request, loop = head.encode() + sent, asyncio.get_running_loop()
    opened = [
        await loop.create_connection(_Raw, where.hostname, where.port)
        for _ in range(question.at_once)
    ]
    free = [connection for _, connection in opened]

    async def call() -> None:
        connection = free.pop()
        await connection.send(request)
        free.append(connection)

    yield call
    for _, connection in opened:
        connection.close()


ASYNC: Final[dict[str, Caller]] = {
    turns.OURS: leadiq,
    turns.FAST: leadiq_fast,
    turns.YOURS: leadiq_yours,
    turns.BARE: aiohttp_orjson,
    turns.HTTPX: bare_httpx,
    "httpx2, untyped": bare_httpx2,
    turns.STOCK: ariadne_codegen,
    "gql on aiohttp": gql_aiohttp,
    "gql on httpx": gql_httpx,
    turns.RAW: raw,
}
ON_TRIO: Final = {turns.TRIO: leadiq}
IN_THREADS: Final[dict[str, PlainCaller]] = {
    "requests in threads": requests_threads,
    "sgqlc in threads": sgqlc_threads,
}
NAMES: Final = (*ASYNC, *ON_TRIO, *IN_THREADS)

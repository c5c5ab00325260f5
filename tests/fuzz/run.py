"""All of it, within a time, and the figures."""

from __future__ import annotations

import json
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import httpx
from graphql import GraphQLSchema
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from leadiq._conformance.envelope import read_body

from . import mangled, whole
from .documents import documents, roots, schema_of, with_variables
from .oracle import amiss, insides
from .server import Server
from .words import harvested

#: Requests to one root field before the next one's turn.
BATCH = 15
_ALIVE = {"query": "{ account { __typename } }"}


@dataclass
class Figures:
    """What was sent and what came."""

    sent: Counter[str] = field(default_factory=Counter[str])
    """Requests, by root field or kind of request."""
    came: Counter[str] = field(default_factory=Counter[str])
    """Answers: data, data beside errors, or errors alone."""
    slowest_s: float = 0.0
    failures: list[str] = field(default_factory=list[str])
    """What no reply may be, with the smallest request that it was found for."""


class Fuzz:
    """One server under fire, for one thread."""

    def __init__(self, server: Server, first_seed: int) -> None:
        self.figures = Figures()
        self._server = server
        self._seeds = count(first_seed)
        self._schema: GraphQLSchema = schema_of(server.url)
        self._known = harvested(server.url, server.headers)
        self._http = httpx.Client(timeout=60)
        self._pointless: set[str] = set()
        self._strategies = self._made()

    def run(self, seconds: float) -> None:
        """Go round all root fields and all kinds of bad requests until the time is over."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for what in self._turns():
                what()
                if time.monotonic() > ends:
                    break

    def _made(self) -> dict[str, st.SearchStrategy[Any]]:
        """Give what is sent as JSON, by name; making a strategy takes longer than using it."""
        schema, known = self._schema, self._known
        made: dict[str, st.SearchStrategy[Any]] = {"any JSON": mangled.bodies}
        for kind, root in roots(schema):
            valid = documents(schema, kind, root, known)
            made[root] = valid.map(_query)
            made[f"{root}, variables"] = valid.map(partial(with_variables, schema))
            wrong = documents(schema, kind, root, known, valid=False)
            everything = whole.requests(schema, kind, root, known)
            if everything is not None:
                made[f"{root}, whole"] = everything
            made[f"{root}, one fault"] = wrong.map(_query)
        return made

    def _turns(self) -> Iterator[Callable[[], None]]:
        for name, strategy in self._strategies.items():
            yield partial(self._batch, name, strategy, self._post)
        yield partial(self._batch, "any request", mangled.requests(), self._request)
        yield partial(self._batch, "other paths", mangled.elsewhere(), self._elsewhere)
        yield self._bytes

    def _batch(
        self, name: str, strategy: st.SearchStrategy[Any], send: Callable[[str, Any], None]
    ) -> None:
        """Send some examples of a strategy; the smallest that fails is kept."""
        if name in self._pointless:
            return

        @seed(next(self._seeds))
        @settings(
            max_examples=BATCH,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )
        @given(strategy)
        def each(example: Any) -> None:
            send(name, example)

        try:
            each()
        except InvalidArgument:  # a field without arguments has none to get wrong
            self._pointless.add(name)
        except Exception as error:  # one that comes and goes is a group of what it was
            told = error.exceptions if isinstance(error, ExceptionGroup) else (error,)
            self.figures.failures += [f"{name}: {type(each).__name__}: {each}" for each in told]

    def _post(self, name: str, body: Any) -> None:
        content = json.dumps(body).encode()
        asked = body if isinstance(body, dict) else {}
        self._judge(name, asked, content=content, headers=self._server.headers)

    def _request(self, name: str, request: mangled.Request) -> None:
        own = [("Content-Type", request.content_type), *request.headers]
        authorization = [("Authorization", self._server.headers["Authorization"])]
        self._judge(
            name,
            read_body(request.content) or {},
            method=request.method,
            content=request.content,
            headers=[*own, *authorization],
        )

    def _elsewhere(self, name: str, asked: tuple[str, mangled.Request]) -> None:
        """Ask for another path: what it answers is its own business, but it does not fail."""
        path, request = asked
        reply = self._http.request(
            request.method,
            self._server.url.removesuffix("/graphql") + path,
            content=request.content,
            headers=[("Content-Type", request.content_type), *request.headers],
        )
        self.figures.sent[name] += 1
        wrong = insides(reply.status_code, reply.content)
        assert not wrong, f"{wrong} for {path} and {request}"

    def _judge(self, name: str, asked: dict[str, Any], **request: Any) -> None:
        began = time.monotonic()
        reply = self._http.request(request.pop("method", "POST"), self._server.url, **request)
        self.figures.slowest_s = max(self.figures.slowest_s, time.monotonic() - began)
        self.figures.sent[name] += 1
        wrong = amiss(reply.status_code, reply.content, self._schema, asked)
        assert not wrong, f"{wrong} for {request['content'][:2000]!r}"
        self.figures.came[_kind(reply.content)] += 1

    def _bytes(self) -> None:
        """Send what is hardly HTTP, and look whether the server is still there."""
        url = httpx.URL(self._server.url)
        for content in mangled.BYTES:
            with socket.create_connection((url.host, url.port or 80), timeout=10) as connection:
                connection.sendall(content)
                connection.shutdown(socket.SHUT_WR)
                _drained(connection)
            self.figures.sent["bytes"] += 1
        for value in mangled.AUTHORIZATIONS:
            self._refused(value)
        self._post("alive", _ALIVE)

    def _refused(self, value: str) -> None:
        headers = {**self._server.headers, "Authorization": value.encode("latin-1")}
        try:
            reply = self._http.post(self._server.url, json=_ALIVE, headers=headers)
        except httpx.LocalProtocolError:  # httpx does not send such a header
            return
        self.figures.sent["authorization"] += 1
        if b'"data":{' in reply.content or reply.status_code >= 500:
            self.figures.failures.append(f"authorization: {value!r} got {reply.status_code}")


def _query(text: str) -> dict[str, Any]:
    return {"query": text}


def _drained(connection: socket.socket) -> None:
    try:
        while connection.recv(65_536):
            pass
    except OSError:
        pass


def _kind(body: bytes) -> str:
    reply = read_body(body) or {}
    if "errors" not in reply:
        return "data"
    return "data beside errors" if reply.get("data") else "errors alone"

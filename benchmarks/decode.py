"""From bytes to models: a page of people, and a single person."""

from __future__ import annotations

import time
from types import ModuleType
from typing import Any

import httpx
from graphql import build_schema

from leadiq._core.protocol import Envelope, read_reply
from leadiq._generated.operations import SEARCH_PEOPLE
from leadiq._generated.search_people import SearchPeople

from .harness import Comparison, Measure, compare
from .payload import Filler


def full_people(schema_text: str, people: int) -> bytes:
    """A reply of people with one current and two past positions, every field filled."""
    document = SEARCH_PEOPLE.render(frozenset(SEARCH_PEOPLE.flags))
    lengths = {"results": people, "currentPositions": 1, "pastPositions": 2}
    return Filler(build_schema(schema_text), document, lengths).body()


def ours(body: bytes, repeat: int) -> Measure:
    envelope = Envelope[SearchPeople]

    def run() -> float:
        began = time.process_time()
        for _ in range(repeat):
            reply = read_reply(envelope, 200, body)
        assert isinstance(reply, SearchPeople)
        return (time.process_time() - began) / repeat * 1000

    return run


def stock(module: ModuleType, body: bytes, repeat: int) -> Measure:
    client: Any = module.Client("http://127.0.0.1/graphql")
    request = httpx.Request("POST", "http://127.0.0.1/graphql")
    response = httpx.Response(200, content=body, request=request)

    def run() -> float:
        began = time.process_time()
        for _ in range(repeat):
            module.SearchPeople.model_validate(client.get_data(response))
        return (time.process_time() - began) / repeat * 1000

    return run


def comparisons(module: ModuleType, schema_text: str, rounds: int) -> list[Comparison]:
    """Decode the same bytes with this SDK and with the stock client."""
    found = []
    for people, repeat, goal in ((100, 10, 1.5), (1, 500, None)):
        body = full_people(schema_text, people)
        name = f"decode {people} full {'person' if people == 1 else 'people'}, {len(body):,} bytes"
        rival = ("stock ariadne-codegen client", stock(module, body, repeat))
        mine = ("leadiq", ours(body, repeat))
        found.append(compare(name, "ms CPU", mine, rival, rounds=rounds, goal=goal))
    return found

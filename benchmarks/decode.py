"""From bytes to models: a page of people, and a single person; CPU time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from pydantic import BaseModel

from . import payload, stock
from .figures import Result
from .harness import Effort, Measure, in_rounds


def ours(model: type[BaseModel], body: bytes, repeat: int) -> Measure:
    from leadiq._core.protocol import Envelope, read_reply

    envelope = Envelope[model]

    def run() -> float:
        began = time.process_time()
        for _ in range(repeat):
            reply = read_reply(envelope, 200, body)
        assert isinstance(reply, model)
        return (time.process_time() - began) / repeat

    return run


def theirs(model: type[BaseModel], body: bytes, repeat: int) -> Measure:
    import httpx

    made = stock.load()
    theirs = getattr(made, model.__name__)
    client = made.Client("http://127.0.0.1/graphql")
    request = httpx.Request("POST", "http://127.0.0.1/graphql")
    response = httpx.Response(200, content=body, request=request)

    def run() -> float:
        began = time.process_time()
        for _ in range(repeat):
            theirs.model_validate(client.get_data(response))
        return (time.process_time() - began) / repeat

    return run


def measure(effort: Effort) -> Iterator[Result]:
    """Decode the same bytes with this SDK and with the stock client."""
    from leadiq._generated.flat_advanced_search import FlatAdvancedSearch
    from leadiq._generated.search_people import SearchPeople

    stock.make()
    for page, model, repeat in (("person", SearchPeople, 500), ("people", FlatAdvancedSearch, 20)):
        body = payload.body(page)
        sides = {"ours": ours(model, body, repeat), "theirs": theirs(model, body, repeat)}
        costs = in_rounds(sides, effort.rounds)
        yield costs.ratio(f"decode {page}", "ours", "theirs", remark=f"{len(body):,} bytes")

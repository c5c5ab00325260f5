"""Rules of the runner: who asks, what is not asked, what a refusal means, how long one waits."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import anyio
import httpx
import pytest

from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.slots import Slots
from leadiq._conformance.case import Case, Data, Kept, Raw, Reach, Refused, Who
from leadiq._conformance.runner import Came, RefusedKeyError, Target, Verdict, run
from virtual_time import anyio_backend  # noqa: F401 - makes the tests virtual

KEY = b64encode(b"runner-key-of-a-test:").decode()
QUERY = "{ lists { nextCursor } }"
GOOD = {"data": {"lists": {"nextCursor": "x"}}}


def refusal(status: int) -> dict[str, Any]:
    return {"errors": [{"message": "no", "extensions": {"response": {"status": status}}}]}


class Script:
    """Answers requests in order, the last answer for ever, and keeps them."""

    def __init__(self, *bodies: Any) -> None:
        self.bodies = list(bodies)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        body = self.bodies[min(len(self.requests), len(self.bodies)) - 1]
        if isinstance(body, Exception):
            raise body
        return httpx.Response(200, json=body)


async def ran(script: Script, *cases: Case, **chosen: Any) -> list[Verdict]:
    target = Target(url="https://api.example.com/graphql", key=KEY, **chosen)
    pacer = LocalPacer(Slots(60, 60.0, burst=60))
    async with httpx.AsyncClient(transport=httpx.MockTransport(script)) as http:
        return [verdict async for verdict in run(cases, target, http, pacer)]


@pytest.mark.anyio
async def test_each_case_is_sent_in_its_own_name() -> None:
    """The key verbatim, no key, a key of nobody, the key encoded once more, other keys."""
    script = Script(GOOD)
    cases = [Case(name=who.value, query=QUERY, who=who) for who in Who]
    limited, poor = b64encode(b"limited-key:").decode(), b64encode(b"poor-key:").decode()
    await ran(script, *cases, limited=limited, poor=poor)
    sent = [request.headers.get("authorization") for request in script.requests]
    assert sent[0] == f"Basic {KEY}"
    assert sent[1] is None
    assert sent[3] == "Basic " + b64encode(f"{KEY}:".encode()).decode()
    assert sent[4:] == [f"Basic {limited}", f"Basic {poor}"]
    assert len({*sent}) == len(Who)


@pytest.mark.anyio
async def test_a_request_is_sent_as_the_case_says() -> None:
    """A document with variables and a name, or bytes with a method and a type."""
    script = Script(GOOD)
    await ran(
        script,
        Case(name="a", query=f"query Q {QUERY}", variables={"n": 1}, operation="Q"),
        Case(name="b", query=QUERY, variables=None),
        Case(name="c", raw=Raw(b"x", "PUT", "text/plain"), expect=Refused(400)),
    )
    first, second, third = script.requests
    assert json.loads(first.content) == {
        "query": f"query Q {QUERY}",
        "variables": {"n": 1},
        "operationName": "Q",
    }
    assert json.loads(second.content) == {"query": QUERY, "variables": None}
    assert (third.method, third.content, third.headers["content-type"]) == (
        "PUT",
        b"x",
        "text/plain",
    )


@pytest.mark.anyio
async def test_what_goes_further_than_one_may_is_skipped() -> None:
    """What is paid, what is for a sandbox, and what needs a key that there is not."""
    cases = [
        Case(name="paid", query=QUERY, reach=Reach.PAID),
        Case(name="sandbox", query=QUERY, reach=Reach.SANDBOX),
    ]
    script = Script(GOOD)
    found = await ran(script, *cases)
    assert [each.why for each in found] == [("it costs credits",), ("it is for a sandbox only",)]
    assert not script.requests
    found = await ran(script, *cases, reach=Reach.PAID)
    assert [each.came for each in found] == [Came.OK, Came.SKIPPED]
    poor = Case(name="poor", query=QUERY, who=Who.POOR)
    (found_poor,) = await ran(script, poor, reach=Reach.SANDBOX)
    assert found_poor.why == ("it needs a key without credits",)


@pytest.mark.anyio
async def test_cases_go_on_with_what_earlier_ones_found() -> None:
    """What was kept is sent; where nothing was, the case is skipped."""
    first = Case(name="first", query=QUERY, keep={"next": "lists.nextCursor"})
    then = Case(name="then", query=QUERY, variables={"c": Kept("next")})
    script = Script(GOOD)
    found = await ran(script, first, then)
    assert [each.came for each in found] == [Came.OK, Came.OK]
    assert json.loads(script.requests[1].content)["variables"] == {"c": "x"}
    found = await ran(Script({"data": {"lists": None}}), first, then)
    assert [each.came for each in found] == [Came.OK, Came.SKIPPED]
    found = await ran(Script({"data": {"lists": 1}}), first, then)
    assert [each.came for each in found] == [Came.DIFFERS, Came.SKIPPED]
    assert found[1].why == ("nothing to go on with: next",)


@pytest.mark.anyio
async def test_a_key_that_is_refused_ends_it() -> None:
    """Nothing can be said about anything else; a 401 that was asked for is none."""
    with pytest.raises(RefusedKeyError):
        await ran(Script(refusal(401)), Case(name="x", query=QUERY))
    expected = Case(name="x", query=QUERY, who=Who.WRONG, expect=Refused(401))
    (found,) = await ran(Script(refusal(401)), expected)
    assert found.came is Came.OK


@pytest.mark.anyio
async def test_a_balance_that_does_not_do_says_nothing_about_the_server() -> None:
    """The case is skipped; what is free is to be answered without credits."""
    paid = Case(name="x", query=QUERY, reach=Reach.PAID)
    (found,) = await ran(Script(refusal(402)), paid, reach=Reach.PAID)
    assert (found.came, found.why) == (Came.SKIPPED, ("the balance does not cover it",))
    (found,) = await ran(Script(refusal(402)), Case(name="x", query=QUERY))
    assert found.came is Came.DIFFERS


@pytest.mark.anyio
async def test_a_429_is_waited_for_once() -> None:
    """The request was not taken: it goes again a window later; a second 429 is the answer."""
    began = anyio.current_time()
    (found,) = await ran(Script(refusal(429), GOOD), Case(name="x", query=QUERY))
    assert found.came is Came.OK
    assert anyio.current_time() - began >= 60
    script = Script(refusal(429))
    (found,) = await ran(script, Case(name="x", query=QUERY))
    assert found.came is Came.DIFFERS
    assert len(script.requests) == 2


@pytest.mark.anyio
async def test_a_limit_that_is_asked_for_is_not_waited_for() -> None:
    """The case sends as often as it says, and the last answer counts."""
    limited = b64encode(b"limited-key:").decode()
    case = Case(name="x", query=QUERY, who=Who.LIMITED, times=2, expect=Refused(429))
    script = Script(GOOD, refusal(429))
    (found,) = await ran(script, case, limited=limited)
    assert found.came is Came.OK
    assert len(script.requests) == 2


@pytest.mark.anyio
async def test_requests_keep_to_the_rate() -> None:
    """The pacer says when the next one goes, whoever it is from."""
    taken: list[float] = []

    class Noted(Slots):
        def take(self, now: float, weight: int = 1, since: float | None = None) -> float:
            taken.append(now)
            return super().take(now, weight, since)

    target = Target(url="https://api.example.com/graphql", key=KEY)
    pacer = LocalPacer(Noted(600_000, 60.0, burst=10))
    transport = httpx.MockTransport(Script(GOOD))
    async with httpx.AsyncClient(transport=transport) as http:
        cases = [Case(name=str(n), query=QUERY, expect=Data(), times=2) for n in range(2)]
        assert len([each async for each in run(cases, target, http, pacer)]) == 2
    assert len(taken) == 4

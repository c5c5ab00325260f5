"""What a call can have been charged, at each moment."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from leadiq import Attempt, ConnectError, LeadIQ, Prices, Reply, RequestTimeoutError, Unlock
from leadiq._generated.operations import (
    FLAT_ADVANCED_SEARCH,
    GET_ACCOUNT,
    REGENERATE,
    SEARCH_COMPANY,
    SEARCH_PEOPLE,
)
from leadiq._generated.search_people import SearchPeople
from leadiq.fastapi._meter import Meter, most_of
from leadiq.testing import LocalSandbox
from script import FOUND, failed
from virtual_time import anyio_backend  # noqa: F401

EMAIL, COMPANY = (Unlock.WORK_EMAIL,), (Unlock.WORK_EMAIL, Unlock.COMPANY)
MOST = Decimal(13)
ATTEMPT = Attempt("id", "SearchPeople", 1, b"")


def asked(**members: Any) -> bytes:
    return json.dumps({"input": members}).encode()


@pytest.mark.parametrize(
    ("operation", "variables", "unlock", "most"),
    [
        (GET_ACCOUNT, b"{}", (), "0"),
        (SEARCH_PEOPLE, asked(email="a@example.com", limit=1), (), "0.1"),
        (SEARCH_PEOPLE, asked(email="a@example.com", limit=1), EMAIL, "1"),
        (SEARCH_PEOPLE, asked(email="a@example.com", limit=2), COMPANY, "26"),
        (SEARCH_PEOPLE, asked(email="a@example.com"), EMAIL, "10"),
        (SEARCH_PEOPLE, asked(email="a@example.com", limit=0), EMAIL, "10"),
        (SEARCH_COMPANY, asked(name="Example"), (Unlock.COMPANY,), "120"),
        (FLAT_ADVANCED_SEARCH, asked(limit=25), (), "1"),
        (REGENERATE, asked(), (), "Infinity"),
    ],
)
def test_the_most_that_a_call_can_cost(
    operation: Any, variables: bytes, unlock: tuple[Unlock, ...], most: str
) -> None:
    """By what is unlocked and how many may be found; what has no price is without bound."""
    assert most_of(operation, variables, unlock, Prices()) == Decimal(most)


def replying(*replies: Any) -> Any:
    """Send by a list of replies."""
    left = list(replies)

    async def send() -> Reply:
        reply = left.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return Reply(200, {}, json.dumps(reply).encode())

    return send


@pytest.mark.anyio
@pytest.mark.parametrize("status", [401, 402, 429, 400])
async def test_a_refusal_costs_nothing(status: int) -> None:
    """LeadIQ has looked nothing up."""
    meter = Meter(MOST, EMAIL, Prices())
    assert meter.charged == 0
    await meter(ATTEMPT, replying(failed(status)))
    assert meter.charged == 0


@pytest.mark.anyio
async def test_a_failure_that_says_nothing_costs_the_most() -> None:
    """Nobody knows what LeadIQ did."""
    meter = Meter(MOST, EMAIL, Prices())
    await meter(ATTEMPT, replying(failed(500)))
    assert meter.charged == MOST


@pytest.mark.anyio
async def test_what_never_left_costs_nothing_and_what_did_the_most() -> None:
    """Without a connection LeadIQ has not seen it; without an answer it may have."""
    meter = Meter(MOST, EMAIL, Prices())
    with pytest.raises(ConnectError):
        await meter(ATTEMPT, replying(ConnectError("refused", sent=False)))
    assert meter.charged == 0
    with pytest.raises(RequestTimeoutError):
        await meter(ATTEMPT, replying(RequestTimeoutError("late")))
    assert meter.charged == MOST


@pytest.mark.anyio
async def test_a_refusal_takes_back_nothing_of_an_attempt_before_it() -> None:
    """What may have been charged stays counted."""
    meter = Meter(MOST, EMAIL, Prices())
    send = replying(failed(500), failed(402))
    await meter(ATTEMPT, send)
    await meter(ATTEMPT, send)
    assert meter.charged == MOST


async def one_found(leadiq: LeadIQ, sandbox: LocalSandbox) -> SearchPeople:
    somebody = next(one for one in sandbox.people() if one.work_email)
    found = await leadiq.search_people(email=somebody.work_email, unlock=COMPANY)
    return SearchPeople.model_construct(search_people=found)


@pytest.mark.anyio
@pytest.mark.parametrize(("unlock", "twice"), [(EMAIL, False), (COMPANY, True)])
async def test_an_answer_costs_what_came_back(
    sandbox: LocalSandbox, unlock: tuple[Unlock, ...], twice: bool
) -> None:
    """And what was sent before without an answer, where repeating it is not free."""
    async with sandbox.client() as leadiq:
        answer = await one_found(leadiq, sandbox)
    once, again = Meter(MOST, unlock, Prices()), Meter(MOST, unlock, Prices())
    await once(ATTEMPT, replying(FOUND))
    assert once.read(answer) is answer
    send = replying(failed(500), FOUND)
    await again(ATTEMPT, send)
    await again(ATTEMPT, send)
    again.read(answer)
    assert once.charged == sum(charge.credits for charge in sandbox.ledger()) - (
        0 if twice else sum(c.credits for c in sandbox.ledger() if c.data_point == "Company")
    )
    assert again.charged == once.charged + (MOST if twice else 0)


@pytest.mark.anyio
async def test_an_answer_to_another_call_costs_nothing(sandbox: LocalSandbox) -> None:
    """A call that shared the request of an identical one was not sent by itself."""
    async with sandbox.client() as leadiq:
        answer = await one_found(leadiq, sandbox)
    meter = Meter(MOST, EMAIL, Prices())
    meter.read(answer)
    assert meter.charged == 0


@pytest.mark.anyio
async def test_an_answer_of_another_kind_costs_the_most() -> None:
    """What other operations cost by what came back is not known here."""
    meter = Meter(MOST, EMAIL, Prices())
    await meter(ATTEMPT, replying({"data": {"searchCompany": {}}}))
    meter.read(object())
    assert meter.charged == MOST

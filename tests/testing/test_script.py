"""leadiq.testing._script: answers what is expected, and refuses the rest."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import httpx
import pytest

from leadiq import (
    ConnectError,
    GraphQLError,
    InsufficientCreditsError,
    LeadIQ,
    RateLimitError,
    RetryPolicy,
    ServerError,
)
from leadiq.testing import Script
from leadiq.types import CreateListInput, SearchPeopleInput

pytestmark = pytest.mark.anyio

NOBODY = {"searchPeople": {"totalResults": 0, "hasMore": False, "results": []}}
ADA = SearchPeopleInput(email="ada@example.com")
ONCE = RetryPolicy(attempts=1)


@pytest.mark.parametrize("name", ["SearchPeople", "searchPeople", "search_people"])
async def test_what_is_expected_is_answered(name: str) -> None:
    """An operation is meant by its name, its root field or the method, with its variables."""
    with Script() as script:
        script.expect(name, {"input": {"email": "ada@example.com"}}, reply=NOBODY)
        async with script.client() as leadiq:
            assert (await leadiq.search_people(ADA)).total_results == 0
        assert [one.variables["input"] for one in script.asked] == [{"email": "ada@example.com"}]


async def test_variables_may_be_inputs_and_left_out() -> None:
    """An input of `leadiq.types` stands for its JSON; without variables any will do."""
    with Script() as script:
        script.expect("searchPeople", {"input": ADA}, reply=NOBODY)
        script.expect("createList", reply={"createList": None}, times=2)
        leadiq = script.client()
        await leadiq.search_people(ADA)
        for name in ("a", "b"):
            await leadiq.create_list(CreateListInput(name=name))


async def test_other_requests_are_refused() -> None:
    """An operation that nobody expects fails at the call, and the reply of another is not used."""
    script = Script()
    script.expect("account", reply={"account": None})
    with pytest.raises(AssertionError, match=r"^not expected: SearchPeople$"):
        await script.client().search_people(ADA)
    with pytest.raises(AssertionError, match="not kept") as failure:
        script.check()
    assert str(failure.value).splitlines()[1:] == [
        "  not expected: SearchPeople",
        "  not asked for: account",
    ]


async def test_other_variables_are_refused_and_not_shown() -> None:
    """The failure names the members that differ, never their values; more members differ too."""
    script = Script()
    script.expect("searchPeople", {"input": {"email": "ada@example.com", "limit": 5}}, reply=NOBODY)
    who = SearchPeopleInput(email="eve@example.com", first_name="Eve", last_name="Example")
    with pytest.raises(AssertionError) as failure:
        await script.client().search_people(who)
    places = "input.email, input.firstName, input.lastName, input.limit"
    assert str(failure.value) == f"not expected: SearchPeople; it differs at {places}"


async def test_once_means_once() -> None:
    """A reply is given as often as it was said, and not again."""
    script = Script()
    script.expect("account", reply={"account": None}, times=2)
    leadiq = script.client()
    await leadiq.account()
    await leadiq.account()
    with pytest.raises(AssertionError, match="not expected: GetAccount"):
        await leadiq.account()


async def test_a_refusal_that_was_caught_fails_at_the_end() -> None:
    """Code that swallows every error does not get away with an unexpected request."""
    told = pytest.raises(AssertionError, match="not expected: GetAccount")
    with told, Script() as script, suppress(AssertionError):
        await script.client().account()


async def test_what_was_not_asked_for_fails_at_the_end() -> None:
    """Every expected request has to have come."""
    with pytest.raises(AssertionError, match="not asked for: account"), Script() as script:
        script.expect("account", reply={"account": None})


async def test_a_block_that_fails_shows_its_own_error() -> None:
    """What is missing is a consequence then."""
    told = pytest.raises(LookupError, match="mine")
    with told, Script() as script:
        script.expect("account", reply={"account": None})
        raise LookupError("mine")


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (402, InsufficientCreditsError),
        (429, RateLimitError),
        (503, ServerError),
        (b"<html>", ServerError),
        (httpx.ConnectError("down"), ConnectError),
        ({"data": None, "errors": [{"message": "No."}]}, GraphQLError),
    ],
    ids=["402", "429", "503", "html", "network", "errors"],
)
async def test_failures_are_replies_too(reply: Any, error: type[Exception]) -> None:
    """A status, bytes, an exception or a whole body become the error that LeadIQ's would."""
    with Script() as script:
        script.expect("account", reply=reply)
        with pytest.raises(error):
            await script.client(retry=ONCE).account()


async def test_replies_come_in_their_order() -> None:
    """Of several that fit, the first answers first: a failure, and then the repetition."""
    with Script() as script:
        script.expect("account", reply=503)
        script.expect("account", reply={"account": None})
        policy = RetryPolicy(base_s=0.001, cap_s=0.001)
        assert await script.client(retry=policy).account() is None


async def test_an_empty_reply_is_data() -> None:
    """`{}` is data without a member, and no reply without data."""
    with Script() as script:
        script.expect("usage", reply={})
        assert await script.client().execute("{ usage { plans { name } } }", validate=False) == {}


async def test_any_httpx_client_can_use_it() -> None:
    """A LeadIQ of the test's own, or plain httpx: the transport is all it needs."""
    with Script() as script:
        script.expect("account", reply={"account": None}, times=2)
        script.expect("widgets", {"ids": [date(2026, 1, 2), {"a": 2}]}, reply=b"x")
        async with httpx.AsyncClient(transport=script) as http:
            async with LeadIQ("some-key-of-mine", http_client=http) as leadiq:
                await leadiq.account()
            url = "https://leadiq.example.com/graphql"
            await http.post(url, json={"query": "{ account { plans { name } } }"})
            asked = {"query": "{ widgets }", "variables": {"ids": ["2026-01-02", {"a": 2}]}}
            assert (await http.post(url, json=asked)).content == b"x"


async def test_a_request_without_a_document_is_refused() -> None:
    """Whatever it is, it is named."""
    script = Script()
    async with httpx.AsyncClient(transport=script) as http:
        with pytest.raises(AssertionError, match="not expected: a request without a document"):
            await http.post("https://leadiq.example.com/graphql", content=b"?")


def test_never_is_refused() -> None:
    """What is not expected is refused anyway, so `times` begins at 1."""
    with pytest.raises(ValueError, match="times has to be 1 or more"):
        Script().expect("account", reply=402, times=0)

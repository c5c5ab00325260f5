"""The client: how it is made, what it needs, and what it never shows."""

from __future__ import annotations

import base64
import copy
import pickle
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from leadiq import ConfigurationError, GraphQLError, LeadIQ
from leadiq.types import SearchPeopleInput

RAW = "raw-key-of-the-tests"
ISSUED = base64.b64encode(f"{RAW}:".encode()).decode()
FOUND = {"data": {"searchPeople": {"totalResults": 0, "hasMore": False, "results": []}}}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEADIQ_API_KEY", raising=False)
    monkeypatch.delenv("LEADIQ_ENDPOINT", raising=False)


@pytest.mark.anyio
@pytest.mark.parametrize("key", [RAW, ISSUED, f" {ISSUED}\n"])
async def test_both_forms_of_the_key_give_the_same_header(
    httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Raw or as issued, from the environment: LeadIQ sees the issued form."""
    monkeypatch.setenv("LEADIQ_API_KEY", key)
    httpx_mock.add_response(json=FOUND)
    async with LeadIQ() as leadiq:
        await leadiq.search_people(SearchPeopleInput(email="ada@example.com"))
    (request,) = httpx_mock.get_requests()
    assert request.headers["authorization"] == f"Basic {ISSUED}"
    assert str(request.url) == "https://api.leadiq.com/graphql"


@pytest.mark.anyio
async def test_it_works_without_async_with(httpx_mock: HTTPXMock) -> None:
    """`aclose()` ends a client that no `async with` holds, and may be called again."""
    httpx_mock.add_response(url="https://leadiq.example.com/graphql", json=FOUND)
    leadiq = LeadIQ(RAW, endpoint="https://leadiq.example.com/graphql")
    assert (await leadiq.search_people(SearchPeopleInput(id="PersonID-1"))).results == []
    await leadiq.aclose()
    await leadiq.aclose()


@pytest.mark.anyio
async def test_the_endpoint_comes_from_the_environment_unless_given(
    httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`LEADIQ_ENDPOINT` names another server; an argument wins over it."""
    monkeypatch.setenv("LEADIQ_ENDPOINT", "https://one.example.com/graphql")
    httpx_mock.add_response(is_reusable=True, json=FOUND)
    for endpoint in (None, "https://two.example.com/graphql"):
        async with LeadIQ(RAW, endpoint=endpoint) as leadiq:
            await leadiq.search_people(SearchPeopleInput(id="PersonID-1"))
    assert [r.url.host for r in httpx_mock.get_requests()] == ["one.example.com", "two.example.com"]


@pytest.mark.anyio
async def test_a_callers_own_client_is_used_and_left_open(httpx_mock: HTTPXMock) -> None:
    """A client with hooks of the caller's is what sends, and it is not closed."""
    seen: list[httpx.Request] = []

    async def hook(request: httpx.Request) -> None:
        seen.append(request)

    httpx_mock.add_response(json=FOUND)
    async with httpx.AsyncClient(event_hooks={"request": [hook]}) as own:
        async with LeadIQ(RAW, http_client=own) as leadiq:
            await leadiq.search_people(SearchPeopleInput(id="PersonID-1"))
        assert not own.is_closed
    assert len(seen) == 1


def test_without_a_key_nothing_begins() -> None:
    """No key is a clear error that names the variable, never a silent default."""
    with pytest.raises(ConfigurationError, match="set LEADIQ_API_KEY"):
        LeadIQ()


def test_an_empty_key_does_not_fall_back_to_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An empty argument is a mistake to be told of, not a wish for another key."""
    monkeypatch.setenv("LEADIQ_API_KEY", RAW)
    with pytest.raises(ConfigurationError, match="key is empty"):
        LeadIQ("")


@pytest.mark.parametrize("setting", ["requests_per_minute", "burst", "max_connections"])
def test_settings_that_would_stop_everything_are_refused(setting: str) -> None:
    """Counts begin at 1, and the error names the setting."""
    with pytest.raises(ConfigurationError, match=f"{setting} has to be at least 1"):
        LeadIQ(RAW, **{setting: 0})  # type: ignore[arg-type]


@pytest.mark.parametrize("setting", ["requests_per_minute", "burst", "max_connections"])
@pytest.mark.parametrize("value", ["60", 2.5, float("nan"), True, None])
def test_counts_are_whole_numbers(setting: str, value: object) -> None:
    """A limit that is no number would be none at all; the error names the setting."""
    with pytest.raises(ConfigurationError, match=f"{setting} has to be a whole number"):
        LeadIQ(RAW, **{setting: value})  # type: ignore[arg-type]


async def watching(_: object) -> None:
    """Nobody would wait for it."""


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("pacer", 60),
        ("on_event", "print"),
        ("on_event", watching),
        ("pool", "slow"),
        ("http_client", 5),
        ("http_client", httpx.AsyncClient),
    ],
)
def test_settings_of_the_wrong_kind_are_refused_by_name(setting: str, value: object) -> None:
    """What would fail at the first call, or do nothing, fails where it is written."""
    with pytest.raises(ConfigurationError, match=f"^{setting} has to be") as refused:
        LeadIQ(RAW, **{setting: value})  # type: ignore[arg-type]
    assert not refused.value.sent


def test_a_client_that_is_not_asynchronous_is_refused() -> None:
    """It would send, stop the event loop meanwhile, and lose the answer."""
    with httpx.Client() as client, pytest.raises(ConfigurationError, match="AsyncClient"):
        LeadIQ(RAW, http_client=client)  # type: ignore[arg-type]


@pytest.mark.parametrize("timeout_s", [0.0, -1.0, float("nan")])
def test_a_timeout_has_to_be_positive(timeout_s: float) -> None:
    """A timeout of nothing would fail every call."""
    with pytest.raises(ConfigurationError, match="timeout_s"):
        LeadIQ(RAW, timeout_s=timeout_s)


def test_the_key_is_never_shown() -> None:
    """Neither the client's repr nor its string holds the key in any form."""
    for text in (repr(LeadIQ(RAW)), str(LeadIQ(ISSUED))):
        assert text == "<LeadIQ at api.leadiq.com>"


@pytest.mark.anyio
async def test_a_view_shares_everything_but_its_options(httpx_mock: HTTPXMock) -> None:
    """A view has its own clocks, the same queue, and is closed with the client."""
    httpx_mock.add_response(is_reusable=True, json=FOUND)
    async with LeadIQ(RAW, deadline_s=60) as leadiq:
        view = leadiq.with_options(deadline_s=5)
        await view.search_people(SearchPeopleInput(id="PersonID-1"))
        assert view._shared is leadiq._shared
        assert (view._options.deadline_s, leadiq._options.deadline_s) == (5, 60)
        assert view.statistics().limit == leadiq.statistics().limit == 60
    with pytest.raises(ConfigurationError, match="closed"):
        await view.search_people(SearchPeopleInput(id="PersonID-1"))


def test_a_client_is_not_copied_or_pickled() -> None:
    """Connections and a queue cannot be in two places; the error says what to do instead."""
    leadiq = LeadIQ(RAW)
    for copied in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="use with_options"):
            copied(leadiq)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"key": 5}, "the API key has to be str, not int"),
        ({"key": b"key"}, "the API key has to be str, not bytes"),
        ({"timeout_s": "3"}, "timeout_s has to be greater than 0"),
        ({"retry": None}, "retry has to be a RetryPolicy"),
    ],
)
def test_settings_of_another_kind_are_refused(settings: dict[str, Any], text: str) -> None:
    """What a type checker would have seen is told in one sentence."""
    with pytest.raises(ConfigurationError, match=text):
        LeadIQ(**{"key": RAW, **settings})


@pytest.mark.anyio
@pytest.mark.parametrize("form", [RAW, ISSUED])
async def test_a_key_that_the_server_repeats_is_taken_out(httpx_mock: HTTPXMock, form: str) -> None:
    """Whatever form of the key is in a server's message, it is in no error."""
    httpx_mock.add_response(json={"errors": [{"message": f"bad key {form} of yours"}]})
    async with LeadIQ(RAW) as leadiq:
        with pytest.raises(GraphQLError) as refused:
            await leadiq.search_people(SearchPeopleInput(id="PersonID-1"))
    assert str(refused.value) == "SearchPeople: bad key <hidden> of yours"
    assert form not in repr(refused.value.errors)

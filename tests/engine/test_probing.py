"""How many aliases LeadIQ takes is asked for free."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from in_process import sandboxed, scripted
from leadiq import ConnectError
from leadiq._engine.probing import Probe, probe
from script import Script, failed

pytestmark = pytest.mark.anyio


def account(size: int, headers: Mapping[str, str] | None = None) -> Any:
    data = {f"a{at}": {"__typename": "Account"} for at in range(size)}
    return 200, headers or {}, json.dumps({"data": data}).encode()


async def ask(*replies: Any) -> tuple[Probe, list[int]]:
    """What is found out, and how many aliases each request had."""
    script = Script(*replies, took_s=0.0)
    found = await probe(scripted(script))
    return found, [body["query"].count("account") for body in script.sent]


@pytest.mark.parametrize(("most", "size"), [(None, 25), (25, 25), (24, 12), (5, 3), (2, 1)])
async def test_it_is_found_out_on_a_server(most: int | None, size: int) -> None:
    """The largest of a few sizes that the server takes; nothing is charged."""
    async with sandboxed(max_aliases=most) as leadiq:
        assert await probe(leadiq) == Probe(size, None)
        account = await leadiq.account()
    assert account
    assert account.universal_plan
    assert account.universal_plan.used == 0


@pytest.mark.parametrize("refusal", [failed(400), (413, {}, b""), {"errors": [{"message": "no"}]}])
async def test_what_is_refused_is_asked_for_with_less(refusal: Any) -> None:
    """Whatever a server calls its bound; an alias that is left out is a bound too."""
    assert await ask(refusal, account(11), account(6)) == (Probe(6, None), [25, 12, 6])


async def test_a_429_means_that_each_alias_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is nothing to win, and it is not tried again."""
    assert await ask(failed(429)) == (Probe(1, counted=True), [25])
    async with sandboxed(requests_per_minute=10, aliases="counted") as leadiq:
        assert await probe(leadiq) == Probe(1, counted=True)


@pytest.mark.parametrize("failure", [ConnectError("x", sent=False), failed(500), failed(401)])
async def test_a_failure_says_nothing(failure: Any) -> None:
    """Then batches are tried, as they correct themselves."""
    assert await ask(failure) == (Probe(25, None, is_sure=False), [25])


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("60", "35", Probe(1, counted=True)),
        ("60", "59", Probe(25, counted=False)),
        ("60", "60", Probe(25, None)),
        ("60", "soon", Probe(25, None)),
    ],
)
async def test_a_server_that_tells_what_is_left_is_believed(
    before: str, after: str, found: Probe
) -> None:
    """LeadIQ sends no such header; where one comes, asking again shows what a request counts."""
    replies = [account(25, {"x-ratelimit-remaining": left}) for left in (before, after)]
    assert await ask(*replies) == (found, [25, 25])


async def test_a_second_question_that_fails_spoils_nothing() -> None:
    """What the first told stays."""
    first = account(25, {"ratelimit-remaining": "9"})
    assert await ask(first, failed(500)) == (Probe(25, None), [25, 25])

"""One call: what is sent, when it is sent again, and what the caller gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import anyio
import pytest

from leadiq._conduct.events import Watchers
from leadiq._conduct.options import CallOptions, Options
from leadiq._conduct.pacing import LocalPacer
from leadiq._conduct.retry import RetryPolicy
from leadiq._conduct.shared import Shared
from leadiq._conduct.slots import Slots
from leadiq._core.errors import (
    AuthenticationError,
    ConnectError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
    TransportError,
)
from leadiq._core.pricing import Unlock
from leadiq._generated.client import GeneratedClient
from leadiq.types import CreateListInput, FlatSearchInput, SearchCompanyInput, SearchPeopleInput
from script import COMPANIES, FOUND, LIST, SEARCHED, Script, failed
from virtual_time import anyio_backend  # noqa: F401


def client(
    script: Script, *, limit: int = 600, random: float = 0.5, **options: Unpack[CallOptions]
) -> GeneratedClient:
    pacer = LocalPacer(Slots(limit, 60.0, burst=limit))
    shared = Shared(script, pacer, Watchers(), lambda: random)  # type: ignore[arg-type]
    return GeneratedClient(shared, Options(**options))


EMAIL = SearchPeopleInput(email="ada@example.com")


@pytest.mark.anyio
async def test_a_call_sends_its_document_its_name_and_only_what_was_set() -> None:
    """The body holds the cheapest document, the operation's name, and no unset variable."""
    script = Script(FOUND)
    result = await client(script).search_people(EMAIL)
    (sent,) = script.sent
    assert sent["operationName"] == "SearchPeople"
    assert sent["variables"] == {"input": {"email": "ada@example.com"}}
    assert sent["query"].startswith("query SearchPeople($input:SearchPeopleInput!){")
    assert "emails" not in sent["query"]
    assert result.results == []


@pytest.mark.anyio
async def test_an_unlock_selects_its_fields_and_nothing_else() -> None:
    """Asking for work e-mails adds e-mails, and neither phones nor company information."""
    script = Script(FOUND, FOUND)
    leadiq = client(script)
    await leadiq.search_people(EMAIL, unlock={Unlock.WORK_EMAIL})
    await leadiq.search_people(EMAIL, unlock=["work-email", Unlock.PROFILE])  # type: ignore[list-item]
    assert script.sent[0] == script.sent[1]
    assert "emails" in script.sent[0]["query"]
    assert not {"phones", "personalPhones", "numberOfEmployees"} & set(
        script.sent[0]["query"].split()
    )


@pytest.mark.anyio
@pytest.mark.parametrize("total", [True, False])
async def test_totals_are_asked_for_only_when_wanted(total: bool) -> None:
    """`total` decides whether the slow total is selected."""
    script = Script(SEARCHED)
    await client(script).flat_advanced_search(FlatSearchInput(), total=total)
    assert ("totalPeople" in script.sent[0]["query"]) is total


@pytest.mark.anyio
async def test_what_an_operation_cannot_unlock_is_refused_before_sending() -> None:
    """Unknown words, and unlocks that the operation lacks, are refused naming what there is."""
    script = Script()
    leadiq = client(script)
    with pytest.raises(InputError, match="has no work-email to unlock; it has company"):
        await leadiq.search_company(SearchCompanyInput(name="Example"), unlock={Unlock.WORK_EMAIL})
    with pytest.raises(InputError, match="not one of profile, work-email") as refused:
        await leadiq.search_people(EMAIL, unlock=["fax"])  # type: ignore[list-item]
    assert not refused.value.sent
    with pytest.raises(InputError, match="unlock has to be a set of Unlock"):
        await leadiq.search_people(EMAIL, unlock=5)  # type: ignore[arg-type]
    assert not script.sent


@pytest.mark.anyio
@pytest.mark.parametrize("unlock", ["work-email", Unlock.WORK_EMAIL])
async def test_a_single_word_is_an_unlock(unlock: Any) -> None:
    """One unlock without a set around it is what it says."""
    script = Script(FOUND)
    await client(script).search_people(EMAIL, unlock=unlock)
    assert "emails" in script.sent[0]["query"]


@pytest.mark.anyio
async def test_an_argument_of_another_kind_is_refused_before_sending() -> None:
    """A dict with a typo, or another operation's input, never leaves."""
    script = Script()
    for wrong in ({"emial": "ada@example.com"}, None, SearchCompanyInput(name="Example")):
        with pytest.raises(InputError, match="input has to be a SearchPeopleInput"):
            await client(script).search_people(wrong)  # type: ignore[arg-type]
    assert not script.sent


@pytest.mark.anyio
@pytest.mark.parametrize("branch", [AuthenticationError, InsufficientCreditsError])
async def test_no_key_and_no_credits_are_final(branch: type[LeadIQError]) -> None:
    """401 and 402 inside an HTTP 200 end the call at its first attempt."""
    script = Script(failed(401 if branch is AuthenticationError else 402))
    with pytest.raises(branch) as ended:
        await client(script).search_people(EMAIL)
    assert (ended.value.operation, ended.value.attempts) == ("SearchPeople", 1)
    assert len(script.sent) == 1


@pytest.mark.anyio
async def test_a_rate_limit_inside_a_200_is_waited_out_and_the_call_repeated() -> None:
    """A 429 costs a window, even for a write: it is known not to have been taken."""
    script = Script(failed(429), LIST)
    assert await client(script).create_list(CreateListInput(name="leads")) is None
    assert script.at[1] - script.at[0] == pytest.approx(60.1)


@pytest.mark.anyio
async def test_a_rate_limit_holds_back_every_call_of_the_client() -> None:
    """While one call waits out a 429, another one is not sent either."""
    script = Script(failed(429), FOUND, FOUND)
    leadiq = client(script)

    async def later() -> None:
        await anyio.sleep(1.0)
        await leadiq.search_people(EMAIL)

    async with anyio.create_task_group() as group:
        group.start_soon(later)
        await leadiq.search_people(EMAIL)
    assert min(script.at[1:]) - script.at[0] >= 60.0


@pytest.mark.anyio
async def test_rate_limits_without_end_end_the_call_with_the_time_waited() -> None:
    """Attempts are bounded, and the error tells how long the call waited in all."""
    script = Script(*[failed(429)] * 2)
    with pytest.raises(RateLimitError, match=r"SearchPeople: .*; given up after 2") as ended:
        await client(script, retry=RetryPolicy(attempts=2)).search_people(EMAIL)
    assert ended.value.waited_s == pytest.approx(60.0)


@pytest.mark.anyio
@pytest.mark.parametrize("lost", [ServerError("502"), TransportError("reset")])
async def test_a_read_is_repeated_when_its_outcome_is_unknown(lost: LeadIQError) -> None:
    """Reads may be sent again after a lost reply, with jittered, growing waits."""
    script = Script(lost, lost, FOUND)
    await client(script).search_people(EMAIL)
    waits = [b - a - 0.1 for a, b in zip(script.at, script.at[1:], strict=False)]
    assert waits == pytest.approx([0.25, 0.5])


@pytest.mark.anyio
@pytest.mark.parametrize("lost", [ServerError("502"), RequestTimeoutError("slow")])
async def test_a_write_is_never_repeated_when_its_outcome_is_unknown(lost: LeadIQError) -> None:
    """createList may have happened: it is sent once and the error is given to the caller."""
    script = Script(lost)
    with pytest.raises(type(lost)):
        await client(script).create_list(CreateListInput(name="leads"))
    assert len(script.sent) == 1


@pytest.mark.anyio
async def test_a_write_that_was_never_sent_is_repeated() -> None:
    """A refused connection means that LeadIQ has not seen the request."""
    script = Script(ConnectError("refused", sent=False), LIST)
    await client(script).create_list(CreateListInput(name="leads"))
    assert len(script.sent) == 2


@pytest.mark.anyio
async def test_every_attempt_takes_a_slot_again() -> None:
    """Retries count against the rate limit like first attempts."""
    script = Script(ServerError("502"), FOUND)
    await client(script, limit=1, random=0.0).search_people(EMAIL)
    assert script.at[1] - script.at[0] == pytest.approx(60.1)


@pytest.mark.anyio
async def test_documents_and_envelopes_are_prepared_once() -> None:
    """The second call of a kind reuses the encoded document and the decoder."""
    script = Script(FOUND, FOUND, COMPANIES)
    leadiq = client(script)
    results: Sequence[Any] = [await leadiq.search_people(EMAIL) for _ in range(2)]
    await leadiq.search_company(SearchCompanyInput(name="Example"))
    assert results[0] == results[1]
    assert [s["operationName"] for s in script.sent] == ["SearchPeople"] * 2 + ["SearchCompany"]

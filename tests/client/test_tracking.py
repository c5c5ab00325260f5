"""Tracking, as the client offers it: many companies, runs over contacts, the feed of changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import anyio
import pytest

from leadiq import (
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    OutcomeUnknownError,
    RequestTimeoutError,
    TrackingCancelledError,
    TrackingError,
)
from leadiq._engine.writes import WriteStatus
from leadiq.types import (
    AddTrackedCompanyInput,
    CompanyFilter,
    FlatSearchInput,
    TrackContactInput,
    TrackContactsInput,
)
from script import Script, failed
from team_replies import (
    abandoned,
    add_result,
    added,
    contacts,
    contacts_begun,
    refused,
    removed,
    scripted,
)
from virtual_time import anyio_backend  # noqa: F401

DONE, REFUSED = WriteStatus.DONE, WriteStatus.REFUSED
UNKNOWN, NOT_SENT = WriteStatus.UNKNOWN, WriteStatus.NOT_SENT
LOST = RequestTimeoutError("no answer", sent=True)
ADA = TrackContactInput(company_name="A", first_name="Ada", last_name="Example")
WATCH = TrackContactsInput(import_id="import-1", contacts=[ADA])


def companies(names: str) -> list[AddTrackedCompanyInput]:
    return [AddTrackedCompanyInput(name=n, domain=f"{n}.example.com") for n in names]


def results(names: str) -> list[dict[str, Any]]:
    return [add_result(n, f"{n}.example.com") for n in names]


@pytest.mark.anyio
async def test_companies_are_added_in_chunks_with_a_result_each() -> None:
    """Three companies, two to a call: two requests, and every one has its result."""
    script = Script(added(*results("ba")), added(add_result("c", "c.example.com", "unknown")))
    report = await scripted(script).add_companies(companies("abc"), per_call=2)
    assert [row.status for row in report.rows] == [DONE, DONE, REFUSED]
    assert [tracked.name for tracked in report.answers] == ["a", "b"]
    chunks = [body["variables"]["input"]["companies"] for body in script.sent]
    assert [[c["name"] for c in chunk] for chunk in chunks] == [["a", "b"], ["c"]]


@pytest.mark.anyio
@pytest.mark.parametrize("lost", [LOST, failed(500)], ids=["timeout", "500"])
async def test_a_chunk_whose_answer_is_lost_is_unknown_and_sent_once(lost: Any) -> None:
    """What was added before and after is reported; the chunk in doubt is not sent again."""
    script = Script(added(*results("a")), lost, added(*results("c")))
    report = await scripted(script).add_companies(companies("abc"), per_call=1)
    assert [row.status for row in report.rows] == [DONE, UNKNOWN, DONE]
    assert len(script.sent) == 3


@pytest.mark.anyio
async def test_a_chunk_that_is_refused_stops_the_rest_and_says_so() -> None:
    """No credits: what was added is reported, the rest was not sent."""
    script = Script(added(*results("a")), failed(402))
    report = await scripted(script).add_companies(companies("abc"), per_call=1)
    assert [row.status for row in report.rows] == [DONE, REFUSED, NOT_SENT]
    assert isinstance(report.stopped_by, InsufficientCreditsError)


@pytest.mark.anyio
async def test_results_beside_an_error_count() -> None:
    """Results that came with an error are results; null is none."""
    answer = added(*results("a"))["data"]["addTrackedCompanies"]
    script = Script(
        refused("half", addTrackedCompanies=answer), {"data": {"addTrackedCompanies": None}}
    )
    report = await scripted(script).add_companies(companies("ab"), per_call=1)
    assert [row.status for row in report.rows] == [DONE, UNKNOWN]


@pytest.mark.anyio
async def test_companies_are_removed_in_chunks() -> None:
    """Each id has its result; a lost call is repeated, as removing twice does no harm."""
    script = Script(
        LOST, removed("1", not_found=("2",)), {"data": {"removeTrackedCompanies": None}}
    )
    report = await scripted(script).remove_companies(["1", "2", "3"], per_call=2)
    assert [row.status for row in report.rows] == [DONE, WriteStatus.NOT_FOUND, UNKNOWN]


@pytest.mark.anyio
async def test_bad_rows_are_refused_before_anything_is_sent() -> None:
    """The place and the field are named, and no chunk goes ahead."""
    script = Script()
    leadiq = scripted(script)
    with pytest.raises(InputError, match=r"companies\[1\].domain"):
        await leadiq.add_companies(
            [*companies("a"), AddTrackedCompanyInput(name="b", domain="b")], per_call=1
        )
    with pytest.raises(InputError, match=r"ids\[0\]"):
        await leadiq.remove_companies([""])
    with pytest.raises(InputError, match="ids: has to be a list, not str"):
        await leadiq.remove_companies("an-id")
    for method, rows in ((leadiq.add_companies, companies("a")), (leadiq.remove_companies, ["1"])):
        with pytest.raises(InputError, match="per_call"):
            await method(rows, per_call=0)  # type: ignore[operator]
    assert script.sent == []


@pytest.mark.anyio
async def test_clearing_says_what_is_left() -> None:
    """Success gives what remains; anything else is an error that says what to do."""
    cleared = {"data": {"removeAllTrackedCompanies": {"success": True, "totalRemaining": 0}}}
    kept = {"data": {"removeAllTrackedCompanies": {"success": False, "totalRemaining": 5}}}
    assert await scripted(Script(cleared)).clear_companies() == 0
    for reply in (kept, {"data": {"removeAllTrackedCompanies": None}}):
        with pytest.raises(TrackingError, match="try again"):
            await scripted(Script(reply)).clear_companies()


@pytest.mark.anyio
async def test_contacts_are_watched_until_their_run_is_over() -> None:
    """One start, looks with the import's id, then the contacts."""
    script = Script(contacts_begun(), contacts(processing=True), contacts("1"), contacts("1", "2"))
    run = scripted(script).watch_contacts(WATCH)
    assert [contact.id async for contact in run] == ["1", "2"]
    assert run.id == "import-1"
    assert [b["variables"].get("importId") for b in script.sent[1:]] == ["import-1"] * 3
    assert script.sent[1]["variables"]["limit"] == 1


@pytest.mark.anyio
async def test_contacts_whose_start_is_unknown_are_looked_for_not_sent_again() -> None:
    """The import's own id tells whether LeadIQ has it; the start is never repeated."""
    script = Script(LOST, contacts(), contacts("1"))
    leadiq = scripted(script)
    run = leadiq.watch_contacts(WATCH)
    with pytest.raises(RequestTimeoutError):
        await run.start()
    with pytest.raises(OutcomeUnknownError):
        await run.start()
    again = leadiq.watch_contacts(import_id="import-1")
    assert [contact.id async for contact in again] == ["1"]
    assert [body["operationName"] for body in script.sent].count("TrackContacts") == 1


@pytest.mark.anyio
async def test_a_run_over_contacts_is_given_up() -> None:
    """`cancel` abandons the batch, and iterating tells that it was cancelled."""
    script = Script(
        abandoned(success=True),
        abandoned(success=False, code="AlreadyCompleted"),
        contacts(errorCode="Canceled"),
        contacts(),
    )
    run = scripted(script).watch_contacts(import_id="import-1")
    assert await run.cancel("enough")
    assert not await run.cancel()
    assert script.sent[0]["variables"] == {"importId": "import-1", "reason": "enough"}
    assert script.sent[1]["variables"] == {"importId": "import-1"}
    with pytest.raises(TrackingCancelledError):
        await anext(run)


def test_contacts_that_cannot_be_sent_are_refused() -> None:
    """Names and addresses are checked before the run is made."""
    leadiq = scripted(Script())
    with pytest.raises(InputError, match="give exactly one"):
        leadiq.watch_contacts()
    bad = ADA.model_copy(update={"email": "ada"})
    with pytest.raises(InputError, match=r"contacts\[0\].email"):
        leadiq.watch_contacts(TrackContactsInput(import_id="x", contacts=[bad]))


@pytest.mark.anyio
async def test_changes_go_through_the_client() -> None:
    """The feed asks with the client's own search, without the slow total."""
    person = {
        "id": "p",
        "companyId": "c",
        "updatedAt": "2026-01-02T00:00:00Z",
        "currentPositionStartDate": "2026-01-01T00:00:00Z",
    }
    script = Script({"data": {"flatAdvancedSearch": {"people": [person]}}}, LeadIQError("stop"))
    search = FlatSearchInput(company_filter=CompanyFilter(domains=["a.example.com"]))
    feed = scripted(script).changes(search, since=datetime(2026, 1, 1, tzinfo=UTC))
    assert (await anext(feed)).id == "p"
    assert "totalPeople" not in script.sent[0]["query"]
    began = anyio.current_time()
    with pytest.raises(LeadIQError, match="stop"):
        await anext(feed)
    assert anyio.current_time() - began == pytest.approx(86_400, abs=1)

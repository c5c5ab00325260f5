"""Tracking and records against the sandbox: the server that has all of LeadIQ's fields."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from leadiq import LeadIQ, ListExistsError, StillRunningError, TrackingCancelledError
from leadiq._engine import polling
from leadiq._engine.writes import WriteStatus
from leadiq.sandbox import SandboxApp, SandboxSettings, build_app
from leadiq.types import (
    AddTrackedCompanyInput,
    ApiPersonFeedback,
    CreateListInput,
    CreateProspectInput,
    FlatSearchInput,
    StartCompanyTrackingTaskInput,
    TrackContactInput,
    TrackContactsInput,
)

SINCE_EPOCH = timedelta(days=60)


def quick() -> float:
    """A minute of the sandbox is a twentieth of a second."""
    return time.monotonic() * 1200


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sandbox searches in threads, for which virtual time does not wait."""
    for name in ("TRACKING", "REFRESH"):
        monkeypatch.setattr(polling, name, polling.Intervals(0.01, 1.2, 0.05))


@asynccontextmanager
async def sandbox(**settings: Any) -> AsyncIterator[tuple[LeadIQ, SandboxApp]]:
    """A sandbox in process whose clock is the loop's, and a client of it."""
    chosen = {"people": 1000, "requests_per_minute": None, "clock": quick}
    app = build_app(SandboxSettings(**chosen | settings))
    transport = httpx.ASGITransport(app=app)
    async with (
        httpx.AsyncClient(transport=transport) as own,
        LeadIQ(
            app.settings.key,
            endpoint="https://sandbox.test/graphql",
            http_client=own,
            requests_per_minute=60_000,
            burst=1000,
        ) as leadiq,
    ):
        yield leadiq, app


async def firms(leadiq: LeadIQ, count: int) -> list[AddTrackedCompanyInput]:
    """Companies that the sandbox knows."""
    from leadiq import Unlock

    found = await leadiq.flat_advanced_search(
        FlatSearchInput(limit=count), unlock={Unlock.COMPANY}, everyone=True
    )
    known = {p.company.domain: p.company.name for p in found.people if p.company}
    return [AddTrackedCompanyInput(name=n, domain=d) for d, n in known.items() if d and n]


@pytest.mark.anyio
async def test_companies_are_tracked_from_first_to_last() -> None:
    """Added, listed, searched for job changes, taken up again, removed and cleared."""
    async with sandbox(tracking_s=90.0) as (leadiq, _):
        companies = await firms(leadiq, 25)
        report = await leadiq.add_companies(companies, per_call=10)
        assert report.complete
        tracked = [company.id async for company in leadiq.iter_tracked_companies()]
        assert tracked == [company.id for company in report.answers]

        run = leadiq.track_companies(StartCompanyTrackingTaskInput(months_back=24))
        found = [change.id async for change in run]
        assert found
        assert run.id
        again = leadiq.track_companies(task_id=run.id)
        assert [change.id async for change in again] == found
        assert await run.cancel() is False

        removed = await leadiq.remove_companies([tracked[0], "nobody"])
        assert [row.status for row in removed.rows] == [WriteStatus.DONE, WriteStatus.NOT_FOUND]
        assert await leadiq.clear_companies() == 0


@pytest.mark.anyio
async def test_a_task_is_cancelled_or_outlived() -> None:
    """Cancelled by its caller, and by a caller's patience left to go on."""
    async with sandbox(tracking_s=50_000.0) as (leadiq, _):
        await leadiq.add_companies(await firms(leadiq, 5))
        run = leadiq.track_companies(StartCompanyTrackingTaskInput(), wait_s=0.05)
        with pytest.raises(StillRunningError):
            await run.wait()
        assert await run.cancel("enough")
        with pytest.raises(TrackingCancelledError):
            await run.wait()


@pytest.mark.anyio
async def test_contacts_are_watched() -> None:
    """A run over people whom the sandbox knows ends with each of them that moved."""
    async with sandbox(tracking_s=90.0) as (leadiq, _):
        page = await leadiq.flat_advanced_search(FlatSearchInput(limit=25), everyone=True)
        contacts = [
            TrackContactInput(
                company_name="Old Company", first_name=p.first_name, last_name=p.last_name,
                personal_linked_in_url=p.linkedin_url, reference_id=p.id,
            )
            for p in page.people
            if p.first_name and p.last_name
        ]  # fmt: skip
        run = leadiq.watch_contacts(TrackContactsInput(import_id="import-1", contacts=contacts))
        found = [contact.reference_id async for contact in run]
        assert found
        assert {*found} <= {contact.reference_id for contact in contacts}
        again = leadiq.watch_contacts(import_id="import-1")
        assert [contact.reference_id async for contact in again] == found


@pytest.mark.anyio
async def test_lists_are_found_made_and_filled() -> None:
    """A conflict gives the list; prospects are saved, one each."""
    async with sandbox() as (leadiq, _):
        made = await leadiq.find_or_create_list("Q3", "leads of the quarter")
        assert (await leadiq.find_or_create_list("q3")).id == made.id
        with pytest.raises(ListExistsError) as conflict:
            await leadiq.create_list(CreateListInput(name="Q3"))
        assert conflict.value.list.id == made.id
        rows = [CreateProspectInput(first_name=n, last_name="Example") for n in "abc"]
        report = await leadiq.add_prospects(made.id, rows)
        assert report.complete
        listed = {prospect.id async for prospect in leadiq.iter_list_prospects(made.id)}
        assert listed == {prospect.id for prospect in report.answers}


@pytest.mark.anyio
async def test_a_person_is_researched_again() -> None:
    """It ends, by the sandbox's clock, after it began; somebody unknown is not waited for."""
    async with sandbox(regenerate_s=30.0) as (leadiq, app):
        (person, *_) = (
            await leadiq.flat_advanced_search(FlatSearchInput(limit=1), everyone=True)
        ).people
        refreshed = await leadiq.refresh_person(person.id)
        assert refreshed.answer == "Started"
        assert refreshed.finished_at
        assert refreshed.finished_at >= app.settings.epoch + timedelta(seconds=29)
        assert await leadiq.wait_for_refresh(person.id) == refreshed.finished_at
        nobody = await leadiq.refresh_person("PersonID-00000000-0000-4000-8000-000000000000")
        assert nobody.answer == "NotFound"
        feedback = ApiPersonFeedback(person_id=person.id, value="ada@example.com")
        assert await leadiq.submit_person_feedback(feedback)


@pytest.mark.anyio
async def test_the_account_has_prices_a_balance_and_a_token() -> None:
    """Read from the account that the sandbox shows, and the token wrapped."""
    async with sandbox(credits=Decimal(500)) as (leadiq, _):
        assert (await leadiq.prices()).phone == 10
        balance = await leadiq.balance()
        assert balance
        assert balance.available == 500
        token = await leadiq.workato_credentials("https://app.example.com")
        assert token.token.get_secret_value() not in repr(token)


@pytest.mark.anyio
async def test_changes_are_those_of_the_sandboxs_own_listing() -> None:
    """One look tells everybody who joined a company in the span, and another one nobody."""
    async with sandbox(people=400) as (leadiq, app):
        since = app.settings.epoch - SINCE_EPOCH
        feed = leadiq.changes(FlatSearchInput(), since=since, every_s=None, everyone=True)
        told = [person.id async for person in feed]
        assert len(told) == len({*told}) > 0
        everybody = [
            person
            async for person in leadiq.iter_flat_advanced_search(FlatSearchInput(), everyone=True)
        ]
        first = since - timedelta(days=90)
        moved = {
            p.id
            for p in everybody
            if p.updated_at and p.updated_at >= since
            and p.current_position_start_date and p.current_position_start_date >= first
            and (p.person_job_change is None or p.person_job_change.job_change_type == "JobChange")
        }  # fmt: skip
        assert {*told} <= {p.id for p in everybody}
        assert moved - {*told} == set()
        again = leadiq.changes(FlatSearchInput(), since=feed.watermark, every_s=None, everyone=True)
        assert [person async for person in again] == []

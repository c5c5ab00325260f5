"""leadiq.testing._recorder: a run that is kept without anybody, and played again."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from leadiq import InsufficientCreditsError, LeadIQ, RetryPolicy, ServerError, Unlock
from leadiq.sandbox import Gateway, SandboxSettings
from leadiq.testing import LocalSandbox, Recorder, assert_no_personal_data, replay
from leadiq.types import (
    ContactFilter,
    CreateListInput,
    CreateProspectInput,
    FlatSearchInput,
    SearchPeopleInput,
    Seniority,
)

pytestmark = pytest.mark.anyio

EVERYTHING = {
    *(Unlock.WORK_EMAIL, Unlock.PERSONAL_EMAIL, Unlock.WORK_PHONE),
    *(Unlock.PERSONAL_PHONE, Unlock.COMPANY),
}


async def everything(leadiq: LeadIQ, sandbox: LocalSandbox) -> None:
    """Ask for people in every way: by id, address, name and filter, and put somebody on a list."""
    there = (one for one in sandbox.people() if one.work_email and one.personal_phone)
    people = [*islice(there, 6)]
    for one in people[:3]:
        await leadiq.search_people(SearchPeopleInput(id=one.id), unlock=EVERYTHING)
    for one in people[3:]:
        asked = SearchPeopleInput(email=one.work_email)
        found = await leadiq.search_people(asked, unlock=EVERYTHING)
        assert found.results
    wanted = ContactFilter(names=[people[0].last_name], seniorities=[Seniority.VP])
    await leadiq.flat_advanced_search(FlatSearchInput(contact_filter=wanted))
    made = await leadiq.create_list(CreateListInput(name="Everybody"))
    assert made
    prospect = CreateProspectInput(
        first_name="Ottoline", last_name="Fields", work_email="o@fields.example.com", notes="A note"
    )
    await leadiq.add_prospect_to_list(made.id, prospect)
    document = '{ a: searchPeople(input: {id: "%s"}) { results { b: name { c: fullName } } } }'
    await leadiq.execute(document % people[5].id)


async def test_a_recording_names_nobody(tmp_path: Path) -> None:
    """Nothing of those who were served or asked for is in the file, nor is the key."""
    path = tmp_path / "deep" / "run.json"
    with LocalSandbox() as sandbox:
        with Recorder(path, key=sandbox.key) as recorder:
            await everything(sandbox.client(middleware=[recorder]), sandbox)
        text = path.read_text(encoding="utf-8")
        named = text.replace("@example.com", " at ").replace("linkedin.com/in/person-", " in ")
        named = named.replace("+1200555", "")
        assert_no_personal_data(named, sandbox)
    assert "person1@example.com" in text
    assert "Name1" in text
    assert "Everybody" in text


async def test_a_recording_is_played_again(tmp_path: Path) -> None:
    """Asked with the synthetic values of the file, a script answers what LeadIQ answered."""
    path = tmp_path / "run.json"
    with LocalSandbox() as sandbox:
        one = next(one for one in sandbox.people() if one.work_email)
        with Recorder(path, key=sandbox.key) as recorder:
            real = sandbox.client(middleware=[recorder])
            asked = SearchPeopleInput(email=one.work_email)
            found = await real.search_people(asked, unlock={Unlock.WORK_EMAIL})
    with replay(path) as script:
        asked = SearchPeopleInput(email="person1@example.com")
        again = await script.client().search_people(asked, unlock={Unlock.WORK_EMAIL})
    was, now = found.results[0], again.results[0]
    assert was.name
    assert now.name
    assert now.current_positions[0].title == was.current_positions[0].title
    assert now.current_positions[0].emails[0].value == "person1@example.com"
    assert now.name.full_name == f"{now.name.first} {now.name.last}"
    assert now.name.full_name != was.name.full_name


async def test_another_selection_is_refused(tmp_path: Path) -> None:
    """A document that asks for more than was recorded has no reply, and says so."""
    path = tmp_path / "run.json"
    with LocalSandbox() as sandbox:
        one = next(sandbox.people())
        with Recorder(path, key=sandbox.key) as recorder:
            real = sandbox.client(middleware=[recorder])
            await real.search_people(SearchPeopleInput(id=one.id))
    recorded = json.loads(path.read_text())["exchanges"][0]["variables"]["input"]["id"]
    again = replay(path).client()
    with pytest.raises(AssertionError, match="it differs at the document"):
        await again.search_people(SearchPeopleInput(id=recorded), unlock={Unlock.WORK_EMAIL})


async def test_failures_are_recorded_too(tmp_path: Path) -> None:
    """Refusals, pages of gateways and their statuses come back as they were."""
    path = tmp_path / "run.json"
    once = RetryPolicy(attempts=1)

    async def failing(leadiq: LeadIQ) -> None:
        with pytest.raises(ServerError):
            await leadiq.account()
        with pytest.raises(InsufficientCreditsError):
            await leadiq.search_people(
                SearchPeopleInput(id="PersonID-00000000-0000-4000-8000-000000000001")
            )

    from decimal import Decimal

    with LocalSandbox(SandboxSettings(people=10, credits=Decimal(0), misses="billed")) as sandbox:
        sandbox.set_faults(Gateway(status=502, requests=(1,)))
        with Recorder(path, key=sandbox.key) as recorder:
            await failing(sandbox.client(middleware=[recorder], retry=once))
    assert [one["status"] for one in json.loads(path.read_text())["exchanges"]] == [502, 200]
    with replay(path) as script:
        await failing(script.client(retry=once))


async def test_what_was_paid_for_is_kept_when_the_run_fails(tmp_path: Path) -> None:
    """The file is written by an exception too."""
    path = tmp_path / "run.json"
    told = pytest.raises(LookupError)
    with LocalSandbox() as sandbox, told, Recorder(path) as recorder:
        await sandbox.client(middleware=[recorder]).account()
        raise LookupError
    assert len(json.loads(path.read_text())["exchanges"]) == 1


def test_a_recording_is_not_written_over(tmp_path: Path) -> None:
    """A file that exists is refused before anything is asked, unless that is said."""
    path = tmp_path / "run.json"
    path.write_text("mine")
    with pytest.raises(FileExistsError, match=r"run\.json exists; record to another file"):
        Recorder(path).__enter__()
    assert path.read_text() == "mine"
    with Recorder(path, overwrite=True):
        pass
    assert json.loads(path.read_text()) == {"format": 1, "exchanges": []}


def test_the_key_of_the_environment_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LeadIQ may repeat the key in a message: it is not in the file in either form."""
    monkeypatch.setenv("LEADIQ_API_KEY", "raw-key-of-a-test")

    async def run(recorder: Recorder) -> None:
        from leadiq import Attempt, Reply

        async def send() -> Reply:
            message = "raw-key-of-a-test and cmF3LWtleS1vZi1hLXRlc3Q6 are wrong"
            body = {"data": None, "errors": [{"message": message}]}
            return Reply(200, {}, json.dumps(body).encode())

        asked = {"query": "{ account { plans { name } } }", "variables": {}}
        await recorder(Attempt("1", "account", 1, json.dumps(asked).encode()), send)

    import anyio

    with Recorder(tmp_path / "run.json") as recorder:
        anyio.run(run, recorder)
    text = (tmp_path / "run.json").read_text()
    assert "key-1" in text
    assert "raw-key" not in text
    assert "cmF3LWtle" not in text


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"format": 2}', '{"format": 1}', '{"format": 1, "exchanges": [{}]}'],
)
def test_what_is_no_recording_is_refused(tmp_path: Path, content: Any) -> None:
    """With what to do about it."""
    path = tmp_path / "run.json"
    path.write_text(content)
    with pytest.raises(ValueError, match="is no recording of this version; record it again"):
        replay(path)

"""A person is removed from every job, the books stay, and it can be proved."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq import ConfigurationError, InputError, JournalError, Unlock
from leadiq._engine.identity import Lead
from leadiq._jobs import forgetting
from leadiq._jobs.forgetting import AUDIT_FILE, forget_person, proves
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.lookups import question
from leadiq._jobs.store import Store

from .conftest import HEAD, email, person, position, reply

pytestmark = pytest.mark.anyio

ID = "PersonID-00000000-0000-4000-8000-00000000000a"
BOB = "PersonID-00000000-0000-4000-8000-00000000000b"
SLUG = "ann-marker"
LINK = f"https://www.linkedin.com/in/{SLUG}"
NOW = 1_700_000_000.0
D = Decimal

BY_EMAIL = Lead(email="ann@example.com")
BY_LINK = Lead(linkedin_url=LINK)
BY_ID = Lead(person_id=ID)
BY_NAME = Lead(first_name="Ann", last_name="Marker", company="Example")
OF_BOB = Lead(email="bob@example.com")

ANN = person(ID, linkedin={"linkedinUrl": LINK.upper().replace("HTTPS", "https")})
ANN_AT = person(ID, currentPositions=[position(emails=[email("Ann@Example.com")])])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash of the proof is slow on purpose."""
    monkeypatch.setattr(forgetting, "_ROUNDS", 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


async def job(
    store: Store,
    number: int,
    answers: dict[Lead, Any],
    unlock: tuple[str, ...] = ("work-email",),
) -> Journal:
    """The number-th job: leads, and what was answered; None if nothing was."""
    head = replace(HEAD, began=HEAD.began + 100 * number, unlock=unlock)
    journal = store.create(head)
    for lead, answer in answers.items():
        asked = key(lead, unlock)
        await journal.claim(asked, D(1))
        await journal.sent(asked, "id")
        if answer is None:
            await journal.lost(asked)
        else:
            await journal.answered(asked, 200, json.dumps(answer).encode())
            await journal.settle(asked, D("0.1"), {"attempts": 1})
    journal.close()
    return journal


def key(lead: Lead, unlock: tuple[str, ...] = ("work-email",)) -> bytes:
    return question(lead.to_input(), frozenset(map(Unlock, unlock)))


def states(journal: Journal, *leads: Lead) -> list[State]:
    journal = Journal.open(journal.path)
    entries = [journal.find(key(lead, journal.head.unlock)) for lead in leads]
    journal.close()
    return [entry.state for entry in entries if entry]


def written(store: Store) -> str:
    return b"".join(path.read_bytes() for path in store.directory.iterdir()).decode("latin-1")


def audit(store: Store) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (store.directory / AUDIT_FILE).read_text().splitlines()]


@pytest.mark.parametrize("text", ["ANN@example.com", LINK, ID])
async def test_one_identifier_leads_to_everything(store: Store, text: str) -> None:
    """What was asked by any of them, and what was answered with any of them, in all jobs."""
    bob = reply(person(BOB, currentPositions=[position(emails=[email("bob@example.com")])]))
    cheap = await job(store, 1, {BY_LINK: reply(ANN), OF_BOB: reply(person(BOB))}, ())
    dear = await job(
        store, 2, {BY_NAME: reply(ANN_AT), BY_EMAIL: None, BY_ID: reply(), OF_BOB: bob}
    )
    before = written(store).casefold()
    assert SLUG in before
    assert "ann@example" in before
    done = forget_person(store, text, NOW)
    assert done == ({cheap.path.stem: 1, dear.path.stem: 3}, {})
    assert states(cheap, BY_LINK, OF_BOB) == [State.FORGOTTEN, State.SETTLED]
    forgotten = [State.FORGOTTEN] * 3
    assert states(dear, BY_NAME, BY_EMAIL, BY_ID, OF_BOB) == [*forgotten, State.SETTLED]
    after = written(store)
    for trace in (SLUG, "ann@example", "ann-", ID, "Ann"):
        assert trace.casefold() not in after.casefold(), trace
    assert "bob@example.com" in after


async def test_the_books_stay(store: Store) -> None:
    """What was charged, and what may have been, counts as before."""
    journal = await job(store, 1, {BY_NAME: reply(ANN_AT), BY_EMAIL: None})
    forget_person(store, "ann@example.com", NOW)
    again = Journal.open(journal.path)
    assert again.totals() == ({State.FORGOTTEN: 2}, D("0.1"), D(1))
    again.close()


async def test_jobs_without_the_person_are_not_written_to(store: Store) -> None:
    """What has nothing to do with the person stays as it is, to the byte."""
    other = await job(store, 1, {OF_BOB: reply(person(BOB))})
    before = other.path.read_bytes()
    assert forget_person(store, "ann@example.com", NOW).lookups == {}
    assert other.path.read_bytes() == before


async def test_it_can_be_proved_and_not_be_read(store: Store) -> None:
    """The audit says when and how much; who, only to somebody who knows already."""
    journal = await job(store, 1, {BY_NAME: reply(ANN_AT)})
    forget_person(store, "ann@example.com", NOW)
    forget_person(store, "ann@example.com", NOW + 1)
    first, second = audit(store)
    assert (first["when"], first["lookups"]) == ("2023-11-14T22:13:20+00:00", 1)
    assert first["jobs"] == {journal.path.stem: 1}
    assert (second["lookups"], second["jobs"], second["not_searched"]) == (0, {}, 0)
    assert proves(first, " Ann@EXAMPLE.com")
    assert proves(second, "ann@example.com")
    assert not proves(first, "bob@example.com")
    assert first["proof"] != second["proof"]
    assert "example" not in (store.directory / AUDIT_FILE).read_text()
    assert stat.S_IMODE((store.directory / AUDIT_FILE).stat().st_mode) == 0o600


async def test_without_a_job_there_is_a_line_all_the_same(tmp_path: Path) -> None:
    """That nothing was there is worth a proof too; who names nobody leaves none."""
    store = Store(tmp_path / "new")
    with pytest.raises(InputError):
        forget_person(store, "ann", NOW)
    assert not store.directory.exists()
    assert forget_person(store, "ann@example.com", NOW) == ({}, {})
    assert audit(store)[0]["lookups"] == 0


async def test_nothing_is_forgotten_while_a_job_is_under_way(store: Store) -> None:
    """All or nothing: another process could keep what is removed elsewhere."""
    quiet = await job(store, 1, {BY_EMAIL: reply(ANN_AT)})
    busy = store.create(HEAD)
    with pytest.raises(ConfigurationError, match=rf"at {busy.path.stem}: .* nobody was forgotten"):
        forget_person(store, "ann@example.com", NOW)
    busy.close()
    assert states(quiet, BY_EMAIL) == [State.SETTLED]
    assert not (store.directory / AUDIT_FILE).exists()


async def test_what_cannot_be_read_is_told_and_stops_nothing(store: Store) -> None:
    """A foreign file, and a job that turns out to be damaged, are named and left alone."""
    good = await job(store, 1, {BY_EMAIL: reply(ANN_AT)})
    bad = await job(store, 2, {BY_EMAIL: reply(ANN_AT)})
    journal = Journal.open(bad.path)
    journal._database.execute("update lookup set receipt = 'odd'")
    journal.close()
    (store.directory / "foreign.job").write_text("x" * 5000)
    done = forget_person(store, "ann@example.com", NOW)
    assert done.lookups == {good.path.stem: 1}
    assert done.unreadable == {
        bad.path.stem: f"{bad.path.name} is damaged",
        "foreign": "foreign.job is not the journal of a job",
    }
    assert audit(store)[0]["not_searched"] == 2


async def test_what_was_interrupted_is_found_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the identifier leads to goes last, so the second time everything is found."""
    direct = await job(store, 1, {BY_EMAIL: reply(ANN_AT)})
    derived = [await job(store, n, {BY_NAME: reply(ANN)}, ()) for n in (2, 3)]
    fail_at(monkeypatch, calls=2)
    with pytest.raises(JournalError, match=r"disk is full.*do it again"):
        forget_person(store, "ann@example.com", NOW)
    assert states(direct, BY_EMAIL) == [State.SETTLED]
    monkeypatch.undo()
    monkeypatch.setattr(forgetting, "_ROUNDS", 1)
    forget_person(store, "ann@example.com", NOW)
    assert states(direct, BY_EMAIL) == [State.FORGOTTEN]
    assert [states(one, BY_NAME) for one in derived] == [[State.FORGOTTEN]] * 2
    assert SLUG not in written(store).casefold()
    lines = [(len(line["jobs"]), line["complete"]) for line in audit(store)]
    assert lines == [(2, False), (1, True)]


async def test_what_could_not_be_scrubbed_is_scrubbed_the_next_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job from which nobody is to be removed any more is written anew all the same."""
    await job(store, 1, {BY_EMAIL: reply(ANN_AT)})
    scrubbed: list[Path] = []
    scrub: Callable[[Journal], None] = Journal.scrub
    fail_at(monkeypatch, calls=1)
    with pytest.raises(JournalError):
        forget_person(store, "ann@example.com", NOW)

    def note(journal: Journal) -> None:
        scrubbed.append(journal.path)
        scrub(journal)

    monkeypatch.setattr(Journal, "scrub", note)
    assert forget_person(store, "ann@example.com", NOW).lookups == {}
    assert len(scrubbed) == 1


def fail_at(monkeypatch: pytest.MonkeyPatch, *, calls: int) -> None:
    """Let the disk be full at that call of `scrub`."""
    scrub: Callable[[Journal], None] = Journal.scrub
    seen: list[Journal] = []

    def fail(journal: Journal) -> None:
        seen.append(journal)
        if len(seen) == calls:
            raise sqlite3.OperationalError("database or disk is full")
        scrub(journal)

    monkeypatch.setattr(Journal, "scrub", fail)


async def test_each_lookup_is_found_by_what_it_asks_for(store: Store) -> None:
    """A job may ask for more data points of some; what had no answer is found all the same."""
    journal = store.create(HEAD)
    phone = frozenset({Unlock.WORK_PHONE})
    for unlock in (phone, frozenset[Unlock]()):
        await journal.claim(question(BY_EMAIL.to_input(), unlock), D(10), unlock)
    await journal.claim(question(OF_BOB.to_input(), phone), D(10), phone)
    journal.close()
    assert forget_person(store, "ann@example.com", NOW).lookups == {journal.path.stem: 2}


async def test_who_is_in_a_batch_is_forgotten_alone(store: Store) -> None:
    """What a kill left of a batch is divided: the person goes from all of it, the others stay."""
    journal = store.create(HEAD)
    asked = [key(BY_NAME), key(OF_BOB)]
    for question_ in asked:
        await journal.claim(question_, D(1))
    await journal.sent_together(asked, "id")
    whole = {"data": {"a0": reply(ANN_AT)["data"]["searchPeople"], "a1": {"results": ["BOB"]}}}
    await journal.answered_together(asked, 200, json.dumps(whole).encode())
    journal.close()
    assert forget_person(store, "ann@example.com", NOW).lookups == {journal.path.stem: 1}
    left = written(store)
    assert "Ann@Example" not in left
    assert "BOB" in left

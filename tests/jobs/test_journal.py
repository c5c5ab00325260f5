"""A job's journal: what was known is known again, by its owner alone."""

from __future__ import annotations

import random
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from leadiq import ConfigurationError, Unlock
from leadiq._core.pricing import DataPoint
from leadiq._jobs import journal as module
from leadiq._jobs import steps
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.readings import glance, lookups_of, notes_of

from .conftest import HEAD

D = Decimal
UNLOCK = frozenset({Unlock.WORK_EMAIL})


@pytest.mark.anyio
async def test_a_lookup_goes_from_claim_to_settlement(journal: Journal) -> None:
    """Each step is found again, with what it was told."""
    assert journal.find(b"q") is None
    await journal.claim(b"q", D("1.5"))
    assert journal.find(b"q") == (State.CLAIMED, D("1.5"), "", None, None, None, {}, UNLOCK)
    await journal.sent(b"q", "id1")
    assert journal.find(b"q") == (State.SENT, D("1.5"), "id1", None, None, None, {}, UNLOCK)
    await journal.answered(b"q", 200, b"reply")
    assert journal.find(b"q") == (State.ANSWERED, D("1.5"), "id1", 200, b"reply", None, {}, UNLOCK)
    await journal.settle(b"q", D("0.1"), {"attempts": 1})
    found = journal.find(b"q")
    assert found == (
        State.SETTLED,
        D("1.5"),
        "id1",
        200,
        b"reply",
        D("0.1"),
        {"attempts": 1},
        UNLOCK,
    )
    assert journal.totals() == ({State.SETTLED: 1}, D("0.1"), D(0))


@pytest.mark.anyio
async def test_what_is_not_taken_or_lost_has_no_reply(journal: Journal) -> None:
    """A new sending forgets the reply before it; its end is claimed again, or unknown."""
    await journal.claim(b"q", D(1))
    await journal.sent(b"q", "id1")
    await journal.answered(b"q", 429, b"limited")
    await journal.sent(b"q", "id1")
    assert (found := journal.find(b"q"))
    assert (found.state, found.reply) == (State.SENT, None)
    await journal.not_taken(b"q")
    assert (found := journal.find(b"q"))
    assert found.state is State.CLAIMED
    await journal.lost(b"q")
    await journal.claim(b"q", D(2))
    assert (found := journal.find(b"q"))
    assert (found.state, found.reserved) == (State.UNKNOWN, 2)
    assert journal.totals() == ({State.UNKNOWN: 1}, 0, 2)


@pytest.mark.anyio
async def test_a_journal_that_is_opened_again_knows_everything(tmp_path: Path) -> None:
    """The head, and every lookup; what was sent without an answer is now unknown."""
    path = tmp_path / "a.job"
    journal = Journal.create(path, HEAD)
    for number in range(3):
        await journal.claim(b"q%d" % number, D(number))
    await journal.sent(b"q1", "id")
    await journal.answered(b"q2", 200, b"reply")
    journal.close()
    again = Journal.open(path)
    assert again.head == HEAD
    assert again.totals() == ({State.CLAIMED: 1, State.UNKNOWN: 1, State.ANSWERED: 1}, 0, 1)
    assert [(question, entry.reply) for question, entry in again.entries(State.ANSWERED)] == [
        (b"q2", b"reply")
    ]
    again.close()


@pytest.mark.anyio
async def test_what_is_forgotten_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    """The bytes of a forgotten reply are in no file of the journal, while it is open too."""
    path = tmp_path / "a.job"
    journal = Journal.create(path, HEAD)
    await journal.claim(b"q", D(1))
    await journal.sent(b"q", "MARKER")
    await journal.answered(b"q", 200, b"MARKER-555-0100")
    await journal.settle(b"q", D("0.1"), {"MARKER": 1})
    assert marked(tmp_path)
    journal.forget([b"q", b"other"])
    journal.scrub()
    assert not marked(tmp_path)
    assert journal.find(b"q") == (State.FORGOTTEN, D(1), "", None, None, D("0.1"), {}, UNLOCK)
    assert journal.totals() == ({State.FORGOTTEN: 1}, D("0.1"), 0)
    journal.close()
    assert not marked(tmp_path)


def marked(directory: Path) -> bool:
    return any(b"MARKER" in file.read_bytes() for file in directory.iterdir())


@pytest.mark.anyio
async def test_what_a_page_has_left_over_is_scrubbed_too(tmp_path: Path) -> None:
    """Rows that grew have pushed copies of others about; those are gone as well."""
    journal = Journal.create(tmp_path / "a.job", HEAD)
    journal._database.execute("pragma synchronous = off")
    chance, under_way = random.Random(0), list[int]()
    for number in range(150 + 16):
        if number < 150:
            await journal.claim(b"q%d" % number, D(1))
            under_way.append(number)
        if number >= 15:
            ended = under_way.pop(chance.randrange(len(under_way)))
            reply = b"KEPT%d" % ended if ended % 2 else b"MARKER"
            await journal.answered(b"q%d" % ended, 200, reply + b"x" * chance.randrange(6000))
            if not under_way:
                break
    journal.forget(b"q%d" % number for number in range(0, 150, 2))
    journal.scrub()
    assert not marked(tmp_path)
    assert len(list(journal.entries(State.ANSWERED))) == 75
    journal.close()


@pytest.mark.anyio
async def test_a_file_that_is_read_cannot_be_scrubbed(tmp_path: Path) -> None:
    """It is said that something can be left, and scrubbing again does it."""
    journal = Journal.create(tmp_path / "a.job", HEAD)
    journal._database.execute("pragma busy_timeout = 1")
    await journal.claim(b"q", D(1))
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select * from lookup").fetchall()
        journal.forget([b"q"])
        with pytest.raises(sqlite3.OperationalError, match="another process reads it"):
            journal.scrub()
    journal.scrub()
    journal.close()


@pytest.mark.anyio
async def test_the_books_keep_the_price_of_what_is_forgotten(journal: Journal) -> None:
    """What was not sent cost nothing; what is not known counts as the most that it can cost."""
    for question in (b"claimed", b"lost", b"read"):
        await journal.claim(question, D(2))
    await journal.lost(b"lost")
    await journal.answered(b"read", 200, b"reply")
    for _ in range(2):
        journal.forget([b"claimed", b"lost", b"read"])
    assert journal.totals() == ({State.FORGOTTEN: 3}, 0, 4)


def test_forgetting_is_all_or_nothing(journal: Journal) -> None:
    """A failure in the middle leaves everything as it was, and no transaction open."""

    def questions() -> Iterator[bytes]:
        yield b"q"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        journal.forget(questions())
    assert not journal._database.in_transaction


@pytest.mark.anyio
async def test_lookups_are_read_beside_the_process_that_writes(journal: Journal) -> None:
    """Each comes in the order of the claims, with the time of its sending; damage is named."""
    await journal.claim(b"z", D(1))
    await journal.claim(b"a", D(2))
    await journal.sent(b"a", "id")
    found = list(lookups_of(journal.path))
    assert [(question, entry.reserved) for question, _, entry in found] == [(b"z", 1), (b"a", 2)]
    assert (found[0][1], found[1][1] is not None) == (None, True)
    journal._database.execute("update lookup set state = 'odd'")
    with pytest.raises(ConfigurationError, match="damaged"):
        list(lookups_of(journal.path))


BATCH = b'{"data":{"a0":{"n":1},"a1":null,"a2":{"n":3}},"errors":[{"message":"x","path":["a1"]}]}'
PARTS = [
    b'{"data":{"searchPeople":{"n":1}}}',
    b'{"data":null,"errors":[{"message":"x","path":["searchPeople"]}]}',
    b'{"data":{"searchPeople":{"n":3}}}',
]
QUESTIONS = [b"z", b"y", b"x"]


async def batch(journal: Journal) -> int:
    """Three lookups, sent together and answered, and nobody has read it."""
    for question in QUESTIONS:
        await journal.claim(question, D(1))
    await journal.sent_together(QUESTIONS, "id")
    return await journal.answered_together(QUESTIONS, 200, BATCH)


def batches(journal: Journal) -> int:
    (count,) = journal._database.execute("select count(*) from batch").fetchone()
    return int(count)


@pytest.mark.anyio
async def test_what_a_kill_leaves_of_a_batch_is_divided(journal: Journal) -> None:
    """Each lookup has its own reply: for who looks on, and in the file when it is opened again."""
    await batch(journal)
    entries = [entry for _, _, entry in lookups_of(journal.path)]
    assert [(e.state, e.status, e.reply) for e in entries] == [
        (State.ANSWERED, 200, part) for part in PARTS
    ]
    assert [e.reply for _, _, e in lookups_of(journal.path, replies=False)] == [None] * 3
    journal.close()
    with closing(Journal.open(journal.path)) as again:
        assert batches(again) == 0
        found = [entry for _, entry in again.entries(State.ANSWERED)]
        assert [(e.status, e.reply) for e in found] == [(200, part) for part in PARTS]
        assert await batch(again) == 1


@pytest.mark.anyio
async def test_a_batch_of_which_some_are_read_is_divided_too(journal: Journal) -> None:
    """Who has a reply of its own keeps it; the others take theirs by their place."""
    await batch(journal)
    await journal.write(steps.replied(b"z", 200, b"own"))
    await journal.sent(b"y", "id2")
    journal.close()
    with closing(Journal.open(journal.path)) as again:
        entries = [again.find(question) for question in QUESTIONS]
        assert [entry and entry.reply for entry in entries] == [b"own", None, PARTS[2]]
        assert entries[1]
        assert entries[1].state is State.UNKNOWN


@pytest.mark.anyio
async def test_taking_over_is_all_or_nothing(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure in the middle leaves everything to the next process."""
    await batch(journal)
    journal.close()

    def broken(*_: object) -> list[object]:
        raise RuntimeError

    monkeypatch.setattr(module, "shares", broken)
    with pytest.raises(RuntimeError):
        Journal.open(journal.path)
    monkeypatch.undo()
    with closing(Journal.open(journal.path)) as again:
        assert batches(again) == 0


@pytest.mark.anyio
async def test_a_reply_that_is_followed_by_another_is_not_kept(journal: Journal) -> None:
    """The batch whose reply made another sending necessary goes when that begins."""
    number = await batch(journal)
    await journal.sent_together(QUESTIONS, "id", number)
    assert batches(journal) == 0
    assert await journal.answered_together(QUESTIONS, 200, BATCH) == 2
    assert batches(journal) == 1


@pytest.mark.anyio
async def test_a_forgotten_lookup_leaves_no_trace_of_its_batch(tmp_path: Path) -> None:
    """What it said is gone from the whole reply as well, because that was divided."""
    journal = Journal.create(tmp_path / "a.job", HEAD)
    for question in (b"a", b"b"):
        await journal.claim(question, D(1))
    reply = b'{"data":{"a0":{"n":"MARKER"},"a1":{"n":"kept"}}}'
    await journal.sent_together([b"a", b"b"], "id")
    await journal.answered_together([b"a", b"b"], 200, reply)
    journal.close()
    with closing(Journal.open(journal.path)) as again:
        assert marked(tmp_path)
        again.forget([b"a"])
        again.scrub()
        assert not marked(tmp_path)
        assert (kept := again.find(b"b"))
        assert b"kept" in (kept.reply or b"")


@pytest.mark.anyio
async def test_what_was_spent_since_is_told(journal: Journal) -> None:
    """What is settled or unknown counts by the time of its sending, what is forgotten always."""
    for question, charged in ((b"a", "1"), (b"b", "2"), (b"c", None), (b"d", "4")):
        await journal.claim(question, D(8))
        await journal.sent(question, "id")
        await (journal.settle(question, D(charged), {}) if charged else journal.lost(question))
    journal._database.execute("update lookup set sent_at = 1000 where question = x'61'")
    await journal.claim(b"e", D(16))
    journal.forget([b"d"])
    totals = journal.totals()
    assert journal.spent() == totals.charged + totals.uncertain == 15
    assert journal.spent(1000.0) == 15
    assert journal.spent(1001.0) == 14
    assert journal.spent(9e9) == 4


@pytest.mark.anyio
async def test_a_run_is_noted_once(journal: Journal) -> None:
    """A later note of the same run takes the place of the first; each run has one."""
    await journal.note(2.0, "second")
    await journal.note(1.0, "first")
    await journal.note(2.0, "second, at its end")
    assert notes_of(journal.path) == ["first", "second, at its end"]


def test_a_job_can_go_on_after_its_end(journal: Journal) -> None:
    """What is given a name may be asked for more."""
    journal.end()
    assert glance(journal.path).ended
    journal.end(ended=False)
    assert not glance(journal.path).ended


@pytest.mark.anyio
async def test_a_claim_keeps_what_it_asks_for(journal: Journal) -> None:
    """Its own selection, or the job's; and what is free is known to who recovers it."""
    both = frozenset({Unlock.WORK_PHONE, Unlock.COMPANY, Unlock.PROFILE})
    await journal.claim(b"a", D(1), both)
    await journal.write(steps.claimed(b"b", D(1), frozenset(), frozenset({DataPoint.EMAIL})))
    entries = [entry for _, _, entry in lookups_of(journal.path)]
    assert [e.unlock for e in entries] == [both - {Unlock.PROFILE}, frozenset()]
    assert [e.receipt for e in entries] == [{}, {"free": ["email"]}]


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Nobody else may read people's data, whatever the umask."""
    Journal.create(tmp_path / "a.job", HEAD).close()
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {0o600}


def another_version(path: Path) -> None:
    Journal.create(path, HEAD).close()
    with sqlite3.connect(path) as database:
        database.execute("pragma user_version = 99")


def no_database(path: Path) -> None:
    path.write_text("not a database, but long enough to be taken for one" * 100)


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("create table t (n)")


def headless(path: Path) -> None:
    Journal.create(path, HEAD).close()
    with sqlite3.connect(path) as database:
        database.execute("delete from job")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: None, "No such file"),
        (another_version, "later version"),
        (no_database, "not the journal of a job"),
        (another_database, "not the journal of a job"),
        (headless, "not the journal of a job"),
    ],
    ids=["missing", "later", "text", "another", "headless"],
)
def test_what_is_no_journal_is_refused(
    make: Callable[[Path], None], why: str, tmp_path: Path
) -> None:
    """What cannot be gone on with is refused with the reason, and left unlocked."""
    path = tmp_path / "a.job"
    make(path)
    for _ in range(2):
        with pytest.raises(ConfigurationError, match=why):
            Journal.open(path)


def test_a_journal_is_not_written_over(tmp_path: Path) -> None:
    """Creating one where a file is already is refused."""
    Journal.create(tmp_path / "a.job", HEAD).close()
    with pytest.raises(ConfigurationError, match="File exists"):
        Journal.create(tmp_path / "a.job", HEAD)

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

from leadiq import ConfigurationError
from leadiq._jobs.journal import Journal, State, lookups_of

from .conftest import HEAD

D = Decimal


@pytest.mark.anyio
async def test_a_lookup_goes_from_claim_to_settlement(journal: Journal) -> None:
    """Each step is found again, with what it was told."""
    assert journal.find(b"q") is None
    await journal.claim(b"q", D("1.5"))
    assert journal.find(b"q") == (State.CLAIMED, D("1.5"), "", None, None, None, {})
    await journal.sent(b"q", "id1")
    assert journal.find(b"q") == (State.SENT, D("1.5"), "id1", None, None, None, {})
    await journal.answered(b"q", 200, b"reply")
    assert journal.find(b"q") == (State.ANSWERED, D("1.5"), "id1", 200, b"reply", None, {})
    await journal.settle(b"q", D("0.1"), {"attempts": 1})
    found = journal.find(b"q")
    assert found == (State.SETTLED, D("1.5"), "id1", 200, b"reply", D("0.1"), {"attempts": 1})
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
    assert journal.find(b"q") == (State.FORGOTTEN, D(1), "", None, None, D("0.1"), {})
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

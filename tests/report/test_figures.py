"""The rules of the figures: they are the journal's, and nobody's data is among them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq import Unlock
from leadiq._jobs.entries import Head
from leadiq._jobs.journal import Journal
from leadiq._jobs.notes import Note
from leadiq._report.figures import figures_of

D = Decimal
HEAD = Head(
    operation="SearchPeople",
    unlock=("work-email",),
    source="/home/ann.example/leads.csv",
    digest="00" * 32,
    target="C:\\Users\\ann\\out.csv",
    began=1_700_000_000.5,
)
SECRET = b'{"data": {"searchPeople": {"email": "ann@example.com"}}}'
PHONE = frozenset({Unlock.WORK_PHONE})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a-job.job"


async def settle(
    journal: Journal, key: bytes, charged: str, *, unlock: Any = None, **receipt: Any
) -> None:
    """A lookup from its claim to its end."""
    await journal.claim(key, D(11), unlock)
    await journal.sent(key, "id")
    await journal.answered(key, 200, SECRET)
    await journal.settle(key, D(charged), {"attempts": 1, "waited_s": 0.5, **receipt})


@pytest.mark.anyio
async def test_lookups_are_counted_once(path: Path) -> None:
    """People by the first stage alone; waits, repetitions and credits of all; what is not answered
    yet is no more than asked for.
    """
    journal = Journal.create(path, HEAD)
    mail = {"unlocked": ["email", "profile"], "amounts": {"email": "1"}}
    await settle(journal, b"1", "1", waited_s=90.0, attempts=7, **mail)
    await settle(journal, b"2", "0.1", unlocked=["profile"], amounts={"profile": "0.1"})
    await settle(journal, b"3", "0", unlocked=[], amounts={}, attempts=2, waited_s=1.0)
    await settle(journal, b"4", "10", unlock=PHONE, unlocked=["phone"], amounts={"phone": "10"})
    await journal.claim(b"5", D(11))
    told = figures_of(path)
    journal.close()
    assert (told.people, told.answered, told.found, told.unlocked) == (4, 3, 2, 1)
    assert [share.lookups for share in told.waits] == [2, 1, 0, 1, 0]
    assert [share.lookups for share in told.repeats] == [2, 1, 0, 1]
    assert (told.requests, told.retries, told.waited_s) == (11, 7, 92.0)
    assert told.moments[-1].credits == told.books.charged == D("11.1")
    assert [line.point.value for line in told.books.lines] == ["profile", "email", "phone"]
    assert (told.rows, told.ended, told.over, told.stopped_by) == (None, None, False, "")


@pytest.mark.anyio
async def test_notes_tell_what_the_lookups_cannot(path: Path) -> None:
    """Rows, the end, what stopped it, requests without an answer; of several runs the last, or the
    sum.
    """
    journal = Journal.create(path, HEAD)
    await settle(journal, b"1", "1", unlocked=["email"], amounts={"email": "1"})
    note = Note(began=1.0, requests=20, limited=3, retries=4, sandbox=True)
    await journal.note(1.0, note.to_json())
    last = replace(
        note, began=2.0, ended=9.0, rows=12, lookups=10, statuses={"invalid": 1}, stopped_by="x"
    )
    await journal.note(2.0, last.to_json())
    journal.end()
    journal.close()
    told = figures_of(path)
    assert (told.rows, told.invalid, told.people, told.runs) == (12, 1, 10, 2)
    assert (told.requests, told.limited, told.retries) == (40, 6, 8)
    assert (told.ended, told.over, told.stopped_by, told.sandbox) == (9.0, True, "x", True)


@pytest.mark.anyio
async def test_directories_are_left_out(path: Path) -> None:
    """They can name somebody, whatever system they are of."""
    Journal.create(path, HEAD).close()
    told = figures_of(path)
    assert (told.job, told.source, told.target) == ("a-job", "leads.csv", "out.csv")
    assert (told.moments, told.worked_s, told.unlock) == ((), 0.0, (Unlock.WORK_EMAIL,))
    other = path.with_name("b.job")
    Journal.create(other, replace(HEAD, source="-", target="parts/", unlock=())).close()
    told = figures_of(other)
    assert (told.source, told.target, told.unlock) == ("-", "parts", ())


@pytest.mark.anyio
async def test_what_was_forgotten_was_answered(path: Path) -> None:
    """Nobody knows any more what was found; its credits stay."""
    journal = Journal.create(path, HEAD)
    await settle(journal, b"1", "1", unlocked=["email"], amounts={"email": "1"})
    journal.forget([b"1"])
    journal.close()
    told = figures_of(path)
    assert (told.answered, told.found, told.books.forgotten) == (1, 0, D(1))

"""Shared budgets in a file: private, durable, and opened by many processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from leadiq import ConfigurationError
from leadiq._jobs.budget_rules import Ask, Line, Terms, Unreachable
from leadiq._jobs.budget_sqlite import SqliteBook

TERMS = Terms("team", 100)

CLERK = """
import sys
from pathlib import Path
from leadiq._jobs import budget_sqlite
from leadiq._jobs.budget_rules import Ask, Line, Terms, Verdict
from leadiq._jobs.budget_sqlite import SqliteBook

budget_sqlite._BUSY_S = 60.0  # a slow disk may let one of them wait for all turns of the others
path, job = sys.argv[1:]
book, terms, line = SqliteBook(Path(path)), Terms("team", 100), Line()
book.enter(terms, job, 0)
while True:
    answer = book.ask(terms, Ask(job, line, Line(line.spent + 1), 0))
    if answer.verdict is not Verdict.GRANTED:
        break
    line = Line(line.spent + 1)
print(line.spent)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "budgets.db"


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    """What a team spends is nobody else's business."""
    book = SqliteBook(path)
    book.enter(TERMS, "one", 0)
    assert path.stat().st_mode & 0o777 == 0o600
    book.close()


def test_looking_makes_no_file(path: Path) -> None:
    """There is nothing to show, and nothing to forget."""
    book = SqliteBook(path)
    assert (book.budgets(), book.forget("team"), book.release("team", "one")) == ([], False, False)
    assert not path.exists()
    book.close()


def test_processes_that_begin_together_spend_it_together(path: Path) -> None:
    """Each makes the file if there is none; not one credit is spent twice, or left."""
    command = [sys.executable, "-c", CLERK, str(path)]
    clerks = [
        subprocess.Popen([*command, f"job {number}"], stdout=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    spent = [int(clerk.communicate()[0]) for clerk in clerks]
    assert [clerk.returncode for clerk in clerks] == [0] * 4
    assert sum(spent) == TERMS.limit


def test_a_file_that_cannot_be_written_is_an_unreachable_store(tmp_path: Path) -> None:
    """The reason is the system's, and names no path."""
    with pytest.raises(Unreachable, match=r"^No such file or directory$"):
        SqliteBook(tmp_path / "none" / "budgets.db").enter(TERMS, "one", 0)


def test_a_file_that_is_none_of_these_is_an_unreachable_store(path: Path) -> None:
    """It is not overwritten; when it is there again it is opened again."""
    path.write_bytes(b"not a database" * 100)
    book = SqliteBook(path)
    with pytest.raises(Unreachable, match="not a database"):
        book.enter(TERMS, "one", 0)
    path.unlink()
    assert book.enter(TERMS, "one", 0) == 0
    book.close()


def test_a_failure_in_the_middle_leaves_all_as_it_was(path: Path) -> None:
    """A change that cannot be written is not there, and the next one is."""
    book, other = SqliteBook(path), sqlite3.connect(path)
    book.enter(TERMS, "one", 3)
    other.execute(
        "create trigger full before update on line begin select raise(abort, 'disk is full'); end"
    )
    with pytest.raises(Unreachable, match="disk is full"):
        book.ask(TERMS, Ask("one", Line(3), Line(3, 1), 0))
    other.execute("drop trigger full")
    other.close()
    assert book.ask(TERMS, Ask("one", Line(3), Line(3), 0)).all == Line(3)
    book.close()


def test_a_later_version_is_refused(path: Path) -> None:
    """Its rules may be others."""
    with sqlite3.connect(path) as database:
        database.execute("pragma user_version = 2")
    database.close()
    with pytest.raises(ConfigurationError, match="later version of leadiq-sdk"):
        SqliteBook(path).enter(TERMS, "one", 0)


def test_days_are_removed_after_forty(path: Path) -> None:
    """When a later day begins; what is not for a day stays."""
    book = SqliteBook(path)
    for name, day in (("team", ""), ("old", "2026-01-01"), ("kept", "2026-01-02")):
        book.enter(Terms(name, 5, day), "one", 1)
    book.enter(Terms("new", 5, "2026-02-11"), "one", 1)
    assert [shown.name for shown in book.budgets()] == ["kept", "new", "team"]
    book.close()

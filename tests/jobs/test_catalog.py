"""Jobs are listed, found by their ids, and removed when their time has come."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from leadiq import ConfigurationError
from leadiq._jobs.catalog import DAY_S, Condition, catalog, find, look, remove, retire
from leadiq._jobs.journal import Journal
from leadiq._jobs.lock import is_held
from leadiq._jobs.store import Store

from .conftest import HEAD


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "state")


def job(store: Store, number: int, *, ended: bool = True, days: float = 0.0) -> Path:
    """The number-th job, which was last written so many days before time 0 of the test."""
    journal = store.create(replace(HEAD, began=HEAD.began + 100 * number))
    if ended:
        journal.end()
    journal.close()
    written = HEAD.began - days * DAY_S
    os.utime(journal.path, (written, written))
    return journal.path


@pytest.fixture
def busy(store: Store) -> Iterator[Journal]:
    journal = store.create(HEAD)
    yield journal
    journal.close()


def test_every_file_is_listed_as_what_it_is(store: Store, busy: Journal) -> None:
    """Ended, to be resumed, under way, or unreadable; nothing stops the list."""
    job(store, 1)
    job(store, 2, ended=False)
    (store.directory / "30-foreign.job").write_text("x" * 5000)
    (store.directory / "31-empty.job").touch()
    (store.directory / "32-directory.job").mkdir()
    (store.directory / "33-gone.job").symlink_to("nowhere")
    damaged = job(store, 4)
    journal = Journal.open(damaged)
    journal._database.execute(
        "insert into lookup (question, state, reserved) values (x'00', 'odd', 'x')"
    )
    journal.close()
    unreadable = [Condition.UNREADABLE] * 3
    found = list(catalog(store))
    assert [one.condition for one in found] == [
        Condition.UNDER_WAY,
        Condition.ENDED,
        Condition.RESUMABLE,
        Condition.UNREADABLE,
        *unreadable,
    ]
    assert all(bool(one.problem) == (one.seen is None) for one in found)
    assert found[3].problem == f"{damaged.name} is damaged"
    assert list(catalog(Store(store.directory / "nowhere"))) == []


def test_looking_takes_no_lock_and_makes_none(store: Store, busy: Journal) -> None:
    """A lock is seen while it is held; looking at a job leaves no lock file behind."""
    assert is_held(busy.path)
    assert is_held(busy.path)
    busy.close()
    assert not is_held(busy.path)
    path = job(store, 1)
    lock = path.with_name(path.name + ".lock")
    lock.unlink()
    assert (found := look(path))
    assert found.condition is Condition.ENDED
    assert not lock.exists()


def test_the_beginning_of_an_id_suffices_if_it_is_clear(store: Store) -> None:
    """A whole id is always clear, even if another begins with it."""
    first, second = job(store, 1), job(store, 2)
    longer = first.rename(first.with_name(second.stem + "0.job"))
    assert find(store, second.stem).path == second
    assert find(store, longer.stem).path == longer
    with pytest.raises(ConfigurationError, match="2 jobs begin with this id"):
        find(store, second.stem[:3])
    for nothing in ("", "x"):
        with pytest.raises(ConfigurationError, match="no job begins with this id"):
            find(store, nothing)
    longer.unlink()
    assert find(store, second.stem[:3]).path == second


def test_old_jobs_are_removed_if_they_have_ended(store: Store, busy: Journal) -> None:
    """Young ones stay, and what can be resumed, is under way, or cannot be read."""
    old, young = job(store, 1, days=31), job(store, 2, days=29)
    unfinished = job(store, 3, ended=False, days=99)
    foreign = store.directory / "foreign.job"
    foreign.write_text("x" * 5000)
    busy.end()
    for path in (foreign, busy.path):
        os.utime(path, (0, 0))
    assert retire(store, HEAD.began, keep_days=30) == [old.stem]
    left = {path.name for path in store.directory.iterdir() if path.suffix == ".job"}
    assert left == {path.name for path in (young, unfinished, foreign, busy.path)}
    assert retire(store, HEAD.began, keep_days=29) == []
    assert retire(store, HEAD.began, keep_days=28) == [young.stem]


def test_what_cannot_be_removed_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next job begins all the same, and removing by name says why not."""
    old = job(store, 1, days=99)

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert retire(store, HEAD.began, keep_days=30) == []
    with pytest.raises(ConfigurationError, match=r"cannot remove .*Permission denied"):
        remove(find(store, old.stem))


def test_a_removed_job_leaves_nothing_and_takes_nothing_else(store: Store, busy: Journal) -> None:
    """Journal and lock go; a job that another process is at stays, and so does what is none."""
    path = job(store, 1)
    (other := store.directory / (path.name + ".txt")).touch()
    remove(find(store, path.stem))
    assert {one for one in store.directory.iterdir() if one.name.startswith(path.stem)} == {other}
    with pytest.raises(ConfigurationError, match="another process"):
        remove(find(store, busy.path.stem))
    assert busy.path.exists()
    (store.directory / "foreign.job").write_text("x" * 5000)
    with pytest.raises(ConfigurationError, match="not the journal"):
        remove(find(store, "foreign"))
    assert (store.directory / "foreign.job").exists()

"""Where journals are kept, and how a job is found again."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from leadiq import ConfigurationError
from leadiq._jobs.journal import Journal
from leadiq._jobs.store import Store

from .conftest import HEAD


def test_the_environment_says_where(tmp_path: Path) -> None:
    """Our own variable wins, then the system's; without either it is below the home directory."""
    assert Store.default({"LEADIQ_STATE": "/a/b", "XDG_STATE_HOME": "/c"}).directory == Path("/a/b")
    assert Store.default({"XDG_STATE_HOME": "/c"}).directory == Path("/c/leadiq")
    assert Store.default({}).directory == Path("~/.local/state/leadiq").expanduser()


def test_an_unfinished_job_is_found_by_what_it_is(tmp_path: Path) -> None:
    """Same lookups, input and output: the newest that has not ended; what is unreadable is none."""
    store = Store(tmp_path / "state")
    assert store.unfinished(HEAD) is None
    first, second = (store.create(replace(HEAD, began=HEAD.began + n)) for n in (0, 100))
    assert store.paths() == [first.path, second.path]
    again = replace(HEAD, began=0.0, source="renamed.csv")
    assert store.unfinished(again) == second.path
    second.end()
    assert store.unfinished(again) == first.path
    for other in ({"unlock": ()}, {"digest": "11"}, {"target": "x"}, {"operation": "x"}):
        assert store.unfinished(replace(HEAD, **other)) is None  # type: ignore[arg-type]
    first.close()
    second.close()
    (store.directory / "00000000.job").write_text("x" * 5000)
    assert store.unfinished(replace(HEAD, digest="11")) is None


def test_the_directory_is_for_its_owner_alone(tmp_path: Path) -> None:
    """What holds people's data cannot be listed by others."""
    store = Store(tmp_path / "a" / "state")
    store.create(HEAD).close()
    assert stat.S_IMODE(store.directory.stat().st_mode) == 0o700


def test_a_place_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """The error says which variable names another place."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="LEADIQ_STATE"):
        Store(tmp_path / "file" / "state").create(HEAD)


def test_a_job_under_way_is_found_and_not_opened(tmp_path: Path) -> None:
    """Another process's job is seen; going on with it is refused."""
    store = Store(tmp_path)
    journal = store.create(HEAD)
    found = store.unfinished(HEAD)
    assert found == journal.path
    with pytest.raises(ConfigurationError, match="another process"):
        Journal.open(found)
    journal.close()

"""The rules of opening: a name is a job, and a job that sent nothing leaves nothing."""

from __future__ import annotations

import os
from decimal import Decimal
from math import inf
from pathlib import Path

import pytest

from leadiq import ConfigurationError, InputError, Unlock
from leadiq._jobs.opening import job_named, keep_days_of, kept
from leadiq._jobs.store import Store

pytestmark = pytest.mark.anyio


async def test_a_job_goes_on_under_its_name(tmp_path: Path) -> None:
    """The second time it is the same journal; without a name it is another one each time."""
    store = Store(tmp_path)
    for _ in range(2):
        with kept(job_named(store, "team.2026", {Unlock.COMPANY})) as journal:
            await journal.claim(b"one", Decimal(1))
            assert journal.head.unlock == ("company",)
    assert [path.stem for path in store.paths()] == ["team.2026"]
    with (
        kept(job_named(store, None, ())) as one,
        kept(job_named(store, None, ())) as other,
    ):
        assert one.path != other.path


async def test_a_job_that_sent_nothing_leaves_nothing(tmp_path: Path) -> None:
    """Neither a journal nor a lock."""
    store = Store(tmp_path)
    with kept(job_named(store, "team", ())):
        assert store.paths()
    assert not store.paths()


@pytest.mark.parametrize("name", ["", ".job", "a/b", "a" * 81, "ä", "a b"])
async def test_a_name_is_a_name_of_a_file(tmp_path: Path, name: str) -> None:
    """Anything else is refused before anything is made."""
    with pytest.raises(InputError, match="job takes 1 to 80 letters") as refused:
        job_named(Store(tmp_path / "state"), name, ())
    assert not refused.value.sent
    assert not (tmp_path / "state").exists()


async def test_how_long_ended_jobs_are_kept() -> None:
    """90 days, unless a number says otherwise; nothing else is taken for one."""
    assert keep_days_of(None) == keep_days_of("") == 90
    assert keep_days_of("unlimited") == inf
    assert keep_days_of("0") == 0
    for wrong in ("-1", "1.5", "ten", "\u0663"):
        with pytest.raises(ConfigurationError, match="LEADIQ_KEEP_DAYS takes a number of days"):
            keep_days_of(wrong)


async def test_a_new_job_clears_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What ended long ago goes when a job begins, unless it is to be kept for ever."""
    store = Store(tmp_path)
    with kept(job_named(store, "old", ())) as journal:
        await journal.claim(b"one", Decimal(1))
        journal.end()
    os.utime(store.path_of("old"), (0, 0))
    monkeypatch.setenv("LEADIQ_KEEP_DAYS", "unlimited")
    with kept(job_named(store, "new", ())):
        assert store.path_of("old").exists()
    monkeypatch.delenv("LEADIQ_KEEP_DAYS")
    with caplog.at_level("INFO", "leadiq"), kept(job_named(store, "new", ())):
        assert not store.path_of("old").exists()
    assert "removed journals of 1 jobs" in caplog.text


async def test_two_at_once_are_refused(tmp_path: Path) -> None:
    """The journal has one writer."""
    store = Store(tmp_path)
    with (
        kept(job_named(store, "team", ())),
        pytest.raises(ConfigurationError, match="another process writes to"),
    ):
        job_named(store, "team", ())

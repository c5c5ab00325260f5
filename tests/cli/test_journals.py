"""The rules of `leadiq jobs`: all is told, nobody is shown, and what goes is gone."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadiq._jobs import forgetting
from leadiq._jobs.forgetting import AUDIT_FILE
from leadiq._jobs.journal import Journal
from leadiq._jobs.store import Store
from leadiq.sandbox import Sandbox
from leadiq.sandbox._world import World

RATE = ("--requests-per-minute", "600000", "--unlock", "work-email")
OLD = (0.0, 0.0)


def emails() -> list[str]:
    """Ten people of the sandbox."""
    world = World(people=500, seed=1)
    found = [world.person(number).current[0].email for number in range(40)]
    return [email.value for email in found if email and email.value][:10]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash of the proof is slow on purpose."""
    monkeypatch.setattr(forgetting, "_ROUNDS", 1)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("email\n" + "\n".join(emails()) + "\n")
    return path


@pytest.fixture
def sandbox(use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox) -> Sandbox:
    return use(shared_sandbox)


@pytest.fixture
def stopped(leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path) -> Path:
    """The journal of a job that its budget stopped."""
    assert leadiq("enrich", source, tmp_path / "out.csv", *RATE, "--budget", "5").code == 3
    return Store.default().paths()[0]


def bytes_of(state: Path) -> bytes:
    return b"".join(path.read_bytes() for path in state.iterdir())


def test_jobs_are_listed(
    leadiq: Callable[..., Any], stopped: Path, source: Path, state: Path
) -> None:
    """What it was about, how far it came, what it cost; what is no job is said to be none."""
    (state / "foreign.job").write_text("x" * 5000)
    ran = leadiq("jobs", "list")
    first, second = ran.out.splitlines()
    assert first.startswith(f"{stopped.stem}  resumable  {source} -> ")
    assert first.endswith("out.csv (profile, work-email): 5 settled; 5 credits")
    assert second == "foreign  unreadable: foreign.job is not the journal of a job"
    assert (ran.code, ran.err) == (0, "")
    first, second = json.loads(leadiq("jobs", "list", "--json").out)
    assert (first["lookups"], first["credits_charged"]) == ({"settled": 5}, "5")
    assert (second["condition"], set(second)) == ("unreadable", {"id", "condition", "problem"})
    journal = Journal.open(stopped)
    assert "  under way  " in leadiq("jobs", "list").out
    journal._database.execute("update lookup set state = 'unknown', charged = null")
    journal._database.execute("update job set value = '\"\\u001b[2J\"' where name = 'source'")
    journal.close()
    line = leadiq("jobs", "list").out.splitlines()[0]
    assert "\x1b" not in line
    assert line.endswith("5 unknown; 0 and up to 5 credits")


def test_without_jobs_that_is_said(leadiq: Callable[..., Any]) -> None:
    """An empty list is no error, and JSON for machines."""
    assert leadiq("jobs", "list") == (0, "", "leadiq: there are no jobs\n")
    assert leadiq("jobs", "list", "--json").out == "[]\n"


def test_one_job_is_shown(leadiq: Callable[..., Any], stopped: Path, state: Path) -> None:
    """The beginning of its id suffices; nobody is shown."""
    ran = leadiq("jobs", "show", stopped.stem[:4])
    lines = {line[:24].strip(): line[24:] for line in ran.out.splitlines()}
    assert (lines["id"], lines["lookups"], lines["attempts"]) == (stopped.stem, "5 settled", "5")
    assert lines["unlocked"] == "5 email, 5 profile"
    found = json.loads(leadiq("jobs", "show", stopped.stem, "--json").out)
    assert (found["unlocked"], found["journal"]) == ({"email": 5, "profile": 5}, str(stopped))
    assert found["last_sent"] >= found["began"]
    assert not any(email in str(found) + ran.out for email in emails())
    assert leadiq("jobs", "show", "x").code == 2
    (state / "foreign.job").write_text("x" * 5000)
    assert "not the journal" in leadiq("jobs", "show", "foreign").out


def test_receipts_are_exported(leadiq: Callable[..., Any], stopped: Path, tmp_path: Path) -> None:
    """One line for each lookup; with people only where that was asked for, for its owner alone."""
    ran = leadiq("jobs", "export", stopped.stem)
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["lookup"] for line in lines] == [1, 2, 3, 4, 5]
    assert {line["job"] for line in lines} == {stopped.stem}
    assert "@" not in ran.out
    out = tmp_path / "export.jsonl"
    assert leadiq("jobs", "export", stopped.stem, out, "--with-data") == (0, "", "")
    assert sum(email in out.read_text() for email in emails()) == 5
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert leadiq("jobs", "export", stopped.stem, out).code == 2
    out.chmod(0o644)
    assert leadiq("jobs", "export", stopped.stem, out, "--force").code == 0
    assert (out.read_text(), stat.S_IMODE(out.stat().st_mode)) == (ran.out, 0o600)
    assert leadiq("jobs", "export", stopped.stem, stopped, "--force").code == 2
    ran = leadiq("jobs", "export", stopped.stem, "/dev/full")
    assert (ran.code, "no regular file" in ran.err) == (2, True)


def test_an_export_that_fails_is_said(
    leadiq: Callable[..., Any], stopped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is trouble, not a defect."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "chmod", refuse)
    ran = leadiq("jobs", "export", stopped.stem, tmp_path / "export.jsonl")
    assert (ran.code, "No space left" in ran.err) == (1, True)


def test_jobs_are_removed(leadiq: Callable[..., Any], stopped: Path, state: Path) -> None:
    """By id, once; not while another process is at it; what it wrote is the caller's."""
    journal = Journal.open(stopped)
    assert leadiq("jobs", "forget", stopped.stem).code == 2
    journal.close()
    ran = leadiq("jobs", "forget", stopped.stem, stopped.stem[:4])
    assert (ran.code, ran.err.count("removed")) == (0, 1)
    assert "yours to clean up" in ran.err
    assert [path.name for path in state.iterdir()] == ["batches.json"]  # it is of the server


def test_old_jobs_are_removed(leadiq: Callable[..., Any], stopped: Path) -> None:
    """Those that have ended, and were not written for that long."""
    os.utime(stopped, OLD)
    assert "0 jobs removed" in leadiq("jobs", "forget", "--older-than", "90d").err
    journal = Journal.open(stopped)
    journal.end()
    journal.close()
    assert "0 jobs removed" in leadiq("jobs", "forget", "--older-than", "90d").err
    os.utime(stopped, OLD)
    assert "1 job removed" in leadiq("jobs", "forget", "--older-than", "90").err
    assert not stopped.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "one of these"),
        (["x", "--older-than", "9d"], "one of these"),
        (["--person", "a@example.com", "--older-than", "9d"], "one of these"),
        (["--older-than", "soon"], "number of days"),
        (["--older-than=-1d"], "number of days"),
        (["--person", "ann"], "no person"),
        (["x"], "no job begins"),
    ],
)
def test_what_is_not_clear_is_refused(
    leadiq: Callable[..., Any], state: Path, words: list[str], why: str
) -> None:
    """Nothing is removed by guessing."""
    ran = leadiq("jobs", "forget", *words)
    assert (ran.code, why in ran.err) == (2, True), ran.err
    assert list(state.iterdir()) == []


def test_a_person_is_removed_and_not_paid_for_again(
    leadiq: Callable[..., Any],
    sandbox: Sandbox,
    stopped: Path,
    source: Path,
    tmp_path: Path,
    state: Path,
) -> None:
    """No byte is left, and the job goes on: the row says why it is empty, and the books agree."""
    who = emails()[1]
    assert who.encode() in bytes_of(state)
    ran = leadiq("jobs", "forget", "--person", who.upper())
    assert (ran.code, ran.out) == (0, "")
    assert "1 lookup forgotten in 1 job; files that jobs wrote" in ran.err
    assert who not in ran.err
    local = who.split("@")[0].encode()
    assert local not in bytes_of(state)
    assert json.loads((state / AUDIT_FILE).read_text())["jobs"] == {stopped.stem: 1}
    before = len(sandbox.ledger())
    target = tmp_path / "out.csv"
    ran = leadiq("enrich", source, target, *RATE, "--budget", "50", "--resume", "--json")
    numbers = json.loads(ran.out)
    assert ran.code == 0
    assert (numbers["forgotten"], numbers["requests"], numbers["from_journal"]) == (1, 5, 4)
    assert numbers["credits_of_job"] == "9.1"
    assert not any(who in str(charge) for charge in sandbox.ledger()[before:])
    row = target.read_text().splitlines()[2]
    assert row.startswith(f"{who},forgotten,the person was removed from this job")
    assert local not in bytes_of(state)
    assert "1 forgotten, 9 settled" in leadiq("jobs", "list").out


def test_a_person_can_be_read_from_standard_input(
    leadiq: Callable[..., Any], stopped: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So no shell's history keeps who was forgotten; what could not be searched is exit code 1."""
    monkeypatch.setattr("sys.stdin.readline", lambda: f"{emails()[0]}\n", raising=False)
    (state / "foreign.job").write_text("x" * 5000)
    ran = leadiq("jobs", "forget", "--person", "-")
    assert ran.code == 1
    assert "not searched: foreign.job is not the journal of a job" in ran.err
    assert "1 lookup forgotten" in ran.err

"""The rules of jobs at the command line: budgets are given, and jobs are gone on with."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq._jobs.journal import Journal
from leadiq._jobs.store import Store
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World

RATE = ("--requests-per-minute", "600000", "--unlock", "work-email")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Thirty people of the sandbox, some of them twice."""
    world = World(people=500, seed=1)
    emails = [world.person(n).current[0].email for n in range(100)]
    known = [email.value for email in emails if email and email.value][:30]
    path = tmp_path / "in.csv"
    path.write_text("email\n" + "\n".join([*known, *known[:5]]) + "\n")
    return path


@pytest.fixture
def sandbox(use: Callable[[Sandbox], Sandbox]) -> Any:
    with Sandbox(SandboxSettings(people=500, requests_per_minute=None)) as sandbox:
        yield use(sandbox)


def test_a_budget_stops_the_job_before_it_is_exceeded_and_more_goes_on(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """At 10 credits the server has charged 10 at most; with a larger budget the job goes on."""
    target = tmp_path / "out.csv"
    ran = leadiq("enrich", source, target, *RATE, "--budget", "10", "--json")
    numbers = json.loads(ran.out)
    charged = sum(charge.credits for charge in sandbox.ledger())
    assert (ran.code, numbers["stopped_by"]) == (3, "BudgetError")
    assert 9 < charged <= 10
    assert Decimal(numbers["credits_of_job"]) == charged
    assert "not sent: the budget is used up" in target.read_text()
    again = leadiq("enrich", source, target, *RATE, "--budget", "unlimited", "--force", "--json")
    assert again.code == 0


def test_a_resumed_job_ends_as_if_it_had_never_been_stopped(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """Same bytes, nothing charged twice, and what the journal knew is not asked again."""
    target, whole = tmp_path / "out.csv", tmp_path / "whole.csv"
    first = json.loads(leadiq("enrich", source, target, *RATE, "--budget", "9", "--json").out)
    ran = leadiq("enrich", source, target, *RATE, "--budget", "100", "--resume", "--json")
    numbers = json.loads(ran.out)
    charged = sum(charge.credits for charge in sandbox.ledger())
    assert ran.code == 0
    assert numbers["from_journal"] == first["requests"]
    assert numbers["requests"] + first["requests"] == 30
    assert Decimal(numbers["credits_of_job"]) == charged
    assert leadiq("enrich", source, whole, *RATE, "--budget", "100").code == 0
    assert target.read_bytes() == whole.read_bytes()


def test_an_unfinished_job_is_not_begun_again_by_accident(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """It is gone on with, or begun anew on purpose; there is nothing to resume after its end."""
    target = tmp_path / "out.csv"
    words = ("enrich", source, target, *RATE, "--budget")
    assert leadiq(*words, "5").code == 3
    target.unlink()
    ran = leadiq(*words, "100")
    assert (ran.code, ran.out) == (2, "")
    assert "go on with --resume, or begin anew" in ran.err
    assert leadiq(*words, "100", "--resume").code == 0
    ran = leadiq(*words, "100", "--resume")
    assert (ran.code, "no job to resume" in ran.err) == (2, True)
    assert len(target.read_text().splitlines()) == 36


def test_a_changed_input_is_another_job(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """A job is not gone on with over other rows."""
    target = tmp_path / "out.csv"
    assert leadiq("enrich", source, target, *RATE, "--budget", "5").code == 3
    source.write_text(source.read_text() + "nobody@example.com\n")
    ran = leadiq("enrich", source, target, *RATE, "--budget", "5", "--resume")
    assert (ran.code, "no job to resume" in ran.err) == (2, True)


def test_a_job_that_another_process_is_at_is_left_alone(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """Two processes never write to one journal."""
    target = tmp_path / "out.csv"
    words = ("enrich", source, target, *RATE, "--budget", "5")
    assert leadiq(*words).code == 3
    journal = Journal.open(Store.default().paths()[0])
    ran = leadiq(*words, "--resume")
    journal.close()
    assert (ran.code, "another process" in ran.err) == (2, True)


def test_a_job_that_sent_nothing_leaves_nothing(
    leadiq: Callable[..., Any], sandbox: Sandbox, tmp_path: Path, state: Path
) -> None:
    """Without a lookup there is no journal."""
    (tmp_path / "in.csv").write_text("email\nnobody\n")
    assert leadiq("enrich", tmp_path / "in.csv", tmp_path / "out.csv").code == 0
    assert [path.name for path in state.iterdir()] == ["batches.json"]  # it is of the server


def test_ended_jobs_go_when_a_new_one_begins(
    leadiq: Callable[..., Any],
    sandbox: Sandbox,
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After their time, which is said; jobs that did not end stay."""
    words = ("enrich", source, tmp_path / "out.csv", *RATE, "--force", "--budget")
    assert leadiq(*words, "5").code == 3
    assert leadiq(*words, "100").code == 0
    unfinished, ended = Store.default().paths()
    for path in (unfinished, ended):
        os.utime(path, (0, 0))
    monkeypatch.setenv("LEADIQ_KEEP_DAYS", "unlimited")
    assert "LEADIQ_KEEP_DAYS" not in leadiq(*words, "5").err
    monkeypatch.delenv("LEADIQ_KEEP_DAYS")
    ran = leadiq(*words, "5")
    assert "removed 1 job that ended more than 90 days ago (LEADIQ_KEEP_DAYS)" in ran.err
    assert (unfinished.exists(), ended.exists()) == (True, False)
    assert len(Store.default().paths()) == 3


def test_a_planned_job_keeps_to_its_plan(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """The plan's budget is the limit; another file or selection, or a second budget, is refused."""
    plan, target = tmp_path / "plan.json", tmp_path / "out.csv"
    assert leadiq("plan", source, *RATE, "--sample", "10", "--write", plan).code == 0
    words = ("enrich", source, target, *RATE, "--plan", plan)
    ran = leadiq(*words, "--budget", "5")
    assert (ran.code, "leave --budget out" in ran.err) == (2, True)
    ran = leadiq(*words, "--unlock", "company")
    assert (ran.code, "another --unlock" in ran.err) == (2, True)
    ran = leadiq(*words, "--json")
    numbers = json.loads(ran.out)
    assert ran.code == 0
    assert numbers["budget"] == json.loads(plan.read_text())["budget"]
    source.write_text(source.read_text() + "nobody@example.com\n")
    ran = leadiq(*words, "--force")
    assert (ran.code, "IN has changed" in ran.err) == (2, True)

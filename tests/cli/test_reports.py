"""The rules of reports and books at the end of jobs: they are right, and nobody is in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leadiq._jobs.store import Store
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World

RATE = ("--requests-per-minute", "600000", "--unlock", "work-email")


def emails() -> list[str]:
    """Ten people of the sandbox."""
    world = World(people=500, seed=1)
    found = [world.person(number).current[0].email for number in range(40)]
    return [email.value for email in found if email and email.value][:10]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("email\n" + "\n".join(emails()) + "\nnonsense\n")
    return path


@pytest.fixture
def sandbox(use: Callable[[Sandbox], Sandbox]) -> Iterator[Sandbox]:
    """One of its own, as what another test unlocked would be free."""
    with Sandbox(SandboxSettings(requests_per_minute=None)) as sandbox:
        yield use(sandbox)


@pytest.fixture
def ran(leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path) -> Any:
    """A job that came to its end, and wrote a report."""
    words = ("--budget", "20", "--report", tmp_path / "at-end.html")
    return leadiq("enrich", source, tmp_path / "out.csv", *RATE, *words)


def spent(sandbox: Sandbox) -> Any:
    return sum(charge.credits for charge in sandbox.ledger())


def test_a_job_ends_with_its_books(ran: Any, sandbox: Sandbox, leadiq: Callable[..., Any]) -> None:
    """What was charged for, and what the account counted; the same as `jobs show` tells later."""
    assert ran.code == 0, ran.err
    books = ran.err[ran.err.index("  data point") :].splitlines()
    assert books[2].split() == ["email", "10", "9", "1", "9"]
    assert "  counted by the account" in books[-1] + books[-2]
    shown = leadiq("jobs", "show", Store.default().paths()[0].stem)
    assert shown.out.splitlines()[-len(books) :] == books
    told = json.loads(leadiq("jobs", "show", Store.default().paths()[0].stem, "--json").out)
    assert told["reconciliation"]["charged"] == "9.1"
    assert told["reconciliation"]["account_counted"] in {9, 10}


def test_a_report_is_written_of_any_job(
    ran: Any, leadiq: Callable[..., Any], tmp_path: Path, source: Path
) -> None:
    """At its end, and later by its id: the same figures, and nobody."""
    job = Store.default().paths()[0].stem
    out = tmp_path / "later.html"
    assert leadiq("jobs", "report", job[:10], out) == (0, "", "")
    assert out.read_text() == (tmp_path / "at-end.html").read_text()
    text = out.read_text()
    assert "LeadIQ was asked for 10 people and knew 10 of them" in text
    assert "Rows that name somebody" in text
    assert not [email for email in emails() if email in text or email.split("@")[0] in text]
    assert str(tmp_path) not in text


def test_a_report_does_not_overwrite(
    ran: Any, leadiq: Callable[..., Any], tmp_path: Path, source: Path, sandbox: Sandbox
) -> None:
    """Unless that is asked for; a bad place is refused before anything is sent."""
    job, out = Store.default().paths()[0].stem, tmp_path / "at-end.html"
    assert leadiq("jobs", "report", job, out).code == 2
    assert leadiq("jobs", "report", job, out, "--force").code == 0
    assert leadiq("jobs", "report", "nobody", out, "--force").code == 2
    assert "takes the name of a file" in leadiq("jobs", "report", job, "-").err
    before = spent(sandbox), len(Store.default().paths())
    for name in (out, tmp_path / "nowhere" / "report.html", "-"):
        again = leadiq(
            "enrich", source, tmp_path / "b.csv", *RATE, "--budget", "9", "--report", name
        )
        assert again.code == 2, again.err
    assert (spent(sandbox), len(Store.default().paths())) == before


def test_a_disk_that_is_full_is_said(
    ran: Any, leadiq: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is trouble, not a defect."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    said = leadiq("jobs", "report", Store.default().paths()[0].stem, tmp_path / "x.html")
    assert (said.code, "No space left" in said.err) == (1, True)


def test_what_an_earlier_job_unlocked_is_free(
    ran: Any, leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """The budget is not charged for it, as the server does not charge for it; and that is said."""
    before = spent(sandbox)
    again = leadiq("enrich", source, tmp_path / "again.csv", *RATE, "--budget", "1", "--json")
    assert again.code == 0, again.err
    told = json.loads(again.out)
    assert spent(sandbox) == before
    assert (told["credits_estimated"], told["reconciliation"]["saved"]) == ("0", "9.1")
    assert told["reconciliation"]["difference"] == []
    assert " free again " in again.err
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_answers_can_be_taken_over_from_earlier_jobs(
    ran: Any, leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, tmp_path: Path
) -> None:
    """Without a request, and with the same output; and a job that did so can be forgotten from."""
    words = (*RATE, "--budget", "1", "--reuse", "30d", "--json")
    again = leadiq("enrich", source, tmp_path / "again.csv", *words)
    told = json.loads(again.out)
    assert (again.code, told["requests"], told["reconciliation"]["reused"]) == (0, 0, 10)
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()
    assert leadiq("enrich", source, tmp_path / "c.csv", *RATE, "--reuse", "soon").code == 2

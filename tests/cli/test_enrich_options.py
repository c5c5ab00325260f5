"""The rules of the options of `leadiq enrich`: stages, order, batches, receipts and reports."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadiq._files.targets import Target
from leadiq._jobs.row_receipts import RECEIPT_COLUMNS
from leadiq.cli._problems import Trouble
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World

RATE = ("--requests-per-minute", "600000")
EVERYBODY = [World(people=60, seed=1).person(index) for index in range(60)]


@pytest.fixture
def sandbox(use: Callable[[Sandbox], Sandbox]) -> Any:
    """A sandbox of its own, whose ledger begins empty."""
    with Sandbox(SandboxSettings(people=60, requests_per_minute=None)) as sandbox:
        yield use(sandbox)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Twelve people by LeadIQ id, with a score; the last one is nobody."""
    path = tmp_path / "in.csv"
    order = (4, 9, 0, 7, 2, 5, 8, 1, 6, 3, 4)
    rows = [f"{EVERYBODY[n].id},{n}" for n in order]
    path.write_text("\n".join(["Person ID,Lead Score", *rows, "nobody,10"]) + "\n")
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.csv"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_stage_is_for_those_whom_its_condition_chooses(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, target: Path, tmp_path: Path
) -> None:
    """OUT has its columns, the receipts its price, and the ledger agrees with them."""
    receipts = tmp_path / "receipts.jsonl"
    then = ("--then", "personal-email if lead_score > 5", "--receipts", receipts)
    words = ("--unlock", "work-email", "--budget", "100", *then, "--with-receipts")
    ran = leadiq("enrich", source, target, *words, *RATE, "--json")
    assert ran.code == 0
    lines = [json.loads(line) for line in receipts.read_text().splitlines()]
    assert [line["line"] for line in lines] == [*range(2, 14)]
    scores = [int(row["Lead Score"]) for row in table(target)]
    assert [len(line.get("stages", ())) for line in lines] == [
        2 if 5 < score < 10 else 0 for score in scores
    ]
    told = sum(Decimal(line["price_charged"]) for line in lines)
    assert told == sum((charge.credits for charge in sandbox.ledger()), Decimal(0))
    assert Decimal(json.loads(ran.out)["credits_estimated"]) == told
    rows = table(target)
    assert "leadiq_personal_email" in rows[0]
    assert list(rows[0])[-len(RECEIPT_COLUMNS) :] == RECEIPT_COLUMNS
    assert [row["leadiq_source"] for row in rows][-2:] == ["coalesced", ""]


def test_the_order_decides_who_gets_what_a_budget_pays_for(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, target: Path
) -> None:
    """OUT keeps the order of IN; going on with more credits gives what one run would have."""
    words = ("enrich", source, target, *RATE, "--batch", "1", "--first")
    assert leadiq(*words, "-lead score", "--budget", "0.3").code == 3
    rows = table(target)
    assert {row["Lead Score"] for row in rows if row["leadiq_status"] == "found"} == {"0", "1", "2"}
    assert leadiq(*words, "Lead Score", "--budget", "9", "--resume").code == 0
    assert [row["leadiq_status"] for row in table(target)] == ["found"] * 11 + ["invalid"]
    whole = target.with_name("whole.csv")
    assert leadiq("enrich", source, whole, *RATE).code == 0
    assert whole.read_bytes() == target.read_bytes()


def test_another_stage_or_map_is_another_job(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, target: Path
) -> None:
    """A job that did not end is gone on with only by the same words."""
    stage = ("--then", "work-phone if lead_score > 5")
    words = ("enrich", source, target, *RATE, "--batch", "1")
    assert leadiq(*words, *stage, "--budget", "1").code == 3
    for other in (("--then", "work-phone"), (*stage, "--map", "id=Person ID")):
        ran = leadiq(*words, *other, "--budget", "100", "--resume")
        assert (ran.code, "there is no job to resume" in ran.err) == (2, True)
    assert leadiq(*words, *stage, "--budget", "500", "--resume").code == 0


def test_a_plan_prices_its_stages(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, target: Path, tmp_path: Path
) -> None:
    """Its budget covers them, and a run with other stages does not fit."""
    stage = ("--then", "personal-phone if lead_score > 5")
    plan = tmp_path / "plan.json"
    ran = leadiq("plan", source, *stage, "--write", plan, "--json", *RATE)
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["then"] == ["personal-phone if lead_score > 5"]
    assert Decimal(told["credits"]["low"]) < Decimal(told["credits"]["high"])
    assert "then personal-phone if lead_score > 5" in leadiq("plan", source, *stage, *RATE).out
    ran = leadiq("enrich", source, target, "--plan", plan, *RATE)
    assert (ran.code, "it is for another --then" in ran.err) == (2, True)
    assert leadiq("enrich", source, target, "--plan", plan, *stage, *RATE).code == 0


def test_a_report_and_answers_of_other_jobs(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, target: Path, tmp_path: Path
) -> None:
    """`--reuse` asks for nothing that another job was told; `--report` writes a page."""
    words = ("--unlock", "work-email", "--budget", "50", *RATE)
    assert leadiq("enrich", source, target, *words).code == 0
    paid = len(sandbox.ledger())
    report, again = tmp_path / "report.html", tmp_path / "again.csv"
    ran = leadiq("enrich", source, again, *words, "--reuse", "1d", "--report", report)
    assert ran.code == 0
    assert len(sandbox.ledger()) == paid
    assert again.read_bytes() == target.read_bytes()
    assert "<svg" in report.read_text()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--batch", "26"), "--batch takes 1 to 25, or auto"),
        (("--batch", "many"), "--batch takes 1 to 25, or auto"),
        (("--first", "scor"), "there is no column 'scor' for --first"),
        (("--then", "work-phone if"), "--then: unlock takes"),
        (("--then", "company"), "--budget is missing"),
        (("--reuse", "long"), "--reuse takes a number of days"),
        (("--report", "no/such/place.html"), "the directory of no/such/place.html does not exist"),
        (("--receipts", "no/such/place"), "the directory of no/such/place does not exist"),
        (("--receipts", ""), "--receipts takes the name of a file"),
        (("--report", "reports/"), "--report takes the name of a file"),
        (("--receipts", "same", "--report", "./same"), "have to be different files"),
        (("--receipts=-", "--json"), "--json needs standard output"),
    ],
)
def test_what_cannot_be_is_refused(
    leadiq: Callable[..., Any],
    sandbox: Sandbox,
    source: Path,
    target: Path,
    words: tuple[str, ...],
    why: str,
) -> None:
    """Exit 2 and one sentence, before anything is sent."""
    ran = leadiq("enrich", source, target, *words, *RATE)
    assert (ran.code, why in ran.err, ran.err.count("\n")) == (2, True, 1)
    assert not target.exists()
    assert not sandbox.ledger()


def job_is_resumable(leadiq: Callable[..., Any]) -> bool:
    (job,) = json.loads(leadiq("jobs", "list", "--json").out)
    return bool(job["condition"] == "resumable")


@pytest.mark.parametrize("option", ["--receipts", "--report"])
def test_no_output_overwrites_another(
    leadiq: Callable[..., Any], sandbox: Sandbox, source: Path, target: Path, option: str
) -> None:
    """OUT is not replaced by what is written after it, also with --force."""
    ran = leadiq("enrich", source, target, option, target, "--force", *RATE)
    assert (ran.code, "have to be different files" in ran.err) == (2, True)
    assert not sandbox.ledger()


@pytest.mark.parametrize("step", ["write", "put"])
def test_a_disk_that_is_full_of_receipts(
    leadiq: Callable[..., Any],
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    source: Path,
    target: Path,
    tmp_path: Path,
    step: str,
) -> None:
    """It ends the job, which can be gone on with, and leaves no half of the file."""
    receipts = tmp_path / "receipts.jsonl"

    class Full:
        def write(self, _: bytes) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            raise OSError(28, "No space left on device")

    real = Target.__init__

    def full(target: Any, path: str, *, force: bool) -> None:
        real(target, path, force=force)
        if path == str(receipts):
            if step == "write":
                target.file.close()
                target.file = Full()
            else:
                target.put = lambda: Full().write(b"")

    monkeypatch.setattr(Target, "__init__", full)
    ran = leadiq("enrich", source, target, "--receipts", receipts, *RATE)
    assert (ran.code, "cannot write receipts.jsonl: No space left" in ran.err) == (1, True)
    assert job_is_resumable(leadiq)
    assert not list(tmp_path.glob("*receipts*"))
    assert not list(tmp_path.glob(".receipts*"))


def test_a_report_that_cannot_be_written_costs_the_summary_nothing(
    leadiq: Callable[..., Any],
    sandbox: Sandbox,
    source: Path,
    target: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the job did is told before the report is written; OUT is in place."""

    def full(out: str, journal: Path) -> None:
        raise Trouble("cannot write it: No space left on device")

    monkeypatch.setattr("leadiq.cli._enrich.write_report", full)
    ran = leadiq("enrich", source, target, *RATE, "--json", "--report", tmp_path / "report.html")
    assert (ran.code, json.loads(ran.out)["found"]) == (1, 11)
    assert "No space left" in ran.err
    assert len(table(target)) == 12

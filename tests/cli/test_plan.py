"""The rules of `leadiq plan`, run as a user runs it, against a sandbox over HTTP."""

from __future__ import annotations

import io
import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from leadiq._core.pricing import Unlock
from leadiq._files.opening import open_source
from leadiq._jobs.columns import find_columns
from leadiq._jobs.plan import read_plan
from leadiq.sandbox import Prices, Refused, Sandbox, SandboxSettings
from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "examples" / "leads.csv"
RATE = ("--requests-per-minute", "600000")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small file: three rows for two people, one that no preview finds, and an invalid one."""
    path = tmp_path / "in.csv"
    path.write_text(
        "email,LeadIQ ID,notes\n"
        "x@example.com,,secret\nX@example.com,,\ny@example.com,,\nnobody,,\n"
        ",PersonID-00000000-0000-4000-8000-000000000000,\n"
    )
    return path


def test_a_plan_covers_what_the_job_costs(
    leadiq: Callable[..., Any], use: Callable[[Sandbox], Sandbox], tmp_path: Path
) -> None:
    """On the example file the server's ledger ends within the interval, and within the budget;
    the plan itself costs nothing, and as many requests as it says.
    """
    written = tmp_path / "plan.json"
    settings = SandboxSettings(requests_per_minute=None, credits=Decimal(100_000))
    options = ("--unlock", "work-email,company", *RATE)
    with Sandbox(settings) as sandbox:
        use(sandbox)
        ran = leadiq("plan", EXAMPLE, *options, "--write", written, "--json")
        assert ran.code == 0
        assert sum(charge.credits for charge in sandbox.ledger()) == 0
        plan = read_plan(written)
        budget = ("--budget", str(plan.budget))
        assert leadiq("enrich", EXAMPLE, tmp_path / "out.csv", *options, *budget).code == 0
        charged = sum(charge.credits for charge in sandbox.ledger())
    assert plan.credits.low <= charged <= plan.credits.high <= plan.budget
    told = json.loads(ran.out)
    assert json.loads(written.read_text()) == told
    assert told["sample"]["previews"] == 60
    assert "asking for 60 previews: free" in ran.err


def test_the_plan_fits_the_file(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    tmp_path: Path,
) -> None:
    """It is for these bytes, these columns and this selection, without the profile."""
    use(shared_sandbox)
    written = tmp_path / "plan.json"
    ran = leadiq("plan", source, *RATE, "--write", written, "--unlock", "profile,work-email")
    assert ran.code == 0
    with open_source(str(source)) as table:
        columns = find_columns(table.header)
        positions = {field.value: at for field, at in columns.positions.items()}
        read_plan(written).check(table.digest(), {Unlock.WORK_EMAIL}, positions)


def test_the_numbers_are_told(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
) -> None:
    """Rows, what cannot be previewed, what is expected, and what each unlock adds; no data."""
    use(shared_sandbox)
    ran = leadiq("plan", source, "--requests-per-minute", "2", "--sample", "0")
    assert ran.code == 0
    lines = [re.sub(" +", " ", line.strip()) for line in ran.out.splitlines()]
    assert lines[0] == f"{source}: 5 rows"
    for line in (
        "invalid 1",
        "duplicates 1",
        "lookups 3",
        "requests 3 about 2 minutes at 2 a minute",
    ):
        assert line in lines
    assert any(line.startswith("without preview 1 by LeadIQ id") for line in lines)
    assert any(line.startswith("add work-phone") for line in lines)
    assert not any(line.startswith("drop") for line in lines)
    assert "previews" not in ran.err
    assert "example.com" not in ran.out
    assert "secret" not in ran.out


def test_the_account_s_prices_count(
    leadiq: Callable[..., Any], use: Callable[[Sandbox], Sandbox], source: Path
) -> None:
    """Prices are those that the account shows."""
    prices = Prices(person_phone=Decimal("7.5"))
    with Sandbox(SandboxSettings(people=100, requests_per_minute=None, prices=prices)) as sandbox:
        use(sandbox)
        ran = leadiq("plan", source, *RATE, "--unlock", "work-phone", "--json")
    told = json.loads(ran.out)
    assert told["prices"]["phone"] == "7.5"
    assert told["credits"]["most"] == "22.5"


def test_the_seed_decides_who_is_previewed(
    leadiq: Callable[..., Any], use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox
) -> None:
    """The same seed gives the same plan, another one another."""
    use(shared_sandbox)
    options = ("--sample", "12", "--json", "--unlock", "work-phone", *RATE)
    first, again, other = (
        json.loads(leadiq("plan", EXAMPLE, *options, "--seed", seed).out) for seed in (1, 1, 2)
    )
    assert {**first, "created": ""} == {**again, "created": ""}
    assert first["sample"] != other["sample"]


def test_what_earlier_jobs_looked_up_is_free(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    tmp_path: Path,
) -> None:
    """Nothing is expected to be charged for it, and the budget holds what a job will count."""
    use(shared_sandbox)
    source = tmp_path / "in.csv"
    world = World(people=500, seed=1)
    known = (world.person(index).linkedin_slug for index in range(30))
    addresses = [f"linkedin.com/in/{slug}" for slug in known if slug]
    source.write_text("\n".join(["LinkedIn URL", *addresses, "linkedin.com/in/nobody", ""]))
    out = tmp_path / "out.csv"
    for unlock, note in ((), "free again"), (("--unlock", "company"), "counted as new"):
        options = (*unlock, *RATE)
        enriched = leadiq(
            "enrich", source, out, *options, "--budget", "unlimited", "--json", "--force"
        )
        counted = Decimal(json.loads(enriched.out)["credits_of_job"])
        told = json.loads(leadiq("plan", source, *options, "--json").out)
        assert told["counts"]["known"] == told["counts"]["lookups"]
        free = not unlock
        assert (Decimal(told["credits"]["high"]) == 0) is free
        assert Decimal(told["budget"]) >= counted
        assert note in leadiq("plan", source, *options).out


def test_previews_that_fail_are_told(
    leadiq: Callable[..., Any], use: Callable[[Sandbox], Sandbox], source: Path
) -> None:
    """They are no part of the sample; a key that is refused ends it all."""
    with Sandbox(SandboxSettings(people=100, requests_per_minute=None)) as sandbox:
        use(sandbox)
        sandbox.set_faults(Refused(status=400, requests=(2,)))
        ran = leadiq("plan", source, *RATE)
        sandbox.set_faults(Refused(status=401, requests=(2, 3)))
        refused = leadiq("plan", source, *RATE)
    assert ran.code == 0
    assert re.search(r"previews failed +1", ran.out)
    assert refused.code == 4
    assert refused.out == ""


def test_a_plan_is_not_written_over_another_file(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    tmp_path: Path,
) -> None:
    """Unless that is asked for; the input never is."""
    use(shared_sandbox)
    other = tmp_path / "other.json"
    other.write_text("mine")
    assert "--force" in leadiq("plan", source, *RATE, "--write", other).err
    assert other.read_text() == "mine"
    assert leadiq("plan", source, *RATE, "--write", other, "--force").code == 0
    assert read_plan(other).counts.rows == 5
    assert leadiq("plan", source, *RATE, "--write", source, "--force").code == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--sample", "-1"], "--sample has to be 0 or more"),
        (["--nope"], "Unknown option"),
        (["--write=-"], "--json prints the plan"),
        (["--unlock", "everything"], "choose from"),
        (["--map", "email=none"], "in.csv: there is no column"),
        (["--requests-per-minute", "0"], "--requests-per-minute goes from"),
    ],
)
def test_bad_usage_is_refused_before_anything_is_sent(
    leadiq: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    source: Path,
    words: list[str],
    says: str,
) -> None:
    """With exit code 2 and what to do."""
    monkeypatch.setenv("LEADIQ_ENDPOINT", "http://127.0.0.1:9/")
    monkeypatch.setenv("LEADIQ_API_KEY", "a2V5Og==")
    ran = leadiq("plan", source, *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_full_disk_is_told(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The plan cannot be written: exit code 1."""

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    use(shared_sandbox)
    monkeypatch.setattr(Path, "write_text", full)
    ran = leadiq("plan", source, *RATE, "--write", tmp_path / "plan.json")
    assert ran.code == 1
    assert "No space left on device" in ran.err


def test_standard_input_can_be_planned(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As - for IN; the digest is that of its bytes, so the plan fits the file too."""
    use(shared_sandbox)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source.read_bytes())))
    piped = json.loads(leadiq("plan", "-", *RATE, "--json").out)
    named = json.loads(leadiq("plan", source, *RATE, "--json").out)
    assert piped["digest"] == named["digest"]

"""The rules of `leadiq track companies`: each company's fate is told, and all are checked first."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from leadiq import InsufficientCreditsError, LeadIQ, WriteReport, WriteRow, WriteStatus
from leadiq.sandbox import Sandbox, SandboxSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FAST = ("--requests-per-minute", "600000")


@pytest.fixture(scope="module")
def own_sandbox() -> Iterator[Sandbox]:
    """A sandbox whose tracked companies are these tests'."""
    with Sandbox(SandboxSettings(people=50, requests_per_minute=None)) as sandbox:
        yield sandbox


@pytest.fixture
def track(
    use: Callable[[Sandbox], Sandbox], own_sandbox: Sandbox, leadiq: Callable[..., Any]
) -> Callable[..., Any]:
    """`leadiq track companies` at a sandbox where nothing is tracked."""
    use(own_sandbox)

    def run(*words: object) -> Any:
        return leadiq("track", "companies", *words, *FAST)

    run("clear", "--yes")
    return run


def test_companies_are_added_listed_removed(track: Callable[..., Any], tmp_path: Path) -> None:
    """From a file to the list, and out of it again."""
    table = tmp_path / "in.csv"
    table.write_text("Company;Website\nExample Inc;https://www.example.com\nOther;example.org\n")
    added = track("add", table)
    rows = list(csv.DictReader(added.out.splitlines()))
    assert (added.code, added.err) == (0, "leadiq: 2 done\n")
    assert [row["domain"] for row in rows] == ["example.com", "example.org"]
    listed = track("list", "--format", "jsonl")
    assert [json.loads(line)["name"] for line in listed.out.splitlines()] == [
        "Example Inc",
        "Other",
    ]
    removed = track("remove", rows[0]["id"], "0123456789abcdef01234567", "--format", "json")
    assert (removed.code, removed.err) == (0, "leadiq: 1 done, 1 not found\n")
    assert [one["status"] for one in json.loads(removed.out)] == ["done", "not_found"]
    assert len(track("list", "--limit", 5).out.splitlines()) == 2


def test_one_company(track: Callable[..., Any]) -> None:
    """A company is named by options, too."""
    ran = track("add", "--name", "Example Inc", "--domain", "Example.com", "--format", "jsonl")
    assert json.loads(ran.out)["domain"] == "example.com"
    assert track("clear", "--yes") == (0, "", "leadiq: no company is tracked any more\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("company,domain\nExample Inc,nowhere\n", "in.csv, line 2: domain: "),
        ("company,domain\n,example.com\n", "in.csv, line 2: name: "),
        ("name,size\nExample Inc,5\n", "it takes a column with"),
    ],
)
def test_a_bad_file_is_refused_as_a_whole(
    track: Callable[..., Any], tmp_path: Path, text: str, says: str
) -> None:
    """One bad line keeps every line from being sent, and no value is in the text."""
    (tmp_path / "in.csv").write_text(text)
    ran = track("add", tmp_path / "in.csv")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "nowhere" not in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["add"], "no company named"),
        (["add", "in.csv", "--name", "x"], "not both"),
        (["add", "--name", "x", "--domain", "y"], "--domain: "),
        (["add", "--nmae", "x"], "--nmae"),
        (["remove"], "no company named"),
        (["clear"], "say --yes"),
    ],
)
def test_what_makes_no_sense_is_refused(
    track: Callable[..., Any], words: list[str], says: str
) -> None:
    """A command that can't be meant is exit 2 and sends nothing."""
    ran = track(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


@pytest.mark.parametrize(
    ("status", "stopped_by", "code", "err"),
    [
        (WriteStatus.UNKNOWN, None, 1, "leadiq: 1 unknown\n"),
        (
            WriteStatus.REFUSED,
            InsufficientCreditsError("no credits"),
            3,
            "leadiq: 1 refused\nleadiq: stopped: no credits\n",
        ),
        (None, None, 0, "leadiq: no company named; nothing was sent\n"),
    ],
)
def test_what_is_not_done_is_told(
    track: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    status: WriteStatus | None,
    stopped_by: Any,
    code: int,
    err: str,
) -> None:
    """The exit code says whether every company is settled, and what stopped the rest."""

    async def remove(_: object, ids: list[str], **__: object) -> WriteReport[str, Any]:
        rows: tuple[WriteRow[str, Any], ...] = () if status is None else (WriteRow(ids[0], status),)
        return WriteReport(rows, stopped_by)

    monkeypatch.setattr(LeadIQ, "remove_companies", remove)
    ran = track("remove", "x")
    assert (ran.code, ran.err) == (code, err)

"""The rules of tracking runs: started once, their id printed, watched and cancelled by it."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, cast

import pytest

from leadiq import LeadIQ, ServerError, StillRunningError
from leadiq.cli._server import Server
from leadiq.cli._track_runs import watch_run
from leadiq.cli._track_sheets import CHANGES
from leadiq.sandbox import Sandbox, SandboxSettings
from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FAST = ("--requests-per-minute", "600000")
WORLD = World(people=300, seed=1)


@pytest.fixture(scope="module")
def own_sandbox() -> Iterator[Sandbox]:
    """A sandbox in which a run takes no time."""
    with Sandbox(SandboxSettings(people=300, requests_per_minute=None, tracking_s=0)) as sandbox:
        yield sandbox


@pytest.fixture
def track(
    use: Callable[[Sandbox], Sandbox], own_sandbox: Sandbox, leadiq: Callable[..., Any]
) -> Callable[..., Any]:
    """`leadiq track` at that sandbox."""
    use(own_sandbox)
    return lambda *words: leadiq("track", *words, *FAST)


def test_a_task_from_start_to_end(track: Callable[..., Any], tmp_path: Path) -> None:
    """The printed id leads to what the task found; a token goes on behind a row."""
    firms = "".join(f"{WORLD.firm_name(i)[0]},{WORLD.domain(i)}\n" for i in range(8))
    (tmp_path / "in.csv").write_text("company,domain\n" + firms)
    assert track("companies", "add", tmp_path / "in.csv").code == 0
    began = track("start", "--months-back", 12, "--change", "job-change")
    assert (began.code, began.err.count("\n")) == (0, 1)
    task = began.out.strip()
    found = track("watch", task)
    rows = list(csv.DictReader(found.out.splitlines()))
    assert rows
    assert found.err == f"leadiq: {len(rows)} found\n"
    assert {row["change"] for row in rows} == {"JobChange"}
    shown = track("status", task)
    assert shown.out.splitlines()[1].split() == ["status", "Successful"]
    assert json.loads(track("status", task, "--json").out)["id"] == task
    assert track("cancel", task) == (0, "", "leadiq: it was over already\n")


def test_people_of_ones_own(track: Callable[..., Any], tmp_path: Path) -> None:
    """A file becomes a run under a name of one's own."""
    (tmp_path / "in.csv").write_text(
        "Company Name,First Name,Last Name,E-mail,Title,Reference ID\n"
        "Example Inc,Ann,Example,ann@example.com,Clerk,7\n"
    )
    began = track("contacts", "start", tmp_path / "in.csv", "--import-id", "spring")
    assert (began.code, began.out) == (0, "")
    assert "1 sent" in began.err
    found = track("contacts", "watch", "spring")
    assert (found.code, found.out.partition(",")[0]) == (0, "id")
    assert track("contacts", "cancel", "spring", "--reason", "done").code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("company,first name\nExample Inc,Ann\n", "it takes columns for"),
        ("company,first name,last name\n", "in.csv has no rows"),
        ("company,first name,last name\nExample Inc,Ann,\n", "in.csv, line 2: last_name: "),
        (
            "company,first name,last name,email\nExample Inc,Ann,Example,ann\n",
            "in.csv, line 2: email: ",
        ),
    ],
)
def test_bad_people_are_refused_as_a_whole(
    track: Callable[..., Any], tmp_path: Path, text: str, says: str
) -> None:
    """One bad line keeps every line from being sent, and nobody is named."""
    (tmp_path / "in.csv").write_text(text)
    ran = track("contacts", "start", tmp_path / "in.csv", "--import-id", "x")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "Ann" not in ran.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["start", "--unlock", "email"], 2, "--budget unlimited"),
        (["start", "--unlock", "email", "--budget", "5"], 2, "--budget unlimited"),
        (["start", "--unlock", "fax", "--budget", "unlimited"], 2, "--unlock: choose from"),
        (["start", "--months-back", "0"], 2, "--months-back: has to be at least 1"),
        (["start", "--phone-quality", "best"], 2, "--phone-quality: choose from"),
        (["watch", " "], 2, "TASK: "),
        (["status", "0123456789abcdef01234567"], 1, "no such task"),
        (["contacts", "watch", " "], 2, "IMPORT-ID: "),
    ],
)
def test_what_makes_no_sense_is_refused(
    track: Callable[..., Any], words: list[str], code: int, says: str
) -> None:
    """Each refusal names its option."""
    ran = track(*words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err


def test_what_is_unlocked_is_asked_for(
    track: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--unlock with its budget reaches the input."""
    asked: list[Any] = []

    class Run:
        async def start(self) -> str:
            return "task"

    def start(_: object, wanted: Any) -> Run:
        asked.append(wanted)
        return Run()

    monkeypatch.setattr(LeadIQ, "track_companies", start)
    track("start", "--unlock", "email,phone", "--budget", "unlimited")
    assert asked[0].unlock_data_points == ["PersonEmail", "PersonPhone"]


@pytest.mark.parametrize(
    ("error", "code", "err"),
    [
        (StillRunningError("x"), 1, "leadiq: it goes on at LeadIQ: watch it again later\n"),
        (ServerError("broken"), 1, "leadiq: go on with the same command and --resume t1\n"),
    ],
)
def test_a_watch_that_ends_early(
    track: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    code: int,
    err: str,
) -> None:
    """It tells how to go on behind the row that was written last."""
    monkeypatch.setattr(LeadIQ, "track_companies", lambda _, **__: _Cut(error))
    ran = track("watch", "task", "--format", "jsonl")
    assert ran.code == code
    assert ran.err.startswith(err)


def test_a_watch_that_found_nothing_has_no_token(
    track: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first row there is nothing to go on behind."""
    monkeypatch.setattr(LeadIQ, "track_companies", lambda _, **__: _Cut(ServerError("x"), rows=0))
    ran = track("watch", "task")
    assert (ran.code, ran.err) == (1, "leadiq: x\n")


def test_a_reader_that_has_gone_is_told_nothing(
    track: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """`| head` is no failure to be told of."""
    with pytest.raises(BrokenPipeError):
        watch_run(Server(), lambda _: cast("Any", _Cut(BrokenPipeError())), CHANGES, "jsonl")
    assert capsys.readouterr().err == ""


class _Cut:
    """A run that gives rows and then fails."""

    token = "t1"

    def __init__(self, error: Exception, rows: int = 1) -> None:
        self.error = error
        self.rows = rows

    async def __aiter__(self) -> Any:
        for _ in range(self.rows):
            yield None
        raise self.error

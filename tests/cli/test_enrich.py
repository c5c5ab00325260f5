"""The rules of `leadiq enrich`, run as a user runs it, against a sandbox over HTTP."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from leadiq import ConnectError
from leadiq._engine.identity import Lead
from leadiq._files.text_sink import TextSink
from leadiq._jobs.columns import find_columns
from leadiq.cli import _enrich as command
from leadiq.sandbox import Sandbox, SandboxSettings, load_schema_text
from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "examples" / "leads.csv"
SCHEMA = load_schema_text()
RATE = ("--requests-per-minute", "600000")
FREELY = (*RATE, "--budget", "unlimited")


def emails(count: int, people: int = 500) -> list[str]:
    """Return the work addresses of some people of the sandbox."""
    world = World(people=people, seed=1)
    known = (world.person(index).current[0].email for index in range(people))
    return [email.value for email in known if email and email.value][:count]


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small file: two known people, one of them twice, one unknown, one invalid."""
    ann, bob = emails(2)
    path = tmp_path / "in.csv"
    path.write_text(
        f"id;E-Mail;notes\n007;{ann};=1+1\n008; {bob.upper()};-5\n009;x@example.com;\n"
        f"010;nobody;\n011;{ann};+15550100\n"
    )
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the result goes."""
    return tmp_path / "out.csv"


def test_a_file_is_enriched(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    target: Path,
) -> None:
    """Each row keeps its cells and place and gets its result; the dialect stays."""
    use(shared_sandbox)
    ran = leadiq("enrich", source, target, "--unlock", "work-email", *FREELY, "--json")
    assert ran.code == 0
    text = target.read_text()
    assert text.startswith("id;E-Mail;notes;leadiq_status;leadiq_reason;")
    assert "\r" not in text
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert [row[0] for row in rows] == ["id", "007", "008", "009", "010", "011"]
    assert [row[2] for row in rows[1:]] == ["'=1+1", "-5", "", "", "+15550100"]
    assert [row[3] for row in rows[1:]] == ["found", "found", "not_found", "invalid", "found"]
    assert rows[4][4].startswith("the e-mail has no @")
    assert rows[1][5:] != rows[2][5:]
    assert rows[5][6] == "yes"
    assert rows[5][7:] == rows[1][7:]
    summary = json.loads(ran.out)
    assert (summary["rows"], summary["requests"], summary["shared"]) == (5, 3, 1)
    assert summary["credits_charged"] is not None
    assert "in.csv -> " in ran.err
    assert list(target.parent.glob(".*")) == []


def test_the_summary_tells_what_is_in_the_file(
    leadiq: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the example file, every number of the summary follows from the file that was written."""
    target = tmp_path / "out.csv"
    monkeypatch.setenv("LEADIQ_ENDPOINT", "http://127.0.0.1:9/")
    ran = leadiq(
        *("enrich", EXAMPLE, target, "--sandbox", *FREELY, "--json"),
        *("--unlock", "work-email", "--unlock", "company"),
    )
    summary = json.loads(ran.out)
    rows = table(target)
    given = table(EXAMPLE)
    columns = find_columns(list(given[0]))
    statuses = Counter(row["leadiq_status"] for row in rows)
    leads = [columns.lead(list(row.values())) for row in given]
    keys = [lead.key for lead in leads if isinstance(lead, Lead)]
    assert summary["rows"] == len(rows) == len(given) >= 250
    assert [row["crm_id"] for row in rows] == [row["crm_id"] for row in given]
    for status in ("found", "not_found", "invalid", "failed", "not_sent"):
        assert summary[status] == statuses[status]
    assert summary["invalid"] == len(rows) - len(keys)
    assert summary["requests"] == len(set(keys))
    assert (
        summary["shared"]
        == len(keys) - len(set(keys))
        == sum(row["leadiq_shared"] == "yes" for row in rows)
    )
    assert statuses["found"] > 200
    assert min(statuses["not_found"], statuses["invalid"], summary["shared"]) > 5
    assert statuses["failed"] == statuses["not_sent"] == 0
    assert ran.code == summary["exit_code"] == 0
    paid = [row for row in rows if row["leadiq_status"] == "found" and not row["leadiq_shared"]]
    with_mail = sum(1 for row in paid if row["leadiq_work_email"])
    assert 3 * len(paid) + with_mail <= Decimal(summary["credits_estimated"])
    assert summary["credits_charged"] <= Decimal(summary["credits_estimated"])
    assert "sandbox at http://127.0.0.1:" in ran.err


def test_the_charge_is_the_ledgers(
    leadiq: Callable[..., Any], use: Callable[[Sandbox], Sandbox], source: Path, target: Path
) -> None:
    """What the summary calls charged is what the server's own ledger says, in whole credits."""
    settings = SandboxSettings(people=500, requests_per_minute=None)
    with Sandbox(settings) as sandbox:
        use(sandbox)
        ran = leadiq("enrich", source, target, "--unlock", "company", *FREELY, "--json")
        charged = sum((charge.credits for charge in sandbox.ledger()), Decimal(0))
    assert json.loads(ran.out)["credits_charged"] == int(charged) > 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no file"),
        (b"", "is empty"),
        (b"J\xf6rg", "line 1, column 1: not UTF-8"),
        (b"a,b\n", "no column identifies a person"),
        (b"email,email\n", "the columns 'email' and 'email' have the same name"),
        (b"email,leadiq_id\n", "named like a result"),
        (b'email,"notes\nx@example.com,1\n', "line 1, column 2: the quote opened here"),
        (b"x" * 140_000, "line 1, column 1: a cell longer"),
    ],
)
def test_a_bad_file_sends_nothing_and_writes_nothing(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    tmp_path: Path,
    content: bytes | None,
    says: str,
) -> None:
    """One sentence with file, line and column; exit 2; no request, no file."""
    source = tmp_path / "in.csv"
    if content is not None:
        source.write_bytes(content)
    with Sandbox(SandboxSettings(people=10)) as sandbox:
        use(sandbox)
        ran = leadiq("enrich", source, tmp_path / "out.csv")
        assert sandbox.ledger() == []
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("leadiq: ")
    assert ran.err.count("\n") == 1
    assert str(source) in ran.err
    assert says in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"] * (content is not None)


def test_rows_that_cannot_be_read_cost_nobody_else(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    tmp_path: Path,
    target: Path,
) -> None:
    """They are told of before anything is sent, and written with the reason; the rest goes on."""
    use(shared_sandbox)
    ann, bob = emails(2)
    source = tmp_path / "in.csv"
    source.write_bytes(
        f'email,notes\n{ann},1\nonly\n{bob},"open\n{bob},2\nx@example.com,'.encode() + b"J\xf6rg\n"
    )
    ran = leadiq("enrich", source, target, *RATE, "--json")
    assert ran.code == 0
    rows = table(target)
    assert [row["email"] for row in rows] == [ann, "only", bob, bob, "x@example.com"]
    assert [row["notes"] for row in rows] == ["1", "", "open", "2", "J\ufffdrg"]
    assert [row["leadiq_status"] for row in rows] == ["found", *["invalid"] * 2, "found", "invalid"]
    assert rows[1]["leadiq_reason"].startswith("line 3: 1 cell where the header has 2")
    assert rows[2]["leadiq_reason"].startswith("line 4: column 'notes': the quote opened here")
    assert rows[4]["leadiq_reason"].startswith("line 6: column 'notes': not UTF-8")
    assert json.loads(ran.out)["requests"] == 2
    assert "3 rows cannot be read and will not be looked up: line 3: 1 cell" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--concurrency", "0"], "--concurrency has to be at least 1"),
        (["--map", "email=Mail"], "no column 'Mail' for --map"),
        (["--requests-per-minute", "0"], "--requests-per-minute goes from 1"),
        (["--sandbox", "--endpoint", "http://x"], "leave --endpoint out"),
    ],
)
def test_bad_options_send_nothing(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    target: Path,
    words: list[str],
    says: str,
) -> None:
    """An option that makes no sense is one sentence and exit 2."""
    use(shared_sandbox)
    ran = leadiq("enrich", source, target, *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert not target.exists()


def test_the_output_is_refused_before_the_input_is_read(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    target: Path,
) -> None:
    """What exists is not overwritten without --force, and the input never."""
    use(shared_sandbox)
    target.write_text("dear")
    assert "--force" in leadiq("enrich", source, target).err
    assert "overwrite the input" in leadiq("enrich", source, source, "--force").err
    assert "--json needs standard output" in leadiq("enrich", source, "-", "--json").err
    assert target.read_text() == "dear"


@pytest.mark.parametrize(
    ("key", "says"), [(None, "set LEADIQ_API_KEY"), ("se cr et", "LEADIQ_API_KEY: the API key has")]
)
def test_without_a_key_nothing_is_read(
    leadiq: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    key: str | None,
    says: str,
) -> None:
    """A missing or malformed key is exit 2, before anybody looks at the files."""
    if key:
        monkeypatch.setenv("LEADIQ_API_KEY", key)
    ran = leadiq("enrich", tmp_path / "nowhere.csv", tmp_path / "no" / "out.csv")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "cr et" not in ran.err


@pytest.mark.parametrize("files", [("", "out.csv"), ("in.csv", ""), ("x" * 300, "out.csv")])
def test_impossible_names_are_one_sentence(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    files: tuple[str, str],
) -> None:
    """Names that are empty or too long end with exit 2, whichever file they are for."""
    use(shared_sandbox)
    for pair in (files, ("in.csv", "y" * 300)):
        ran = leadiq("enrich", *pair)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "IN is empty" in ran.err or "OUT is empty" in ran.err or "too long" in ran.err


def test_unlocks_may_be_joined_by_commas(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    shared_sandbox: Sandbox,
    source: Path,
    target: Path,
) -> None:
    """One --unlock with commas is as good as several."""
    use(shared_sandbox)
    words = ("--unlock", "work-email,Company", "--unlock", "profile", "--json")
    summary = json.loads(leadiq("enrich", source, target, *FREELY, *words).out)
    assert summary["unlock"] == ["company", "work-email"]


def test_a_refused_key_is_found_out_before_any_row(
    leadiq: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    shared_sandbox: Sandbox,
    source: Path,
    target: Path,
) -> None:
    """A key that LeadIQ refuses is exit 4; no row is sent and nothing is written."""
    monkeypatch.setenv("LEADIQ_API_KEY", "not-this-one")
    ran = leadiq("enrich", source, target, "--endpoint", shared_sandbox.url)
    assert ran.code == 4
    assert "refused the key" in ran.err
    assert list(target.parent.iterdir()) == [source]


def test_a_header_alone_is_enriched(
    leadiq: Callable[..., Any], tmp_path: Path, target: Path
) -> None:
    """No rows is fine: the result is the header."""
    (tmp_path / "in.csv").write_text("email\n")
    ran = leadiq("enrich", tmp_path / "in.csv", target, "--sandbox", "--force")
    assert ran.code == 0
    assert target.read_text().startswith("email,leadiq_status,")
    assert "0 rows" in ran.err


def test_from_pipe_to_pipe(source: Path, shared_sandbox: Sandbox) -> None:
    """- is standard input and output; the summary stays on stderr."""
    ran = subprocess.run(
        [sys.executable, "-m", "leadiq", "enrich", "-", "-", *RATE],
        input=source.read_bytes(),
        capture_output=True,
        check=False,
        env=os.environ
        | {"LEADIQ_ENDPOINT": shared_sandbox.url, "LEADIQ_API_KEY": shared_sandbox.key},
    )
    assert ran.returncode == 0
    assert len(ran.stdout.decode().splitlines()) == 6
    assert ran.stderr.decode().startswith("standard input -> -: 5 rows\n")


def test_spent_credits_stop_the_job_and_lose_nothing(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    tmp_path: Path,
    target: Path,
) -> None:
    """With credits for three, three are found and kept, nobody is lost, and the exit code is 3."""
    source = tmp_path / "in.csv"
    source.write_text("email\n" + "\n".join(emails(30)) + "\n")
    settings = SandboxSettings(people=500, requests_per_minute=None, credits=Decimal(9))
    with Sandbox(settings) as sandbox:
        use(sandbox)
        words = ("--unlock", "company", "--concurrency", "2", *FREELY, "--json")
        ran = leadiq("enrich", source, target, *words)
        charged = sum((charge.credits for charge in sandbox.ledger()), Decimal(0))
    assert ran.code == 3
    summary = json.loads(ran.out)
    statuses = Counter(row["leadiq_status"] for row in table(target))
    assert 0 < 3 * statuses["found"] <= charged <= 9
    assert statuses["found"] == len([c for c in table(target) if c["leadiq_company_domain"]])
    assert statuses["not_sent"] > 20
    assert sum(statuses.values()) == summary["rows"] == 30
    assert summary["stopped_by"] == "InsufficientCreditsError"
    assert "not sent: credits ran out" in target.read_text()
    assert "stopped: credits ran out" in ran.err


def test_a_failed_row_is_exit_1(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    source: Path,
    target: Path,
) -> None:
    """An error of a row is written beside it, in words; the rest is done; the exit is 1."""
    ann = "https://www.linkedin.com/in/ann-example"
    source.write_text(f"email,linkedin\nx@example.com,\nx@example.com,\n,{ann}\n")
    without_email = re.sub(
        r"(input SearchPeopleInput \{.*?\n  )email:", r"\1mail:", SCHEMA, flags=re.DOTALL
    )
    settings = SandboxSettings(people=5, requests_per_minute=None, schema=without_email)
    with Sandbox(settings) as sandbox:
        use(sandbox)
        ran = leadiq("enrich", source, target, *RATE, "--batch", "1")
    assert ran.code == 1
    rows = table(target)
    assert [row["leadiq_status"] for row in rows] == ["failed", "failed", "not_found"]
    assert {row["leadiq_reason"].partition(" ")[0] for row in rows[:2]} == {"LeadIQ's"}
    assert "x@example.com" not in ran.err + rows[0]["leadiq_reason"]


def test_a_file_that_changes_meanwhile_keeps_what_is_paid(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    monkeypatch: pytest.MonkeyPatch,
    shared_sandbox: Sandbox,
    source: Path,
    target: Path,
) -> None:
    """When the input is changed while rows are sent, the rows so far are written; exit 2."""
    use(shared_sandbox)
    real = command._Job._rows

    def changing(job: Any) -> Any:
        for number, row in enumerate(real(job)):
            yield row
            if not number:
                os.utime(source, (1, 1))

    monkeypatch.setattr(command._Job, "_rows", changing)
    ran = leadiq("enrich", source, target, *RATE)
    assert ran.code == 2
    assert "was changed while it was being read" in ran.err
    assert target.read_text().count("\n") == 6


def test_a_disk_that_fills_up_keeps_what_is_paid(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    monkeypatch: pytest.MonkeyPatch,
    shared_sandbox: Sandbox,
    source: Path,
    target: Path,
) -> None:
    """When a row can't be written, the job ends and tells where the rows before it are."""
    use(shared_sandbox)
    real = TextSink._write

    def full(sink: Any, record: Any, cells: Any, **more: Any) -> None:
        if record.cells[0] == "009":
            raise OSError(28, "No space left on device")
        real(sink, record, cells, **more)

    monkeypatch.setattr(TextSink, "_write", full)
    ran = leadiq("enrich", source, target, *RATE)
    assert ran.code == 1
    assert "cannot write out.csv: No space left on device; what was paid for is kept" in ran.err
    (partial,) = target.parent.glob(".out.csv.*.partial")
    assert partial.read_text().count("\n") == 3
    assert not target.exists()


def test_ctrl_c_keeps_what_is_paid(shared_sandbox: Sandbox, tmp_path: Path, target: Path) -> None:
    """Ctrl-C stops the sending; every row is accounted for, and the exit code is 130."""
    source = tmp_path / "in.csv"
    source.write_text("email\n" + "\n".join(emails(200)) + "\n")
    slowly = ("--requests-per-minute", "60", "--batch", "1")
    with subprocess.Popen(
        [sys.executable, "-m", "leadiq", "enrich", source, target, *slowly],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ
        | {"LEADIQ_ENDPOINT": shared_sandbox.url, "LEADIQ_API_KEY": shared_sandbox.key},
    ) as process:
        before = len(shared_sandbox.ledger())
        # The second is charged a second after the first, whose answer has long come then.
        _wait_for(lambda: len(shared_sandbox.ledger()) > before + 1)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert "stopping: waiting for what is under way" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait() == 130
    statuses = Counter(row["leadiq_status"] for row in table(target))
    assert sum(statuses.values()) == 200
    assert statuses["found"] >= 1
    assert statuses["not_sent"] > 150
    assert "not sent: interrupted" in target.read_text()
    assert "stopped: interrupted" in said


def _wait_for(condition: Callable[[], bool]) -> None:
    """Wait until another process has done something; it fails after a while."""
    tick = threading.Event()
    for _ in range(3000):
        if condition():
            return
        tick.wait(0.01)
    pytest.fail("it did not happen")


class Heeding:
    """A job that notes how it was told to stop."""

    def __init__(self) -> None:
        self.told: list[bool] = []

    def stop(self, *, abandon: bool = False) -> None:
        """Note it."""
        self.told.append(abandon)


def test_the_first_signal_drains_and_the_second_gives_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each signal is answered by a line; at the end it is the count that nobody waits for."""
    job = Heeding()
    stop = command._Stop(job)
    for _ in range(3):
        stop()
    stop.is_over = True
    stop()
    assert job.told == [False, True, True, True]
    said = capsys.readouterr().err.splitlines()
    words = [line.partition(" ")[2].split()[0] for line in said]
    assert words == ["stopping:", "giving", "giving", "not"]


def test_outside_the_main_thread_signals_are_left_alone(
    use: Callable[[Sandbox], Sandbox], shared_sandbox: Sandbox, source: Path, target: Path
) -> None:
    """In another thread the command works, without a say in Ctrl-C."""
    from leadiq.cli import main

    use(shared_sandbox)
    codes: list[int] = []
    thread = threading.Thread(
        target=lambda: codes.append(main(["enrich", str(source), str(target), *RATE]))
    )
    thread.start()
    thread.join()
    assert codes == [0]


class Silent:
    """A server that takes connections, and answers nothing."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"

    def wait(self) -> socket.socket:
        """Return the next connection, when a request has come over it."""
        connection, _ = self._listener.accept()
        connection.recv(1)
        return connection

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupting_the_check_of_the_key_leaves_nothing(
    source: Path, target: Path, number: signal.Signals
) -> None:
    """While the first answer is waited for, either signal ends the command, with no file left."""
    server = Silent()
    with (
        contextlib.closing(server),
        subprocess.Popen(
            [sys.executable, "-m", "leadiq", "enrich", source, target],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"LEADIQ_ENDPOINT": server.url, "LEADIQ_API_KEY": "a-raw-key"},
        ) as process,
        server.wait(),
    ):
        process.send_signal(number)
        try:
            assert process.wait(30) == 130
        finally:
            process.kill()
        assert process.stderr is not None
        assert process.stderr.read() == "leadiq: interrupted\n"
    assert list(target.parent.iterdir()) == [source]


def test_a_job_that_never_began_is_interrupted(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, source: Path, target: Path
) -> None:
    """Interrupted before the first row, there is no summary and no file: exit 130."""

    async def interrupted(*_: object) -> None:
        return None

    monkeypatch.setattr(command._Job, "run", interrupted)
    ran = leadiq("enrich", source, target, "--sandbox")
    assert (ran.code, ran.err) == (130, "leadiq: interrupted\n")
    assert not target.exists()


def test_a_dead_server_is_given_up(
    leadiq: Callable[..., Any],
    use: Callable[[Sandbox], Sandbox],
    monkeypatch: pytest.MonkeyPatch,
    shared_sandbox: Sandbox,
    tmp_path: Path,
    target: Path,
) -> None:
    """After ten rows without a connection the others are not sent; exit 1 and one sentence."""
    use(shared_sandbox)

    async def dead(*_: object, **__: object) -> None:
        raise ConnectError("cannot connect to 127.0.0.1")

    monkeypatch.setattr("leadiq._jobs.trips._ask_one", dead)
    source = tmp_path / "in.csv"
    source.write_text("email\n" + "\n".join(emails(100)) + "\n")
    ran = leadiq("enrich", source, target, "--concurrency", "2", "--batch", "1", *RATE)
    assert ran.code == 1
    assert "stopped: LeadIQ cannot be reached; what was paid for is kept" in ran.err
    statuses = Counter(row["leadiq_status"] for row in table(target))
    assert 10 <= statuses["failed"] <= 12
    assert statuses["failed"] + statuses["not_sent"] == 100

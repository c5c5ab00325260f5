"""The rules of the command line as a whole: one sentence on stderr, and a truthful exit code."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

import pytest

import leadiq.cli
from leadiq import (
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    InputError,
    InsufficientCreditsError,
    __version__,
)
from leadiq._engine.identity import Lead
from leadiq.cli import _app, main

if TYPE_CHECKING:
    from collections.abc import Callable


def test_version(leadiq: Callable[..., Any]) -> None:
    """--version prints the version."""
    assert leadiq("--version") == (0, f"{__version__}\n", "")


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_help_names_the_commands(leadiq: Callable[..., Any], words: list[str]) -> None:
    """Without a command, and with --help, the commands and exit codes are explained."""
    ran = leadiq(*words)
    assert ran.code == 0
    for name in (*_app._COMMANDS, "Exit codes"):
        assert name in ran.out


COMMANDS = [
    *(name for name in _app._COMMANDS if name not in _app._GROUPS),
    "search people",
    "search companies",
    *(f"track companies {name}" for name in ("add", "remove", "list", "clear")),
    *(f"track {name}" for name in ("start", "status", "watch", "cancel", "changes")),
    *(f"track contacts {name}" for name in ("start", "watch", "cancel")),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(leadiq: Callable[..., Any], command: str) -> None:
    """Every option of every command has its line of help, and none takes a key."""
    ran = leadiq(*command.split(), "--help")
    assert ran.code == 0
    assert command == "sandbox" or "--key" not in ran.out
    assert command in ("enrich", "plan", "sandbox") or f"Example: leadiq {command}" in ran.out
    for line in ran.out.splitlines():
        if re.match("\u2502 (\\*  |   )?--", line):
            assert len(line.strip("\u2502* ").split()) > 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["enrish"], 'Unknown command "enrish"'),
        (["enrich", "in.csv"], "OUT requires an argument"),
        (["enrich", "in.csv", "out.csv", "--nope"], "--nope"),
        (["enrich", "--nope", "in.csv", "out.csv"], "--nope"),
        (["enrich", "a", "b", "c"], "c"),
        (
            ["enrich", "in.csv", "out.csv", "--unlock", "everything"],
            "--unlock: choose from profile",
        ),
        (["enrich", "in.csv", "out.csv", "--unlock", "work-email,"], "--unlock: choose from"),
        (["enrich", "in.csv", "out.csv", "--concurrency", "many"], "--concurrency"),
        (["account", "--key", "secret"], "--key"),
    ],
)
def test_bad_usage_is_one_sentence(leadiq: Callable[..., Any], words: list[str], says: str) -> None:
    """A wrong command line is exit 2 with one line that begins with the program's name."""
    ran = leadiq(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("leadiq: ")
    assert ran.err.count("\n") == 1
    assert says in ran.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectError("no route to host"), 1),
        (InputError("the input is wrong"), 2),
        (ConfigurationError("no such endpoint"), 2),
        (InsufficientCreditsError("not enough credits"), 3),
        (AuthenticationError("the key was refused"), 4),
    ],
)
def test_errors_of_the_api_have_their_exit_code(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    """Each branch of the error tree ends in its exit code and its own sentence."""
    monkeypatch.setattr(_app, "program", lambda *_: _raising(error))
    assert leadiq("account") == (code, "", f"leadiq: {error}\n")


def test_ctrl_c_is_130(leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption is no error."""
    monkeypatch.setattr(_app, "program", lambda *_: _raising(KeyboardInterrupt()))
    assert leadiq("account") == (130, "", "leadiq: interrupted\n")


def test_a_reader_that_has_gone_is_no_defect() -> None:
    """When nobody reads stdout any more, the command ends with 1 and says nothing."""
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "leadiq", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_a_closed_pipe_leaves_nothing_to_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a broken pipe, stdout leads nowhere, so that ending the process can't fail."""
    monkeypatch.setattr(_app, "program", lambda *_: _raising(BrokenPipeError()))
    monkeypatch.setattr("sys.stdout", sys.stdout)
    assert main(["account"]) == 1
    with sys.stdout as nowhere:
        assert nowhere.name == os.devnull


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
@pytest.mark.parametrize("word", ["--help", "--version"])
def test_a_full_disk_is_no_defect(word: str) -> None:
    """What could not be written is told in one sentence, with exit code 1."""
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "leadiq", word],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (1, "leadiq: cannot write: the disk is full\n")


def test_what_the_system_refuses_otherwise_is_a_defect(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command tells by itself which file it could not read."""
    monkeypatch.setattr(_app, "program", lambda *_: _raising(PermissionError(13, "no", "ann.csv")))
    ran = leadiq("account")
    assert (ran.code, "please report it as PermissionError" in ran.err) == (1, True)
    assert "ann.csv" not in ran.err


def test_a_defect_is_reported_without_data(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What should not happen asks for a report: type, place and version, no text, no trace."""
    monkeypatch.setattr(_app, "program", lambda *_: _raising(KeyError("ann@example.com")))
    ran = leadiq("account")
    assert ran.code == 1
    assert "please report it as KeyError at test_app.py:" in ran.err
    assert __version__ in ran.err
    assert "ann@" not in ran.err


def test_a_defect_is_placed_in_this_package(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a group the first error counts, and of its frames the last of ours, not a library's."""

    def broken(*_: object, **__: object) -> int:
        try:
            Lead.from_text(person_id=cast("str", 7))
        except AttributeError as error:
            raise ExceptionGroup("ann@example.com", [ExceptionGroup("x", [error])]) from None
        return 0

    monkeypatch.setattr(_app, "program", lambda *_: broken)
    ran = leadiq("account")
    assert "please report it as AttributeError at canonical.py:" in ran.err
    assert _app._place(KeyError()) == "?"


def test_ctrl_c_while_modules_load_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An impatient person gets one line."""
    monkeypatch.setattr(_app, "run", _raising(KeyboardInterrupt()))
    assert main([]) == 130
    assert capsys.readouterr().err == "leadiq: interrupted\n"


def test_sigterm_is_ctrl_c(leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A polite request to end is treated like Ctrl-C, and only while the command runs."""
    before = signal.getsignal(signal.SIGTERM)

    def ended(*_: object, **__: object) -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    monkeypatch.setattr(_app, "program", lambda *_: ended)
    assert leadiq("account") == (130, "", "leadiq: interrupted\n")
    assert signal.getsignal(signal.SIGTERM) is before


def _raising(error: BaseException) -> Callable[..., int]:
    def run(*_: object, **__: object) -> int:
        raise error

    return run


def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the packages of the extra, the sentence says what to install."""
    monkeypatch.delitem(sys.modules, "leadiq.cli._app")
    monkeypatch.delattr(leadiq.cli, "_app")
    monkeypatch.setitem(sys.modules, "cyclopts", None)
    assert main([]) == 2
    assert capsys.readouterr().err == (
        "leadiq: cyclopts is not installed: pip install 'leadiq-sdk[cli]'\n"
    )


def test_another_missing_module_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that no extra brings is not blamed on the user."""
    monkeypatch.delitem(sys.modules, "leadiq.cli._app")
    monkeypatch.delattr(leadiq.cli, "_app")
    monkeypatch.setitem(sys.modules, "leadiq.cli._problems", None)
    with pytest.raises(ModuleNotFoundError):
        main([])


def test_help_is_quick() -> None:
    """--help loads no command, no client, no model and no server."""
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from leadiq.cli import main; main(['--help']);"
            "print(*sorted(name for name in sys.modules), file=sys.stderr)",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stderr.split()
    assert "leadiq.cli._app" in loaded
    assert "leadiq.cli._enrich" not in loaded
    heavy = {"httpx", "pydantic", "uvicorn", "leadiq._client", "leadiq._generated"}
    assert not heavy & set(loaded)

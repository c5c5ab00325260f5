"""The rules of `leadiq sandbox`: it says how to use it, and ends by Ctrl-C."""

from __future__ import annotations

import builtins
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.cli import _sandbox as command

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_it_prints_is_enough_to_use_it() -> None:
    """The two lines, pasted into a shell, point another command at it; Ctrl-C ends it with 0."""
    words = ("sandbox", "--port", "0", "--people", "50", "--credits", "12.5")
    with subprocess.Popen(
        [sys.executable, "-m", "leadiq", *words, "--requests-per-minute", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        said = [server.stdout.readline() for _ in range(3)]
        assert "with 50 people" in said[0]
        script = "".join(said[1:]) + f"{sys.executable} -m leadiq account"
        shown = subprocess.run(
            ["sh", "-c", script], capture_output=True, text=True, check=True, env=os.environ
        ).stdout
        assert "credits available       12" in shown
        server.send_signal(signal.SIGINT)
        assert server.wait() == 0
        assert server.stderr is not None
        assert server.stderr.read() == "leadiq: sandbox ended\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_any_moment(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """It is the way to end it, so it is no failure: after each line, again, and while it closes."""

    def then_signalled(say: Callable[..., object]) -> Callable[..., None]:
        def run(*words: Any, **options: Any) -> None:
            say(*words, **options)
            signal.raise_signal(number)

        return run

    monkeypatch.setattr(command, "print", then_signalled(print), raising=False)
    monkeypatch.setattr(command, "say", then_signalled(command.say))
    before = signal.getsignal(number)
    ran = leadiq("sandbox", "--port", "0", "--people", "5")
    assert (ran.code, ran.err) == (0, "leadiq: sandbox ended\n")
    assert signal.getsignal(number) is before
    port = int(ran.out.split("127.0.0.1:")[1].split("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        pass


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has said already that it shall end."""

    def said() -> SimpleQueue[int]:
        queue: SimpleQueue[int] = SimpleQueue()
        queue.put(signal.SIGINT)
        return queue

    monkeypatch.setattr(command, "SimpleQueue", said)


@pytest.mark.usefixtures("at_once")
def test_it_runs_where_no_signal_comes(leadiq: Callable[..., Any]) -> None:
    """A thread that is not the first gets no signals, and may not ask for them."""
    with ThreadPoolExecutor(1) as pool:
        ran = pool.submit(leadiq, "sandbox", "--port", "0", "--people", "5").result()
    assert (ran.code, ran.err) == (0, "leadiq: sandbox ended\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--credits", "many"], "--credits has to be a number of 0 or more"),
        (["--credits", "nan"], "--credits has to be a number of 0 or more"),
        (["--credits", "-1"], "--credits has to be a number of 0 or more"),
        (["--people", "0"], "--people must be a whole number from 1"),
        (["--requests-per-minute", "-1"], "--requests-per-minute must be"),
        (["--window", "moon"], '"sliding"'),
        (["--port", "70000"], "--port goes from 0 to 65535"),
        (["--workers", "2"], "--workers has to be 1: a sandbox keeps its accounts"),
        (["--workers", "0"], "--workers has to be 1"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    leadiq: Callable[..., Any], words: list[str], says: str
) -> None:
    """A wrong setting is exit 2 and one sentence."""
    ran = leadiq("sandbox", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("words", [[], ["--no-control"]])
def test_it_says_where_to_look_at_it(leadiq: Callable[..., Any], words: list[str]) -> None:
    """The first line has the address of its page, if it has one."""
    first = leadiq("sandbox", "--port", "0", "--people", "5", *words).out.splitlines()[0]
    assert ("; look at it on http://127.0.0.1:" in first) == (not words)


def test_a_port_that_is_not_free_is_told(leadiq: Callable[..., Any]) -> None:
    """A port that is in use is exit 1 and one sentence."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = leadiq("sandbox", "--port", str(port), "--people", "5")
    assert (ran.code, ran.out) == (1, "")
    assert f"cannot serve on port {port}" in ran.err


def test_a_missing_extra_is_named(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the sandbox's packages, the sentence says what to install."""
    real = builtins.__import__

    def without_sandbox(name: str, *args: Any) -> Any:
        if name == "sandbox":
            raise ImportError("The sandbox needs more packages: pip install 'leadiq-sdk[sandbox]'")
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_sandbox)
    ran = leadiq("sandbox")
    assert ran.code == 2
    assert "pip install 'leadiq-sdk[sandbox]'" in ran.err

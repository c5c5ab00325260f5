"""What the tests of the command line share: a sandbox, a key for it, and synthetic records."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import anyio
import pytest

from leadiq.cli import main
from leadiq.sandbox import Sandbox, SandboxSettings
from records import contact, person, position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """A small world without rate limit, for tests that don't look at the bill."""
    with Sandbox(SandboxSettings(people=500, requests_per_minute=None)) as sandbox:
        yield sandbox


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sandbox], Sandbox]:
    """A function that points the environment at a sandbox."""

    def use_it(sandbox: Sandbox) -> Sandbox:
        monkeypatch.setenv("LEADIQ_ENDPOINT", sandbox.url)
        monkeypatch.setenv("LEADIQ_API_KEY", sandbox.key)
        return sandbox

    return use_it


@pytest.fixture(autouse=True)
def visible_to_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    """While coverage is measured, event loops run in a thread of their own.

    CPython 3.11 stops tracing the frames below a coroutine into which an exception is thrown,
    as every cancelled task has it: what a command does after its loop would not be seen.
    """
    if sys.gettrace() is not None:
        monkeypatch.setattr(anyio, "run", partial(_in_a_thread, anyio.run))


def _in_a_thread(run: Callable[..., Any], *args: Any, **options: Any) -> Any:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run, *args, **options).result()


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees a key of the machine that it runs on."""
    monkeypatch.delenv("LEADIQ_API_KEY", raising=False)
    monkeypatch.delenv("LEADIQ_ENDPOINT", raising=False)


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the journals of the user who runs it."""
    directory = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("LEADIQ_STATE", str(directory))
    return directory


@pytest.fixture
def make() -> Any:
    """The functions above, for tests that build records."""

    class Make:
        contact = staticmethod(contact)
        position = staticmethod(position)
        person = staticmethod(person)

    return Make


class Ran(NamedTuple):
    """What a command line did: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


@pytest.fixture
def leadiq(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """A function that runs a command line in this process."""

    def run(*argv: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in argv])
        return Ran(code, *capsys.readouterr())

    return run

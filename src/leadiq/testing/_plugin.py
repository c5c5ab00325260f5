"""The pytest plugin: fixtures that cost nothing until they are used.

It is imported at the start of every pytest run, so it loads nothing but pytest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from leadiq.sandbox import SandboxSettings

    from .. import LeadIQ
    from ._price_lock import PriceLock
    from ._sandbox import LocalSandbox

_MARK = "leadiq_sandbox(**settings): what this test's sandbox is like; fields of SandboxSettings"
_LOCK = "leadiq_prices"
_UPDATE = "--leadiq-prices-update"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the lock of prices and its update."""
    parser.addini(_LOCK, "file of the prices that code may have", default="leadiq-prices.lock.json")
    parser.getgroup("leadiq").addoption(
        _UPDATE, action="store_true", help="write the file of prices instead of checking it"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark; refuse processes that would write over one another."""
    config.addinivalue_line("markers", _MARK)
    if config.getoption(_UPDATE) and config.getoption("numprocesses", None):
        raise pytest.UsageError(f"{_UPDATE} needs one process: run it with -n 0")


@pytest.fixture
def leadiq_sandbox_settings() -> SandboxSettings:
    """Settings of every test's sandbox; override it in a conftest.py for your own."""
    from ._sandbox import TEST_SETTINGS

    return TEST_SETTINGS


@pytest.fixture
def leadiq_sandbox(
    request: pytest.FixtureRequest,
    leadiq_sandbox_settings: SandboxSettings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[LocalSandbox]:
    """A sandbox of this test's own; over a socket if its `url` or `environ` is read.

    While it is there no key and no endpoint come from the environment, so that code which makes a
    client by itself cannot spend your credits; and jobs are kept in a directory of the test's own.
    """
    from ._sandbox import LocalSandbox

    for name in ("LEADIQ_API_KEY", "LEADIQ_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path_factory.mktemp("leadiq")))
    marks = reversed(list(request.node.iter_markers("leadiq_sandbox")))
    settings = leadiq_sandbox_settings
    for mark in marks:  # the nearest last, so that it wins
        settings = replace(settings, **mark.kwargs)
    sandbox = LocalSandbox(settings)
    yield sandbox
    sandbox.close()


@pytest.fixture
def leadiq(leadiq_sandbox: LocalSandbox) -> LeadIQ:
    """A client of this test's sandbox, in process; on asyncio or trio, whichever runs the test."""
    return leadiq_sandbox.client()


@pytest.fixture
def leadiq_prices(
    pytestconfig: pytest.Config, leadiq_sandbox: LocalSandbox
) -> Generator[PriceLock]:
    """The lock of prices of the project, with this test's sandbox."""
    from ._price_lock import PriceLock

    update = bool(pytestconfig.getoption(_UPDATE))
    lock = PriceLock(
        pytestconfig.rootpath / pytestconfig.getini(_LOCK), leadiq_sandbox, update=update
    )
    yield lock
    lock.save()

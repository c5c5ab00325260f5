"""docs/testing.md: its files are written and run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import leadiq.testing._price_lock  # noqa: F401 - stays loaded between the runs
from leadiq.cli import main
from leadiq.testing import LocalSandbox

pytest_plugins = ["pytester"]

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"
LOADED = (
    *("-p", "no:leadiq", "-p", "leadiq.testing._plugin", "-p", "no:cacheprovider", "-W", "error"),
    *("-o", "asyncio_default_fixture_loop_scope=function", "-o", "pythonpath=."),
)
WHO = "query Who { searchPeople(input: {}) { results { id } } }"


def files() -> Iterator[tuple[str, str]]:
    """Give the page's files: a Python block begins with its name."""
    begun = re.compile(r"^```python\n# (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
    yield from begun.findall(PAGE.read_text(encoding="utf-8"))


@pytest.fixture
def project(pytester: pytest.Pytester) -> Path:
    """A project with every file of the page, and a document."""
    for name, text in files():
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (pytester.path / "queries").mkdir()
    (pytester.path / "queries" / "who.graphql").write_text(WHO)
    return pytester.path


def record(project: Path) -> None:
    """Run the recording as somebody would, with the sandbox as the real thing."""
    with LocalSandbox() as sandbox:
        there = (one for one in sandbox.people() if one.linkedin_url and one.work_email)
        url = str(next(there).linkedin_url)
        environ = {**os.environ, **sandbox.environ, "PYTHONPATH": str(project)}
        command = [sys.executable, "record.py", url]
        subprocess.run(command, cwd=project, env=environ, check=True)


def test_every_file_of_the_page_runs(pytester: pytest.Pytester, project: Path) -> None:
    """Recorded, the prices written, and then every test passes; the price guard bites."""
    record(project)
    prices = (*LOADED, "tests/test_prices.py")
    pytester.runpytest_inprocess(*prices, "--leadiq-prices-update").assert_outcomes(passed=3)
    tests = sum(text.count("def test_") for _, text in files())
    pytester.runpytest_inprocess(*LOADED, "tests").assert_outcomes(passed=tests)

    code = project / "enriching.py"
    dearer = code.read_text().replace("{Unlock.WORK_EMAIL}", "{Unlock.WORK_EMAIL, Unlock.COMPANY}")
    code.write_text(dearer)
    failed = pytester.runpytest_inprocess(*prices)
    failed.assert_outcomes(passed=2, failed=1)
    failed.stdout.fnmatch_lines(["*flow find an address: * credits, 1 before*"])


def test_every_command_of_the_page_runs(project: Path) -> None:
    """Those of `leadiq` in its blocks, one after the other, as in CI."""
    commands = re.findall(r"^(?: *- run: )?leadiq (prices [^#\n]*)", PAGE.read_text(), re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        assert main(command.split()) == 0
    (project / "queries" / "who.graphql").write_text(WHO.replace("id", "personalEmails { value }"))
    assert main(commands[-1].split()) == 1

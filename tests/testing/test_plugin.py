"""leadiq.testing._plugin: pytest runs of their own, as a user's project has them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import leadiq.testing._price_lock
import leadiq.testing._sandbox  # noqa: F401 - stays loaded between the runs

pytest_plugins = ["pytester"]

LOADED = (
    "-p",
    "no:leadiq",
    "-p",
    "leadiq.testing._plugin",
    "-p",
    "no:cacheprovider",
    "-W",
    "error",
)
STRICT = ("-o", "asyncio_mode=strict", "-o", "asyncio_default_fixture_loop_scope=function")
AUTO = ("-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function")
ALONE = ("-p", "no:asyncio")

ASKS = """
from leadiq import Unlock
from leadiq.testing import assert_spent, no_spend
from leadiq.types import SearchPeopleInput

async def ask(leadiq, leadiq_sandbox):
    with no_spend(leadiq_sandbox):
        assert (await leadiq.account()).universal_plan.available == 1000
    somebody = next(one for one in leadiq_sandbox.people() if one.work_email)
    with assert_spent(leadiq_sandbox, exactly=1):
        await leadiq.search_people(
            SearchPeopleInput(email=somebody.work_email), unlock={Unlock.WORK_EMAIL}
        )
"""


def run(
    pytester: pytest.Pytester, code: str, *arguments: str, mode: tuple[str, ...] = ALONE
) -> pytest.RunResult:
    """Run a test file in this process, so that the plugin's lines are seen."""
    pytester.makepyfile(test_it=code)
    return pytester.runpytest_inprocess(*LOADED, *mode, *arguments)


def test_it_works_with_pytest_asyncio_in_strict_mode(pytester: pytest.Pytester) -> None:
    """A test that is marked for pytest-asyncio asks the sandbox through the fixtures."""
    code = f"""
{ASKS}
import pytest

@pytest.mark.asyncio
async def test_it(leadiq, leadiq_sandbox):
    await ask(leadiq, leadiq_sandbox)
"""
    run(pytester, code, mode=STRICT).assert_outcomes(passed=1)


def test_it_works_with_pytest_asyncio_in_auto_mode(pytester: pytest.Pytester) -> None:
    """Without a mark too, and beside an async fixture that uses the client."""
    code = f"""
{ASKS}
import pytest

@pytest.fixture
async def balance(leadiq):
    return (await leadiq.account()).universal_plan.available

async def test_it(leadiq, leadiq_sandbox, balance):
    assert balance == 1000
    await ask(leadiq, leadiq_sandbox)
"""
    run(pytester, code, mode=AUTO).assert_outcomes(passed=1)


@pytest.mark.parametrize("mode", [STRICT, ALONE], ids=["beside", "alone"])
def test_it_works_with_the_anyio_plugin_on_both_event_loops(
    pytester: pytest.Pytester, mode: tuple[str, ...]
) -> None:
    """A test that is marked for anyio runs on asyncio and trio, with pytest-asyncio or without."""
    code = f"""
{ASKS}
import pytest

@pytest.fixture
async def balance(leadiq):
    return (await leadiq.account()).universal_plan.available

@pytest.mark.anyio
async def test_it(leadiq, leadiq_sandbox, balance):
    assert balance == 1000
    await ask(leadiq, leadiq_sandbox)
"""
    result = run(pytester, code, "-v", mode=mode)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines_random(["*asyncio]*PASSED*", "*trio]*PASSED*"])


def test_it_works_without_a_plugin_for_coroutines(pytester: pytest.Pytester) -> None:
    """A synchronous test runs an event loop of its own."""
    code = f"""
{ASKS}
import anyio

def test_it(leadiq, leadiq_sandbox):
    anyio.run(ask, leadiq, leadiq_sandbox, backend="trio")
"""
    run(pytester, code).assert_outcomes(passed=1)


def test_each_test_has_a_sandbox_of_its_own(pytester: pytest.Pytester) -> None:
    """What one test spends, sets or writes is not there in the next."""
    code = f"""
{ASKS}
import anyio

def test_one(leadiq, leadiq_sandbox):
    anyio.run(ask, leadiq, leadiq_sandbox)
    assert leadiq_sandbox.exchanges

def test_two(leadiq_sandbox):
    assert not leadiq_sandbox.ledger()
    assert not leadiq_sandbox.exchanges
"""
    run(pytester, code).assert_outcomes(passed=2)


def test_settings_come_from_a_fixture_and_from_marks(pytester: pytest.Pytester) -> None:
    """A project overrides the settings, and the nearest mark wins over them."""
    pytester.makeconftest("""
from decimal import Decimal
import pytest
from leadiq.sandbox import SandboxSettings

@pytest.fixture
def leadiq_sandbox_settings():
    return SandboxSettings(people=50, credits=Decimal(7))
""")
    code = """
from decimal import Decimal
import pytest

pytestmark = pytest.mark.leadiq_sandbox(people=60, seed=3)

@pytest.mark.leadiq_sandbox(people=70)
def test_it(leadiq_sandbox):
    settings = leadiq_sandbox.settings
    assert (settings.people, settings.seed, settings.credits) == (70, 3, Decimal(7))

@pytest.mark.leadiq_sandbox(peeple=70)
def test_misspelt(leadiq_sandbox):
    pass
"""
    result = run(pytester, code, "--strict-markers")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*unexpected keyword argument 'peeple'*"])


def test_the_socket_is_closed_with_the_test(pytester: pytest.Pytester) -> None:
    """Code that makes its own client from the environment asks the sandbox over a socket."""
    code = """
import socket
from urllib.parse import urlsplit
import anyio
from leadiq import LeadIQ

seen = []

async def own():
    async with LeadIQ() as leadiq:
        return (await leadiq.account()).universal_plan.available

def test_environment(leadiq_sandbox, monkeypatch):
    for name, value in leadiq_sandbox.environ.items():
        monkeypatch.setenv(name, value)
    assert anyio.run(own) == 1000
    seen.append(urlsplit(leadiq_sandbox.url).port)

def test_it_is_gone():
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", seen[0])) != 0
"""
    run(pytester, code).assert_outcomes(passed=2)


def test_a_test_cannot_spend_real_credits(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a sandbox the key, endpoint and jobs of who runs the test are not there."""
    mine = {
        "LEADIQ_API_KEY": "a-real-key",
        "LEADIQ_ENDPOINT": "https://x.test/",
        "LEADIQ_STATE": "x",
    }
    for name, value in mine.items():
        monkeypatch.setenv(name, value)
    code = f"""
import os
import pytest
from leadiq import ConfigurationError, LeadIQ

def test_with_it(leadiq_sandbox, tmp_path_factory):
    with pytest.raises(ConfigurationError, match="no API key"):
        LeadIQ()
    assert "LEADIQ_ENDPOINT" not in os.environ
    assert os.environ["LEADIQ_STATE"].startswith(str(tmp_path_factory.getbasetemp()))

def test_without_it():
    assert {mine!r}.items() <= os.environ.items()
"""
    run(pytester, code).assert_outcomes(passed=2)


PRICES = """
import pytest
from leadiq import Unlock
from leadiq.types import SearchPeopleInput

@pytest.mark.asyncio
async def test_flow(leadiq, leadiq_sandbox, leadiq_prices):
    somebody = next(one for one in leadiq_sandbox.people() if one.personal_email)
    with leadiq_prices.flow("find an address"):
        got = await leadiq.search_people(SearchPeopleInput(id=somebody.id), unlock=UNLOCK)
        assert got.results

def test_documents(leadiq_prices):
    leadiq_prices.documents("queries")
"""


def test_prices_are_locked_and_then_guarded(pytester: pytest.Pytester) -> None:
    """What is not locked fails, what was locked passes, and what has risen fails."""
    folder = pytester.mkdir("queries")
    document = folder / "who.graphql"
    document.write_text("query Who { searchPeople(input: {}) { results { id } } }")
    cheap = PRICES.replace("UNLOCK", "()")
    first = run(pytester, cheap, mode=STRICT)
    first.assert_outcomes(failed=2)
    first.stdout.fnmatch_lines_random(["*flow find an address: * no price is locked*"])
    run(pytester, cheap, "--leadiq-prices-update", mode=STRICT).assert_outcomes(passed=2)
    assert (pytester.path / "leadiq-prices.lock.json").exists()
    run(pytester, cheap, mode=STRICT).assert_outcomes(passed=2)

    document.write_text(document.read_text().replace("id", "id personalPhones { value }"))
    dear = run(pytester, PRICES.replace("UNLOCK", "{Unlock.PERSONAL_EMAIL}"), mode=STRICT)
    dear.assert_outcomes(failed=2)
    dear.stdout.fnmatch_lines_random(
        [
            "*flow find an address: 1 credits, 0.1 before*",
            "*document queries/who.graphql Who: 10 credits, 0.1 before*",
        ]
    )


def test_the_file_of_prices_is_a_setting(pytester: pytest.Pytester) -> None:
    """`leadiq_prices` in the configuration names it, from the root of the project."""
    arguments = ("-o", "leadiq_prices=locks/p.json", "--leadiq-prices-update")
    pytester.mkdir("locks")
    run(pytester, PRICES.replace("UNLOCK", "()"), *arguments, "-k", "flow", mode=STRICT)
    assert (pytester.path / "locks" / "p.json").exists()


def test_prices_are_not_written_by_many_processes(pytester: pytest.Pytester) -> None:
    """An update under xdist is refused, because the processes would write over one another."""
    result = run(pytester, PRICES, "-n1", "--leadiq-prices-update")
    result.stderr.fnmatch_lines(["*--leadiq-prices-update needs one process*"])
    assert not (pytester.path / "leadiq-prices.lock.json").exists()


def test_it_costs_nothing_where_it_is_not_used(pytester: pytest.Pytester) -> None:
    """A project that does not use the fixtures loads neither client nor sandbox nor anyio by it."""
    code = """
import sys

def test_it():
    ours = {name for name in sys.modules if name.partition(".")[0] == "leadiq"}
    assert ours == {"leadiq", "leadiq._version", "leadiq.testing", "leadiq.testing._plugin"}
    assert not {"anyio", "httpx", "pydantic", "graphql"} & set(sys.modules)
"""
    pytester.makepyfile(test_it=code)
    others = ("anyio", "asyncio", "pytest_httpx", "hypothesispytest", "pytest_cov", "xdist")
    off = [word for name in others for word in ("-p", f"no:{name}")]
    pytester.runpytest_subprocess(*LOADED, *off).assert_outcomes(passed=1)


def test_the_options_are_told(pytester: pytest.Pytester) -> None:
    """`--fixtures`, `--markers` and `--help` show what there is, with its words."""
    shown = run(pytester, "", "--fixtures").stdout.str()
    assert "A client of this test's sandbox" in shown
    assert "@pytest.mark.leadiq_sandbox(**settings)" in run(pytester, "", "--markers").stdout.str()
    assert "--leadiq-prices-update" in run(pytester, "", "--help").stdout.str()


def test_pytest_finds_the_plugin_by_its_entry_point() -> None:
    """The package declares the module as a pytest plugin."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    declared = project["project"]["entry-points"]["pytest11"]
    assert declared == {"leadiq": LOADED[3]}


def test_a_failure_shows_nothing_of_what_was_found(pytester: pytest.Pytester) -> None:
    """Not even with the variables of every frame: those of the kit are not shown."""
    code = """
from leadiq.testing import assert_no_personal_data, assert_spent

def text():
    return "".join(["adaex", "ample", "@example", ".com"])

def test_text():
    assert_no_personal_data(text())

def test_spent(leadiq_sandbox):
    with assert_spent(leadiq_sandbox, exactly=1):
        pass
"""
    result = run(pytester, code, "--showlocals", "--tb=long")
    result.assert_outcomes(failed=2)
    shown = result.stdout.str()
    assert "line 1, column 1: an e-mail address" in shown
    assert "adaexample" not in shown
    assert "_personal.py" not in shown
    assert "_spending.py" not in shown

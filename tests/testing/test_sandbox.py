"""leadiq.testing._sandbox: in process, and over a socket when that is asked for."""

from __future__ import annotations

import threading

import pytest

from leadiq import ConfigurationError, LeadIQ, RetryPolicy, ServerError, TransportError
from leadiq.sandbox import DEFAULT_KEY, Gateway, Reset, SandboxSettings, Truncated
from leadiq.testing import LocalSandbox
from leadiq.types import SearchPeopleInput

pytestmark = pytest.mark.anyio


def servers() -> int:
    """Count the threads that serve; other tests of this process may have some."""
    return sum(thread.name == "leadiq-sandbox" for thread in threading.enumerate())


async def test_a_client_in_process_needs_no_server() -> None:
    """Calls are answered without a thread or a socket."""
    before = servers()
    with LocalSandbox() as sandbox:
        async with sandbox.client() as leadiq:
            account = await leadiq.account()
        assert account
        assert account.universal_plan
        assert servers() == before


async def test_the_url_starts_one_server_for_the_same_account() -> None:
    """Reading the address starts it once; both ways are one ledger; the block's end stops it."""
    before = servers()
    with LocalSandbox() as sandbox:
        assert sandbox.url == sandbox.url
        assert servers() == before + 1
        assert sandbox.environ == {"LEADIQ_API_KEY": DEFAULT_KEY, "LEADIQ_ENDPOINT": sandbox.url}
        somebody = next(sandbox.people())
        async with LeadIQ(sandbox.key, endpoint=sandbox.url) as leadiq:
            found = await leadiq.search_people(SearchPeopleInput(id=somebody.id))
        await sandbox.client().search_people(SearchPeopleInput(id=somebody.id))
        assert found.total_results == 1
        assert [str(charge.credits) for charge in sandbox.ledger()] == ["0.1", "0"]
        assert [one.operation for one in sandbox.exchanges] == ["SearchPeople"] * 2
    assert servers() == before


async def test_settings_are_those_that_are_given() -> None:
    """Without settings there is no limit; with settings they are as given."""
    assert LocalSandbox().settings.requests_per_minute is None
    assert LocalSandbox(SandboxSettings(people=3)).settings.requests_per_minute == 60


async def test_a_clients_options_are_those_of_leadiq() -> None:
    """Options win over those of the kit, the key too; a wrong one is refused."""
    with LocalSandbox() as sandbox:
        leadiq = sandbox.client(deadline_s=3, requests_per_minute=7)
        assert leadiq.options.deadline_s == 3
        with pytest.raises(ConfigurationError, match="burst"):
            sandbox.client(burst=0)
        with pytest.raises(Exception, match="does not accept the API key"):
            await sandbox.client(key="another-key").account()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Gateway(status=502), ServerError),
        (Reset(at="start"), TransportError),
        (Truncated(keep=0.5), TransportError),
    ],
    ids=["gateway", "reset", "truncated"],
)
async def test_faults_happen_in_process_too(fault: Gateway, error: type[Exception]) -> None:
    """What goes wrong on request reaches the code under test as it would over a network."""
    with LocalSandbox() as sandbox:
        sandbox.set_faults(fault)
        once = RetryPolicy(attempts=1)
        with pytest.raises(error):
            await sandbox.client(retry=once).account()


async def test_a_reset_forgets_the_exchanges() -> None:
    """After it the ledger is empty, and nobody was served."""
    with LocalSandbox() as sandbox:
        await sandbox.client().account()
        assert [one.operation for one in sandbox.exchanges] == ["GetAccount"]
        sandbox.reset()
        assert sandbox.exchanges == []

"""The rules of connecting: whose key, which server, and what is refused before anything is sent."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import pytest

from leadiq._conduct.pipeline import payer_of
from leadiq.cli._problems import Problem
from leadiq.cli._server import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox import Sandbox

KEY = "c2FuZGJveC1rZXk6"


def test_without_a_key_nothing_is_tried() -> None:
    """No key is an error of its own, never a silent sandbox."""
    with pytest.raises(Problem, match=r"set LEADIQ_API_KEY, or try it .*--sandbox"):
        Server().require_usable()


def test_a_malformed_key_is_told_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be a key is refused, and not repeated."""
    monkeypatch.setenv("LEADIQ_API_KEY", "se cr et key")
    with pytest.raises(Problem, match=r"^LEADIQ_API_KEY: the API key has white space") as refused:
        Server().require_usable()
    assert "cr et" not in str(refused.value)


@pytest.mark.parametrize(
    ("words", "at_once"),
    [
        ({}, 3),
        ({"requests_per_minute": 10}, 2),
        ({"requests_per_minute": 100}, 5),
        ({"sandbox": True}, 16),
    ],
)
def test_the_rate_says_how_many_lookups_at_once(words: dict[str, Any], at_once: int) -> None:
    """Enough to use the rate when answers take three seconds; more would only wait in line."""
    assert Server(**words).lookups_at_once == at_once


@pytest.mark.parametrize("rate", [0, -1, 1_000_001])
def test_a_rate_that_makes_no_sense_is_refused(rate: int) -> None:
    """Requests a minute go from 1 to a million."""
    with pytest.raises(Problem, match="--requests-per-minute"):
        Server(sandbox=True, requests_per_minute=rate).require_usable()


def test_the_sandbox_takes_no_endpoint() -> None:
    """Two servers at once is a contradiction."""
    with pytest.raises(Problem, match="leave --endpoint out"):
        Server(sandbox=True, endpoint="http://localhost").require_usable()


@pytest.mark.anyio
async def test_the_environment_says_where(
    shared_sandbox: Sandbox, use: Callable[[Sandbox], Sandbox]
) -> None:
    """Key and endpoint come from the environment."""
    use(shared_sandbox)
    async with Server(requests_per_minute=60_000).connect(at_once=40) as leadiq:
        assert await leadiq.account() is not None


@pytest.mark.anyio
async def test_an_endpoint_given_wins(
    shared_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--endpoint goes before LEADIQ_ENDPOINT."""
    monkeypatch.setenv("LEADIQ_API_KEY", shared_sandbox.key)
    monkeypatch.setenv("LEADIQ_ENDPOINT", "http://127.0.0.1:9/")
    async with Server(endpoint=shared_sandbox.url).connect() as leadiq:
        assert await leadiq.account() is not None


@pytest.mark.anyio
async def test_it_is_known_who_pays_before_anybody_is_asked(
    shared_sandbox: Sandbox, use: Callable[[Sandbox], Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as the client knows; the embedded server is new each time, and so nobody's."""
    use(shared_sandbox)
    async with Server().connect() as leadiq:
        payer = payer_of(leadiq)
    assert Server().payer == payer != ""
    monkeypatch.delenv("LEADIQ_ENDPOINT")
    assert Server(endpoint=shared_sandbox.url).payer == payer
    assert Server().payer != payer
    assert Server(sandbox=True).payer == ""


@pytest.mark.anyio
async def test_the_embedded_server_needs_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--sandbox has its own key and address, whatever the environment says, and says so."""
    monkeypatch.setenv("LEADIQ_API_KEY", "another-key")
    monkeypatch.setenv("LEADIQ_ENDPOINT", "http://127.0.0.1:9/")
    async with Server(sandbox=True).connect() as leadiq:
        assert await leadiq.account() is not None
    assert "sandbox at http://127.0.0.1:" in capsys.readouterr().err


@pytest.mark.anyio
async def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the sandbox's packages, the sentence says what to install."""
    real = builtins.__import__

    def without_sandbox(name: str, *args: Any) -> Any:
        if name == "sandbox":
            raise ImportError("The sandbox needs more packages: pip install 'leadiq-sdk[sandbox]'")
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_sandbox)
    with pytest.raises(Problem, match=r"pip install 'leadiq-sdk\[sandbox\]'"):
        async with Server(sandbox=True).connect():
            pass

"""The rules of `leadiq doctor`: all is looked at, nothing secret told, the exit code true."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from leadiq import LeadIQ
from leadiq.cli import _checkup
from leadiq.sandbox import Sandbox, SandboxSettings
from redis_server import RedisServer, redis_server  # noqa: F401 - a fixture

Leadiq = Callable[..., Any]
Use = Callable[[Sandbox], Sandbox]
NAMES = ["versions", "environment", "state", "key", "server", "clock", "account", "store"]


@pytest.fixture(autouse=True)
def no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees a store of the machine that it runs on."""
    monkeypatch.delenv("LEADIQ_BUDGET_STORE", raising=False)


def states(out: str) -> dict[str, str]:
    """The verdict on each thing that was looked at, from what `--json` printed."""
    return {each["check"]: each["state"] for each in json.loads(out)["checks"]}


def test_all_is_well(leadiq: Leadiq, use: Use, shared_sandbox: Sandbox) -> None:
    """Every check says how it is, on stdout; the exit code is 0; no key, path or port is told."""
    use(shared_sandbox)
    ran = leadiq("doctor")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("leadiq-sdk ")
    assert [line.split()[1] for line in lines[1:]] == NAMES
    assert [line.split()[0] for line in lines[1:]] == ["ok"] * 7 + ["skipped"]
    port = str(httpx.URL(shared_sandbox.url).port)
    for secret in (shared_sandbox.key, port, str(Path.home()) + "/"):
        assert secret not in ran.out + ran.err


def test_json_has_every_verdict(leadiq: Leadiq) -> None:
    """The embedded sandbox needs no key; stdout is JSON alone."""
    ran = leadiq("doctor", "--sandbox", "--json")
    told = json.loads(ran.out)
    assert [each["check"] for each in told["checks"]] == NAMES
    assert told["exit_code"] == ran.code == 0
    assert all(each["do"] or each["state"] in ("ok", "skipped") for each in told["checks"])


def test_without_a_key_the_rest_is_looked_at(leadiq: Leadiq, shared_sandbox: Sandbox) -> None:
    """The server is asked without one; the account is left out; the exit code is 2."""
    ran = leadiq("doctor", "--json", "--endpoint", shared_sandbox.url)
    found = states(ran.out)
    assert ran.code == 2
    assert (found["key"], found["server"], found["account"]) == ("failed", "ok", "skipped")


def test_a_refused_key_is_exit_code_4(
    leadiq: Leadiq, shared_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told what to do about it, and not which key it was."""
    monkeypatch.setenv("LEADIQ_API_KEY", "bm90LWEta2V5LWhlcmU6")
    ran = leadiq("doctor", "--endpoint", shared_sandbox.url)
    assert ran.code == 4
    assert "failed   account      AuthenticationError: " in ran.out
    assert "-> make a new key" in ran.out
    assert "bm90" not in ran.out + ran.err


def test_no_credits_left_is_exit_code_3(leadiq: Leadiq, use: Use) -> None:
    """Whoever starts a job behind `leadiq doctor &&` does not start it."""
    with Sandbox(SandboxSettings(people=100, credits=Decimal(0))) as sandbox:
        use(sandbox)
        assert leadiq("doctor").code == 3


def test_a_server_that_is_not_there(
    leadiq: Leadiq, monkeypatch: pytest.MonkeyPatch, shared_sandbox: Sandbox
) -> None:
    """Nothing can be said of clock and account; the exit code is 1."""
    monkeypatch.setenv("LEADIQ_API_KEY", shared_sandbox.key)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{nobody.getsockname()[1]}/graphql"
        ran = leadiq("doctor", "--json", "--endpoint", endpoint)
    found = states(ran.out)
    assert ran.code == 1
    assert (found["server"], found["clock"], found["account"]) == ("failed", "skipped", "skipped")


@pytest.mark.parametrize(
    ("date", "state"),
    [(None, "skipped"), ("noon", "skipped"), ("Sun, 01 Mar 2015 12:00:00 GMT", "failed")],
    ids=["none", "nonsense", "wrong"],
)
def test_the_clock_is_held_against_the_servers(
    leadiq: Leadiq, monkeypatch: pytest.MonkeyPatch, date: str | None, state: str
) -> None:
    """A header that is missing or is no date says nothing; a clock that is years off fails."""
    reply = httpx.Response(200, headers={"Date": date} if date else {})
    real = httpx.AsyncClient
    transport = httpx.MockTransport(lambda _: reply)
    monkeypatch.setattr(httpx, "AsyncClient", lambda **more: real(transport=transport, **more))
    ran = leadiq("doctor", "--json", "--endpoint", "https://api.example.com/graphql")
    assert states(ran.out)["clock"] == state


def test_a_directory_that_cannot_be_written(
    leadiq: Leadiq, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file in the place of the directory is found before a job fails at it."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "file" / "state"))
    ran = leadiq("doctor", "--sandbox", "--json")
    assert (ran.code, states(ran.out)["state"]) == (1, "failed")
    assert str(tmp_path) not in ran.out


def test_a_directory_that_is_not_there_yet_is_fine(
    leadiq: Leadiq, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is made by the first job."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "a" / "b"))
    assert states(leadiq("doctor", "--sandbox", "--json").out)["state"] == "ok"
    assert not (tmp_path / "a").exists()


def test_a_store_is_asked(leadiq: Leadiq, redis_server: RedisServer) -> None:  # noqa: F811
    """By option; its address is not told."""
    ran = leadiq("doctor", "--sandbox", "--json", "--store", redis_server.url)
    assert (ran.code, states(ran.out)["store"]) == (0, "ok")
    assert "redis://" not in ran.out


@pytest.mark.parametrize(
    ("url", "said"),
    [("redis://:hush@127.0.0.1:1", "does not answer"), ("http://hush", "not a URL of Redis")],
)
def test_a_store_that_does_not_answer(
    leadiq: Leadiq, monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    """By the environment, as for budgets; its password is not told."""
    monkeypatch.setenv("LEADIQ_BUDGET_STORE", url)
    ran = leadiq("doctor", "--sandbox")
    assert (ran.code, said in ran.out, "hush" in ran.out + ran.err) == (1, True, False)


@pytest.mark.parametrize("word", ["--paid", "--yes"])
def test_words_of_conformance_need_it(leadiq: Leadiq, word: str) -> None:
    """Somebody who says --paid means something that would not happen."""
    ran = leadiq("doctor", word)
    assert (ran.code, "--conformance" in ran.err, ran.out) == (2, True, "")


def test_options_that_do_not_go_together(leadiq: Leadiq) -> None:
    """As for every other command."""
    assert leadiq("doctor", "--sandbox", "--endpoint", "https://api.example.com/graphql").code == 2
    assert leadiq("doctor", "--endpoint", "http://api.example.com/graphql").code == 2


def test_one_request_has_the_key(use: Use, leadiq: Leadiq, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it takes one request of the rate limit, and costs nothing."""
    asked: list[str] = []
    real = LeadIQ._execute

    def watched(self: Any, operation: Any, *rest: Any, **more: Any) -> Any:
        asked.append(operation.name)
        return real(self, operation, *rest, **more)

    monkeypatch.setattr(LeadIQ, "_execute", watched)
    with Sandbox(SandboxSettings(people=100)) as sandbox:
        use(sandbox)
        assert leadiq("doctor").code == 0
        assert sandbox.ledger() == []
    assert asked == ["GetAccount"]
    assert _checkup._QUESTION == {"query": "{ __typename }"}

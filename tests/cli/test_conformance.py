"""The rules of `doctor --conformance`: what is sent to whom, told before, and printed."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from leadiq._conformance import cases as suite
from leadiq._conformance.case import Case, Data, Reach
from leadiq._conformance.cases_language import CASES as LANGUAGE
from leadiq._conformance.cases_refused import KEYS
from leadiq.cli import _conformance
from leadiq.sandbox import Sandbox, SandboxSettings

Leadiq = Callable[..., Any]
Use = Callable[[Sandbox], Sandbox]
SOME = (*LANGUAGE[:3], *KEYS)
FAST = ("--requests-per-minute", "60000")
ELSEWHERE = "https://api.example.com/graphql"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite of some cases, so that tests of the command take no time."""
    monkeypatch.setattr(suite, "CASES", SOME)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for a server elsewhere, which no test asks."""
    monkeypatch.setenv("LEADIQ_API_KEY", "c2FuZGJveC1rZXk6")


def test_the_sandbox_is_as_documented(leadiq: Leadiq, few: None) -> None:
    """Every case is sent, those that need keys of their own as well; the exit code is 0."""
    ran = leadiq("doctor", "--conformance", "--sandbox")
    assert ran.code == 0
    assert ran.out.count("ok ") == len(SOME)
    assert f"{len(SOME)} ok, 0 differs, 0 skipped" in ran.err
    assert "they cost nothing" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [((), "they cost nothing"), (("--paid",), "9.6 credits at most, at the published prices")],
)
def test_a_server_elsewhere_is_asked_only_if_it_is_meant(
    leadiq: Leadiq, key: None, words: tuple[str, ...], told: str
) -> None:
    """How many requests, how long, and what they may cost is told, and nothing is sent."""
    ran = leadiq("doctor", "--conformance", "--endpoint", ELSEWHERE, *words)
    assert ran.code == 2
    assert "requests to api.example.com, in 2 minutes or less" in ran.err
    assert told in ran.err
    assert "--yes" in ran.err


def test_this_machine_is_asked_without_a_word(
    leadiq: Leadiq, use: Use, shared_sandbox: Sandbox, few: None
) -> None:
    """A server on the loopback needs no --yes; what is for a sandbox of our own is skipped."""
    use(shared_sandbox)
    ran = leadiq("doctor", "--conformance", *FAST)
    assert ran.code == 0
    assert "6 ok, 0 differs, 3 skipped" in ran.err
    assert "it is for a sandbox only" in ran.out


def test_what_is_paid_is_sent_only_with_paid(
    leadiq: Leadiq, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bill stays empty without it."""
    search = "{ flatAdvancedSearch(input: {limit: 1}) { people { id } } }"
    monkeypatch.setattr(suite, "CASES", (Case(name="a search", query=search, reach=Reach.PAID),))
    with Sandbox(SandboxSettings(people=500)) as sandbox:
        use(sandbox)
        assert "it costs credits" in leadiq("doctor", "--conformance", *FAST).out
        assert sandbox.ledger() == []
        ran = leadiq("doctor", "--conformance", "--paid", *FAST)
        assert "they cost 1 credits at most" in ran.err
        assert [charge.credits for charge in sandbox.ledger()] == [1]


def test_what_differs_is_told_and_is_exit_code_1(
    leadiq: Leadiq, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its place and source and, for a guess, with the setting; never with a value."""
    wrong = Case(
        name="told", query="{ __typename }", expect=Data({"__typename": "ada@example.com"})
    )
    monkeypatch.setattr(suite, "CASES", (LANGUAGE[1], wrong))
    with Sandbox(SandboxSettings(people=500, max_aliases=5)) as sandbox:
        use(sandbox)
        ran = leadiq("doctor", "--conformance", *FAST)
    assert ran.code == 1
    assert "differs  told [ref]\n         data.__typename: not what it has to be" in ran.out
    assert "assumed: unbounded; setting of the sandbox: max_aliases" in ran.out
    assert "ada@" not in ran.out + ran.err


def test_a_guess_without_a_setting(leadiq: Leadiq, use: Use, monkeypatch: Any) -> None:
    """It is told what was assumed."""
    name = "an unknown root field"
    monkeypatch.setattr(suite, "CASES", (Case(name=name, query="{ a: __typename @x }"),))
    with Sandbox(SandboxSettings(people=500)) as sandbox:
        use(sandbox)
        ran = leadiq("doctor", "--conformance", *FAST)
    assert "assumed: 200, `errors`, no `data`, no status\n" in ran.out


def test_many_differences_are_cut_short(leadiq: Leadiq, use: Use, monkeypatch: Any) -> None:
    """A reply that fits nowhere does not fill the screen."""
    names = {f"x{number}": 1 for number in range(30)}
    case = Case(name="many", query="{ __typename }", expect=Data(names))
    monkeypatch.setattr(suite, "CASES", (case,))
    with Sandbox(SandboxSettings(people=500)) as sandbox:
        use(sandbox)
        ran = leadiq("doctor", "--conformance", *FAST)
    assert ran.out.count("not what it has to be") == 5
    assert "and 25 more" in ran.out


def test_json_has_every_verdict(leadiq: Leadiq, few: None) -> None:
    """Name, source, verdict and reasons, and nothing else on stdout."""
    ran = leadiq("doctor", "--conformance", "--sandbox", "--json")
    found = json.loads(ran.out)
    assert [each["case"] for each in found] == [case.name for case in SOME]
    assert found[0] == {"case": SOME[0].name, "source": "graphql", "came": "ok", "why": []}


def test_a_key_that_is_refused_is_exit_code_4(
    leadiq: Leadiq, shared_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, few: None
) -> None:
    """Nothing else can be said about the server."""
    monkeypatch.setenv("LEADIQ_API_KEY", "bm90LWEta2V5LWhlcmU6")
    ran = leadiq("doctor", "--conformance", "--endpoint", shared_sandbox.url, *FAST)
    assert (ran.code, "does not take the key" in ran.err) == (4, True)


def test_a_server_that_is_not_there_is_exit_code_1(leadiq: Leadiq, key: None, few: None) -> None:
    """It is told how it failed."""
    ran = leadiq("doctor", "--conformance", "--endpoint", "http://127.0.0.1:9/graphql", *FAST)
    assert (ran.code, "cannot be reached: ConnectError" in ran.err) == (1, True)


def test_a_body_that_cannot_be_decoded_is_exit_code_1(
    leadiq: Leadiq, key: None, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that says gzip and sends something else is no failure of ours."""

    def broken(_: httpx.Request) -> httpx.Response:
        stream = httpx.ByteStream(b"none")
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=stream)

    client = httpx.AsyncClient(transport=httpx.MockTransport(broken))
    monkeypatch.setattr(_conformance, "_client", lambda: client)
    ran = leadiq("doctor", "--conformance", "--endpoint", ELSEWHERE, "--yes", *FAST)
    assert (ran.code, "cannot be reached: DecodingError" in ran.err) == (1, True)


@pytest.mark.parametrize("endpoint", ["http://api.example.com/graphql", "nonsense"])
def test_an_endpoint_that_would_show_the_key_is_refused(
    leadiq: Leadiq, key: None, endpoint: str
) -> None:
    """As everywhere else."""
    assert leadiq("doctor", "--conformance", "--yes", "--endpoint", endpoint).code == 2


def test_what_is_missing_is_named(
    leadiq: Leadiq, monkeypatch: pytest.MonkeyPatch, few: None
) -> None:
    """graphql-core for the suite, and the sandbox's packages for the sandbox."""
    monkeypatch.setattr(_conformance, "find_spec", lambda name: None)
    ran = leadiq("doctor", "--conformance", "--sandbox")
    assert (ran.code, "leadiq-sdk[schema]" in ran.err) == (2, True)
    monkeypatch.undo()
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "sandbox":
            raise ImportError("pip install 'leadiq-sdk[sandbox]'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    ran = leadiq("doctor", "--conformance", "--sandbox")
    assert (ran.code, "leadiq-sdk[sandbox]" in ran.err) == (2, True)

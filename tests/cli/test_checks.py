"""The rules of the verdicts of `leadiq doctor`: what is said, what to do, and nothing secret."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leadiq import (
    AuthenticationError,
    ConnectError,
    LeadIQError,
    RateLimitError,
)
from leadiq._engine.tariff import Balance
from leadiq.cli import _checks
from leadiq.cli._checks import State

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ISSUED, RAW = "c2FuZGJveC1rZXk6", "sandbox-key"


def test_versions_that_are_too_old_name_the_command() -> None:
    """Everything is told; what is older than it may be is a failure with its remedy."""
    told = {"httpx": "0.28.1", "anyio": "4.2.0"}
    assert _checks.versions("CPython 3.11.7", "Linux x86_64", told, ()) == (
        *("versions", State.OK, "CPython 3.11.7, Linux x86_64, httpx 0.28.1, anyio 4.2.0"),
        *("", 0),
    )
    check = _checks.versions("CPython 3.11.7", "Linux", told, ["anyio>=4.16"])
    assert (check.state, check.do, check.exit_code) == (
        State.FAILED,
        "pip install 'anyio>=4.16'",
        1,
    )


def test_variables_are_named_and_their_values_not_told() -> None:
    """A proxy or a store may have a password in it; the small letters of proxies count too."""
    given = {"LEADIQ_BUDGET_STORE": "redis://:pw@host", "https_proxy": "http://u:pw@host"}
    check = _checks.environment({**given, "LEADIQ_API_KEY": ISSUED, "NO_PROXY": ""})
    assert check.said == "set: LEADIQ_BUDGET_STORE, HTTPS_PROXY"
    assert _checks.environment({}).said == "nothing is set"


def test_where_jobs_cannot_be_kept_is_a_failure() -> None:
    """The remedy names the variable; the place is no path, which can name a person."""
    assert _checks.state("the usual place", writable=True, jobs=3).said.endswith(": 3")
    check = _checks.state("LEADIQ_STATE", writable=False, jobs=0)
    assert (check.state, check.exit_code) == (State.FAILED, 1)
    assert "LEADIQ_STATE" in check.do


@pytest.mark.parametrize(
    ("text", "state", "said"),
    [
        (ISSUED, State.OK, "a key is set; its form: as LeadIQ issues it (base64)"),
        (f"{ISSUED}\n", State.OK, "a key is set; its form: as LeadIQ issues it (base64)"),
        (RAW, State.OK, "a key is set; its form: raw"),
        (None, State.FAILED, "LEADIQ_API_KEY is not set"),
        ("short", State.FAILED, "the API key is shorter than 8 characters"),
        (f"'{RAW}'", State.FAILED, "the API key has quotation marks around it"),
    ],
    ids=["issued", "newline", "raw", "none", "short", "quoted"],
)
def test_the_form_of_a_key_and_nothing_else_of_it(
    text: str | None, state: State, said: str
) -> None:
    """What cannot be a key is exit code 2, as everywhere, and says where keys come from."""
    check = _checks.key(text)
    assert (check.state, check.said) == (state, said)
    assert check.exit_code == (2 if state is State.FAILED else 0)
    assert ("Settings > API Keys" in check.do) == (state is State.FAILED)


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "ok"), (401, "ok"), (302, "failed"), (500, "failed"), (503, "failed")],
)
def test_an_answer_without_a_key_is_an_answer(status: int, state: str) -> None:
    """A refusal shows that the server is there; a redirect and a failure of its own do not do."""
    check = _checks.server("api.example.com", status, 0.0123)
    assert check.state == state
    assert check.said == f"api.example.com answered HTTP {status} in 12 ms"
    assert bool(check.do) == (state == "failed")


def test_a_server_that_was_not_reached() -> None:
    """Proxy, certificates and endpoint are where to look."""
    check = _checks.unreachable("api.example.com", "ConnectError")
    assert (check.state, check.exit_code) == (State.FAILED, 1)
    assert "LEADIQ_ENDPOINT" in check.do


@pytest.mark.parametrize(
    ("seconds", "state", "said"),
    [
        (0, State.OK, "as the server's, within 2 s"),
        (-3, State.OK, "as the server's, within 2 s"),
        (2, State.OK, "as the server's, within 2 s"),
        (10, State.NOTE, "9 s behind the server's"),
        (-10, State.NOTE, "9 s ahead of the server's"),
        (3600, State.FAILED, "3599 s behind the server's"),
    ],
)
def test_a_clock_is_compared_as_well_as_a_header_allows(
    seconds: int, state: State, said: str
) -> None:
    """What whole seconds and the way there may make of it is no difference."""
    check = _checks.clock(NOON, NOON + timedelta(seconds=seconds), 1.0)
    assert (check.state, check.said) == (state, said)
    assert bool(check.do) == (state is not State.OK)
    assert check.exit_code == (1 if state is State.FAILED else 0)


def test_a_server_need_not_tell_the_time() -> None:
    """Nothing can be said then."""
    assert _checks.clock(NOON, None, 1.0).state is State.SKIPPED


def test_credits_are_told_and_none_is_exit_code_3() -> None:
    """With the day on which there are new ones, if that is known."""
    assert "12 credits left, 88 used" in _checks.account(Balance(12, 88, None)).said
    check = _checks.account(Balance(0, 100, NOON))
    assert (check.state, check.do) == (State.FAILED, "buy credits, or wait for 2026-03-01")
    assert check.exit_code == 3
    assert _checks.account(Balance(0, 100, None)).do == "buy credits"
    assert _checks.account(None).state is State.NOTE


@pytest.mark.parametrize(
    ("error", "code", "do"),
    [
        (AuthenticationError("LeadIQ does not accept the API key"), 4, "make a new key"),
        (RateLimitError("the key has sent more than it may"), 1, "FleetPacer"),
        (ConnectError("no route to host"), 1, "asks again"),
    ],
    ids=["key", "limit", "network"],
)
def test_a_refusal_has_its_exit_code_and_its_remedy(error: LeadIQError, code: int, do: str) -> None:
    """A refused key is exit code 4; the error's own sentence is told."""
    check = _checks.refused(error)
    assert check.said == f"{type(error).__name__}: {error}"
    assert (check.exit_code, do in check.do) == (code, True)


@pytest.mark.parametrize(("refused", "do"), [(True, "password"), (False, "start it")])
def test_a_store_that_is_away(refused: bool, do: str) -> None:
    """Whether it answered tells what to look at."""
    check = _checks.store_away("AuthenticationError", refused=refused)
    assert (check.state, do in check.do, check.exit_code) == (State.FAILED, True, 1)
    assert _checks.store(0.0004).said == "Redis answered in 0.4 ms"


def test_the_worst_is_the_exit_code() -> None:
    """A refused key before no credits, no key, and the rest; 0 when nothing failed."""
    assert _checks.exit_code([]) == 0
    note = _checks.Check("a", State.NOTE, "b", "c")
    assert _checks.exit_code([note, _checks.key(None), _checks.unreachable("h", "k")]) == 2

"""What `leadiq doctor` finds out, as verdicts: how it is, and what to do. Pure.

A verdict is made to be pasted into a report of a defect: no key, no path, no URL, nobody's name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from .._core.credentials import authorization
from .._core.errors import AuthenticationError, ConfigurationError, RateLimitError
from ._problems import ALL_SETTLED, BAD_INPUT, SOME_FAILED, STOPPED_BY_CREDITS, exit_code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from .._core.errors import LeadIQError
    from .._engine.tariff import Balance

#: The header `Date` has whole seconds, and a request takes a while: less is no difference.
_NO_DIFFERENCE_S: Final = 2.0
#: Days of budgets, ages of answers and times of moves come from the clock; TLS bears more.
_TOO_MUCH_S: Final = 60.0

#: What changes the conduct of a program without standing in it. Values are not told.
VARIABLES: Final = (
    *("LEADIQ_ENDPOINT", "LEADIQ_STATE", "LEADIQ_BUDGET_STORE", "LEADIQ_BUDGET_PER_DAY"),
    *("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"),
)


class State(StrEnum):
    """How it is."""

    OK = "ok"
    NOTE = "note"
    SKIPPED = "skipped"
    FAILED = "failed"


class Check(NamedTuple):
    """A verdict."""

    name: str
    state: State
    said: str
    do: str = ""
    """What to do about it; every failure says so."""
    exit_code: int = ALL_SETTLED
    """Of the command, when nothing worse was found."""


def failed(name: str, said: str, do: str, exit_code: int = SOME_FAILED) -> Check:
    return Check(name, State.FAILED, said, do, exit_code)


def skipped(name: str, why: str) -> Check:
    return Check(name, State.SKIPPED, why)


def versions(python: str, system: str, installed: Mapping[str, str], old: Iterable[str]) -> Check:
    """Tell what runs; fails when a package is older than this one needs."""
    said = ", ".join([python, system, *(f"{name} {found}" for name, found in installed.items())])
    if wrong := sorted(old):
        return failed("versions", said, f"pip install {' '.join(f'{each!r}' for each in wrong)}")
    return Check("versions", State.OK, said)


def environment(variables: Mapping[str, str]) -> Check:
    """Tell which variables are set, by name."""
    found = [name for name in VARIABLES if variables.get(name) or variables.get(name.lower())]
    return Check("environment", State.OK, f"set: {', '.join(found)}" if found else "nothing is set")


def state(place: str, *, writable: bool, jobs: int) -> Check:
    """Tell whether jobs can be kept, and how many are."""
    if not writable:
        do = "make the directory writable, or set LEADIQ_STATE to one that is"
        return failed("state", f"no writing in {place}", do)
    return Check("state", State.OK, f"jobs kept in {place}: {jobs}")


def key(text: str | None) -> Check:
    """Tell the form of a key, and nothing else of it."""
    if text is None:
        do = "set LEADIQ_API_KEY: LeadIQ shows the key under Settings > API Keys"
        return failed("key", "LEADIQ_API_KEY is not set", do, BAD_INPUT)
    try:
        header = authorization(text)
    except ConfigurationError as error:
        said, _, do = str(error).partition("; ")
        return failed("key", said, do, BAD_INPUT)
    form = "as LeadIQ issues it (base64)" if header.endswith(text.strip()) else "raw"
    return Check("key", State.OK, f"a key is set; its form: {form}")


def server(host: str, status: int, took_s: float) -> Check:
    """Tell that a server answered a question without a key."""
    said = f"{host} answered HTTP {status} in {took_s * 1000:.0f} ms"
    if status >= 500:
        return failed("server", said, "wait and try again: it is the server's own trouble")
    if status in range(300, 400):
        return failed("server", said, "set LEADIQ_ENDPOINT to where it redirects to")
    return Check("server", State.OK, said)


def unreachable(host: str, kind: str) -> Check:
    """Tell that there was no answer."""
    do = "look at the network, at a proxy (HTTPS_PROXY), at certificates (SSL_CERT_FILE), "
    return failed("server", f"{host} was not reached: {kind}", do + "and at LEADIQ_ENDPOINT")


def clock(ours: datetime, theirs: datetime | None, took_s: float) -> Check:
    """Compare the clock here with the server's header `Date`.

    Args:
        ours: the time here when the request left.
        theirs: the time there, cut down to a second; None if the server does not tell.
        took_s: seconds until the answer came.
    """
    if theirs is None:
        return skipped("clock", "the server does not tell the time")
    middle = 0.5 + (theirs - ours).total_seconds() - took_s / 2
    off = max(0.0, abs(middle) - 0.5 - took_s / 2)
    if off <= _NO_DIFFERENCE_S:
        return Check("clock", State.OK, f"as the server's, within {_NO_DIFFERENCE_S:.0f} s")
    said = f"{off:.0f} s {'behind' if middle > 0 else 'ahead of'} the server's"
    do = "let the system set its clock (NTP): days of budgets and ages of answers come from it"
    if off <= _TOO_MUCH_S:
        return Check("clock", State.NOTE, said, do)
    return failed("clock", said, do)


def account(balance: Balance | None) -> Check:
    """Tell that the key was taken, and what credits there are."""
    if balance is None:
        said = "the key was accepted; the account shows no plan of universal credits"
        return Check("account", State.NOTE, said, "`leadiq account` shows what it has")
    said = f"the key was accepted; {balance.available} credits left, {balance.used} used"
    if balance.available > 0:
        return Check("account", State.OK, said)
    day = balance.renewed_at and f", or wait for {balance.renewed_at:%Y-%m-%d}"
    return failed("account", said, f"buy credits{day or ''}", STOPPED_BY_CREDITS)


def refused(error: LeadIQError) -> Check:
    """Tell why LeadIQ did not show the account."""
    do = "what it says is what is known; `leadiq account` asks again"
    if isinstance(error, AuthenticationError):
        do = "make a new key under Settings > API Keys, and set LEADIQ_API_KEY to it"
    elif isinstance(error, RateLimitError):
        do = "somebody else uses the key: let all share its quota (FleetPacer), or wait a minute"
    return failed("account", f"{type(error).__name__}: {error}", do, exit_code_of(error))


def store(took_s: float) -> Check:
    """Tell that the store answers that processes share."""
    return Check("store", State.OK, f"Redis answered in {took_s * 1000:.1f} ms")


def store_away(reason: str, *, refused: bool) -> Check:
    """Tell that it does not."""
    do = "look at its user and password" if refused else "start it, or correct its address"
    return failed("store", f"Redis does not answer: {reason}", f"{do} (LEADIQ_BUDGET_STORE)")


def exit_code(checks: Iterable[Check]) -> int:
    """Return the exit code of all: the greatest, which is the one that is most worth knowing."""
    return max((check.exit_code for check in checks), default=ALL_SETTLED)

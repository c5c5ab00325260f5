"""`leadiq doctor --conformance`: whether a server is what the SDK takes it for."""

from __future__ import annotations

import json as json_
import os
from collections import Counter
from contextlib import contextmanager
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import anyio

from .._conduct.pacing import LocalPacer
from .._conduct.slots import Slots
from .._http.transport import DEFAULT_ENDPOINT, LOOPBACK, checked_endpoint
from ._problems import ALL_SETTLED, SOME_FAILED, Problem, RefusedKey, Trouble, say
from ._show import harmless

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterator

    import httpx

    from .._conformance.runner import Target, Verdict
    from ._server import Server

_WINDOW_S: Final = 60.0
_TIMEOUT_S: Final = 60.0
_SHOWN: Final = 5
_LIMITED_KEY: Final = "bGltaXRlZC1rZXk6"
_POOR_KEY: Final = "cG9vci1rZXk6"


def conform(server: Server, *, paid: bool, meant: bool, json: bool) -> int:
    """Compare a server's answers with what is documented, print what came of it, and give the exit
    code; see `leadiq doctor`.

    Raises:
        Problem: it cannot be done, or would leave this machine and nobody said that it is meant.
    """
    server.require_usable()
    if find_spec("graphql") is None:
        raise Problem("graphql-core is not installed: pip install 'leadiq-sdk[schema]'")
    with _target(server, paid=paid) as target:
        _tell(target, server, meant=meant)
        verdicts = anyio.run(_collect, target, server.rate, not json)
    if json:
        print(json_.dumps([_plain(verdict) for verdict in verdicts], indent=2))
    counts = Counter(str(verdict.came) for verdict in verdicts)
    say(", ".join(f"{counts[word]} {word}" for word in ("ok", "differs", "skipped")))
    return SOME_FAILED if counts["differs"] else ALL_SETTLED


@contextmanager
def _target(server: Server, *, paid: bool) -> Generator[Target]:
    """Give what is looked at: an embedded sandbox that was set up for it, or the chosen server."""
    from .._conformance.case import Reach
    from .._conformance.runner import Target

    if server.sandbox:
        with _sandbox(server.rate) as (url, key):
            yield Target(
                url=url, key=key, reach=Reach.SANDBOX, limited=_LIMITED_KEY, poor=_POOR_KEY
            )
        return
    url = server.endpoint or os.environ.get("LEADIQ_ENDPOINT") or DEFAULT_ENDPOINT
    reach = Reach.PAID if paid else Reach.FREE
    yield Target(url=str(checked_endpoint(url)), key=os.environ["LEADIQ_API_KEY"], reach=reach)


@contextmanager
def _sandbox(requests_per_minute: int) -> Generator[tuple[str, str]]:
    """Run a sandbox with a key of one request a minute, and one without credits."""
    try:
        from ..sandbox import Key, Sandbox, SandboxSettings, Team
    except ImportError as missing:  # it says which extra to install
        raise Problem(str(missing)) from None
    limited = Key(key=_LIMITED_KEY, requests_per_minute=1)
    settings = SandboxSettings(
        requests_per_minute=requests_per_minute,
        teams=(
            Team(name="limited", keys=(limited,)),
            Team(name="poor", keys=(Key(key=_POOR_KEY),), credits=Decimal(0)),
        ),
    )
    with Sandbox(settings) as sandbox:
        yield sandbox.url, sandbox.key


def _tell(target: Target, server: Server, *, meant: bool) -> None:
    """Say what will be sent, and what it may cost.

    Raises:
        Problem: it would leave this machine, and nobody has said that it is meant.
    """
    from .._conformance.cases import most_credits, reachable

    sent = sum(case.times for case in reachable(target.reach) if target.why_not(case) is None)
    host = checked_endpoint(target.url).host
    cost = "nothing"
    if not server.sandbox and (most := most_credits(reachable(target.reach))):
        cost = f"{most} credits at most, at the published prices"
    minutes = -(-sent // server.rate)
    text = f"{sent} requests to {host}, in {minutes} minutes or less; they cost {cost}"
    if host not in LOOPBACK and not meant:
        raise Problem(f"this sends {text}: say --yes if it is meant")
    say(text)


async def _collect(target: Target, rate: int, show: bool) -> list[Verdict]:
    """Run the suite, and print each verdict as soon as it is there if `show`."""
    found: list[Verdict] = []
    async for verdict in _verdicts(target, rate):
        found.append(verdict)
        if show:
            print("\n".join(_lines(verdict)), flush=True)
    return found


async def _verdicts(target: Target, rate: int) -> AsyncGenerator[Verdict]:
    import httpx

    from .._conformance.cases import CASES
    from .._conformance.runner import RefusedKeyError, run

    pacer = LocalPacer(Slots(rate, _WINDOW_S, burst=1))
    try:
        async with _client() as http:
            async for verdict in run(CASES, target, http, pacer):
                yield verdict
    except RefusedKeyError:
        raise RefusedKey("the server does not take the key of LEADIQ_API_KEY") from None
    except httpx.RequestError as error:  # also a body that is not what its encoding says
        raise Trouble(f"the server cannot be reached: {type(error).__name__}") from None


def _client() -> httpx.AsyncClient:
    """Give a plain client: no redirects, which would take the key along."""
    import httpx

    return httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False)


def _lines(verdict: Verdict) -> Iterator[str]:
    """Give one line for a verdict, and one for each thing that is not as it should be."""
    from .._conformance.guesses import guess_of

    yield f"{verdict.came:9}{verdict.case.name} [{verdict.case.source}]"
    yield from (f"{'':9}{harmless(why)}" for why in verdict.why[:_SHOWN])
    if len(verdict.why) > _SHOWN:
        yield f"{'':9}and {len(verdict.why) - _SHOWN} more"
    guess = guess_of(verdict.case.name)
    if verdict.came == "differs" and guess:
        setting = f"; setting of the sandbox: {guess.setting}" if guess.setting else ""
        yield f"{'':9}nobody has published it; assumed: {guess.assumed}{setting}"


def _plain(verdict: Verdict) -> dict[str, object]:
    case = verdict.case
    return {
        "case": case.name,
        "source": case.source,
        "came": verdict.came.value,
        "why": list(verdict.why),
    }

"""`leadiq doctor`: what is wrong here, and what to do about it."""

from __future__ import annotations

import json as json_
import os
from typing import TYPE_CHECKING

import anyio

from .._version import __version__
from . import _checks
from ._checkup import examine, place
from ._conformance import conform
from ._problems import Problem
from ._server import Server
from ._show import harmless
from ._words import Switch  # noqa: TC001 - cyclopts reads the signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._checks import Check
    from ._checkup import Place


def doctor(
    *,
    conformance: Switch = False,
    paid: Switch = False,
    yes: Switch = False,
    json: Switch = False,
    store: str | None = None,
    server: Server = Server(),  # noqa: B008 - frozen
) -> int:
    """Find out what is wrong here, and what to do about it; for reports of defects, too.

    Looks at versions, environment, the form of the key, the server, the clock, the account and the
    store that processes share. It costs nothing and takes one request of the rate limit. Nothing
    secret is printed: paste it into a report as it is. Exit code 1: something failed; 2: no key, or
    none that can be one; 3: no credits left; 4: the key was refused.

    --conformance instead sends a hundred small documents, good and broken ones, one after the other
    within the rate limit, and compares each answer with what is documented: the data with the
    schema, a refusal with its status. All of it is free of charge and changes nothing, unless
    --paid says more. Anything but a server on this machine is asked only with --yes, and what will
    be sent is said before. Nothing is printed of what was answered but its shape. Exit code 1:
    something differs.

    Example: leadiq doctor

    Example: leadiq doctor --store redis://127.0.0.1 --json

    Example: leadiq doctor --conformance --sandbox

    Args:
        conformance: Compare the server's answers with what is documented.
        paid: With --conformance, send what costs credits as well; what it may cost at most is told
            first.
        yes: With --conformance, say that it is meant.
        json: Print JSON.
        store: Redis in which processes share a quota or a budget, redis://... [default:
            LEADIQ_BUDGET_STORE].
        server: Where to send the requests.
    """
    if conformance:
        return conform(server, paid=paid, meant=yes, json=json)
    if paid or yes:
        raise Problem("--paid and --yes are for --conformance")
    with place(server) as at:
        checks = anyio.run(_collect, at, store or os.environ.get("LEADIQ_BUDGET_STORE"), not json)
    code = _checks.exit_code(checks)
    if json:
        print(json_.dumps(_plain(checks, code), indent=2))
    return code


async def _collect(at: Place, store: str | None, show: bool) -> list[Check]:
    """Examine, and print each verdict as soon as it is there if `show`."""
    found: list[Check] = []
    if show:
        print(f"leadiq-sdk {__version__}", flush=True)
    async for check in examine(at, store):
        found.append(check)
        if show:
            print("\n".join(_lines(check)), flush=True)
    return found


def _lines(check: Check) -> Iterator[str]:
    yield f"{check.state:9}{check.name:13}{harmless(check.said)}"
    if check.do:
        yield f"{'':22}-> {harmless(check.do)}"


def _plain(checks: list[Check], code: int) -> dict[str, object]:
    listed = [
        {"check": each.name, "state": each.state.value, "said": each.said, "do": each.do}
        for each in checks
    ]
    return {"leadiq_sdk": __version__, "checks": listed, "exit_code": code}

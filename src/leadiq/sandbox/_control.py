"""The sandbox's own paths, which LeadIQ does not have: ledger, faults, reset.

They need no key and count against no limit. A wrong request is answered in plain HTTP statuses
with `{"error": "..."}`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

from leadiq.sandbox._errors import Refusal
from leadiq.sandbox._faults import read_faults
from leadiq.sandbox._wire import Reply, read_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leadiq.sandbox._faults import Fault
    from leadiq.sandbox._ledger import Charge, Ledger
    from leadiq.sandbox._settings import SandboxSettings
    from leadiq.sandbox._wire import Message, Receive

PREFIX = "/_sandbox/"
_METHODS = {"ledger": ("GET",), "faults": ("GET", "POST", "DELETE"), "reset": ("POST",)}


class Controlled(Protocol):
    """What the paths show and change."""

    @property
    def settings(self) -> SandboxSettings:
        """Return the settings."""
        ...

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return the faults."""
        ...

    def ledger(self) -> list[Charge]:
        """Return the charges."""
        ...

    def accounts(self) -> list[Ledger]:
        """Return the accounts."""
        ...

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """Replace the faults."""
        ...

    def reset(self) -> None:
        """Go back to the settings."""
        ...


async def control(sandbox: Controlled, scope: Message, receive: Receive) -> Reply:
    """Answer a request below PREFIX."""
    try:
        content = await read_body(receive, sandbox.settings.max_body_bytes)
        return Reply.of(200, _answer(sandbox, scope["path"], scope["method"], content))
    except Refusal as refusal:
        return Reply.of(refusal.status, {"error": str(refusal)})


def _answer(sandbox: Controlled, path: str, method: str, content: bytes) -> dict[str, Any]:
    name = path.removeprefix(PREFIX).rstrip("/")
    if name not in _METHODS:
        raise Refusal(404, f"There are {', '.join(PREFIX + name for name in _METHODS)}.")
    if method not in _METHODS[name]:
        raise Refusal(405, f"Send a {' or '.join(_METHODS[name])}.")
    if name == "ledger":
        return _ledger(sandbox)
    if name == "reset":
        sandbox.reset()
    elif method != "GET":
        _set_faults(sandbox, content if method == "POST" else b"")
    return {"faults": [json.loads(fault.model_dump_json()) for fault in sandbox.faults]}


def _set_faults(sandbox: Controlled, content: bytes) -> None:
    try:
        sandbox.set_faults(read_faults(content))
    except ValueError as error:
        raise Refusal(400, str(error)) from None


def _ledger(sandbox: Controlled) -> dict[str, Any]:
    teams = [
        {
            "team": account.team,
            "plan": account.plan,
            "granted": str(account.granted),
            "balance": str(account.balance),
        }
        for account in sandbox.accounts()
    ]
    charges = [{**asdict(charge), "credits": str(charge.credits)} for charge in sandbox.ledger()]
    return {"teams": teams, "charges": charges}

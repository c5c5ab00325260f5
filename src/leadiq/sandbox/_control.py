"""The sandbox's own paths, which LeadIQ does not have: ledger, faults, reset, and what pages show.

They need no key and count against no limit. A wrong request is answered in plain HTTP statuses
with `{"error": "..."}`. What would change something is refused to pages of other sites.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import parse_qsl

from leadiq.sandbox import _status as status
from leadiq.sandbox._errors import Refusal
from leadiq.sandbox._faults import fault_kinds, read_faults
from leadiq.sandbox._wire import Reply, headers_of, read_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leadiq.sandbox._faults import Fault
    from leadiq.sandbox._ledger import Charge, Ledger
    from leadiq.sandbox._settings import SandboxSettings
    from leadiq.sandbox._wire import Message, Receive

PREFIX = "/_sandbox/"
_METHODS = {
    "ledger": ("GET",),
    "faults": ("GET", "POST", "DELETE"),
    "reset": ("POST",),
    "status": ("GET",),
    "about": ("GET",),
    "schema": ("GET",),
}
_OTHER_SITES = {b"cross-site", b"same-site"}


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

    def status(self) -> dict[str, Any]:
        """Return what goes on."""
        ...

    def about(self) -> dict[str, Any]:
        """Return what the explorer begins with."""
        ...

    def introspection(self) -> dict[str, Any]:
        """Return what the contract says of itself."""
        ...


class _Call(NamedTuple):
    name: str
    method: str
    query: dict[str, str]
    content: bytes


async def control(sandbox: Controlled, scope: Message, receive: Receive) -> Reply:
    """Answer a request below PREFIX."""
    try:
        content = await read_body(receive, sandbox.settings.max_body_bytes)
        return Reply.of(200, _answer(sandbox, _call(scope, content)))
    except Refusal as refusal:
        return Reply.of(refusal.status, {"error": str(refusal)})


def _call(scope: Message, content: bytes) -> _Call:
    name, method = scope["path"].removeprefix(PREFIX).rstrip("/"), scope["method"]
    if name not in _METHODS:
        raise Refusal(404, f"There are {', '.join(PREFIX + name for name in _METHODS)}.")
    if method not in _METHODS[name]:
        raise Refusal(405, f"Send a {' or '.join(_METHODS[name])}.")
    if method != "GET" and headers_of(scope).get(b"sec-fetch-site") in _OTHER_SITES:
        raise Refusal(403, "A page of another site may not change the sandbox.")
    query = dict(
        parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    )
    return _Call(name, method, query, content)


def _answer(sandbox: Controlled, call: _Call) -> dict[str, Any]:
    shown = {
        "ledger": lambda: _ledger(sandbox, call.query),
        "status": sandbox.status,
        "about": sandbox.about,
        "schema": sandbox.introspection,
    }
    if call.name in shown:
        return shown[call.name]()
    if call.name == "reset":
        sandbox.reset()
    elif call.method != "GET":
        _set_faults(sandbox, call.content if call.method == "POST" else b"")
    faults = {"faults": status.shown_faults(sandbox.faults)}
    return {**faults, "kinds": fault_kinds()} if "kinds" in call.query else faults


def _set_faults(sandbox: Controlled, content: bytes) -> None:
    try:
        sandbox.set_faults(read_faults(content))
    except ValueError as error:
        raise Refusal(400, str(error)) from None


def _ledger(sandbox: Controlled, query: dict[str, str]) -> dict[str, Any]:
    wanted = query.get("client_request_id")
    charges = [charge for charge in sandbox.ledger() if wanted in (None, charge.client_request_id)]
    teams = status.shown_teams(sandbox.accounts())
    return {"teams": teams, "charges": status.shown_charges(charges)}

"""A LeadIQ of your own: synthetic people behind the real contract, its limits and its bill.

    from leadiq.sandbox import Sandbox, SandboxSettings

    with Sandbox(SandboxSettings(people=20_000, requests_per_minute=60)) as sandbox:
        ...  # any GraphQL client at sandbox.url with `Authorization: Basic {sandbox.key}`
        sandbox.ledger()  # what each request was charged for, and why
        sandbox.set_faults(Refused(status=429, requests=(3,), burst=5), Latency(seconds=0.2))

Nobody in it is real; every address ends in example.com, example.org or example.net, every number is
a fictitious 555-01xx. Needs the extra: `pip install 'leadiq-sdk[sandbox]'`.
"""

from __future__ import annotations

try:
    from leadiq.sandbox._app import SandboxApp, build_app
    from leadiq.sandbox._faults import (
        Fault,
        Gateway,
        Latency,
        NoCursor,
        NoIntrospection,
        Nullable,
        Partial,
        Refused,
        Removed,
        Renamed,
        Reset,
        Truncated,
        UnknownEnum,
        UnknownMember,
        parse_faults,
        read_faults,
    )
    from leadiq.sandbox._ledger import Charge
    from leadiq.sandbox._schema import load_schema_text
    from leadiq.sandbox._server import DEFAULT_PORT, Sandbox, run
    from leadiq.sandbox._settings import DEFAULT_KEY, Key, Prices, SandboxSettings, Team
except ImportError as error:
    if (error.name or "").partition(".")[0] not in {"ariadne", "graphql", "uvicorn"}:
        raise
    raise ImportError(
        "The sandbox needs more packages: pip install 'leadiq-sdk[sandbox]'", name=error.name
    ) from error

__all__ = [
    "DEFAULT_KEY",
    "DEFAULT_PORT",
    "Charge",
    "Fault",
    "Gateway",
    "Key",
    "Latency",
    "NoCursor",
    "NoIntrospection",
    "Nullable",
    "Partial",
    "Prices",
    "Refused",
    "Removed",
    "Renamed",
    "Reset",
    "Sandbox",
    "SandboxApp",
    "SandboxSettings",
    "Team",
    "Truncated",
    "UnknownEnum",
    "UnknownMember",
    "build_app",
    "load_schema_text",
    "parse_faults",
    "read_faults",
    "run",
]

"""A LeadIQ of your own: synthetic people behind the real contract, its limits and its bill.

    from leadiq.sandbox import Sandbox, SandboxSettings

    with Sandbox(SandboxSettings(people=20_000, requests_per_minute=60)) as sandbox:
        ...  # any GraphQL client at sandbox.url with `Authorization: Basic {sandbox.key}`
        sandbox.ledger()

Nobody in it is real; every address ends in example.com, example.org or example.net, every number is
a fictitious 555-01xx. Needs the extra: `pip install 'leadiq-sdk[sandbox]'`.
"""

from __future__ import annotations

try:
    from leadiq.sandbox._app import SandboxApp, build_app
    from leadiq.sandbox._ledger import Charge
    from leadiq.sandbox._schema import load_schema_text
    from leadiq.sandbox._server import DEFAULT_PORT, Sandbox, run
    from leadiq.sandbox._settings import DEFAULT_KEY, Prices, SandboxSettings
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
    "Prices",
    "Sandbox",
    "SandboxApp",
    "SandboxSettings",
    "build_app",
    "load_schema_text",
    "run",
]

"""What an import loads: counted in modules, because milliseconds depend on the machine."""

from __future__ import annotations

import subprocess
import sys

import pytest

import leadiq

HEAVY = ("cyclopts", "rich", "ariadne", "uvicorn", "starlette", "graphql", "trio", "asyncio")
MODELS = ("leadiq._generated.fragments", "leadiq._generated.inputs", "leadiq._generated.enums")


def loaded_by(statement: str, after: str = "pass") -> set[str]:
    """The modules that a statement loads in a new process, after another one."""
    watch = "import sys; before = set(sys.modules)"
    code = f"{after}; {watch}; {statement}; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_but_the_package() -> None:
    """`import leadiq` loads its init and its version, and neither httpx nor pydantic."""
    assert {m for m in loaded_by("import leadiq") if m.startswith("leadiq")} == {
        "leadiq",
        "leadiq._version",
    }
    assert not {"httpx", "pydantic", *HEAVY} & loaded_by("import leadiq")


def test_the_client_loads_no_model_and_no_face() -> None:
    """`from leadiq import LeadIQ` loads no models, no command line and no server."""
    loaded = loaded_by("from leadiq import LeadIQ", after="import httpx, pydantic, anyio")
    assert not set(MODELS) & loaded
    assert not {m for m in loaded if m.startswith(("leadiq.cli", "leadiq.sandbox"))}
    assert not set(HEAVY) & loaded


def test_a_name_of_the_contract_loads_only_its_own_module() -> None:
    """Using an enum loads the enums, and neither inputs nor models."""
    loaded = loaded_by("from leadiq.types import Seniority")
    assert set(MODELS) & loaded == {"leadiq._generated.enums"}


def test_the_public_names_are_pinned() -> None:
    """What is public is decided, sorted, and importable; everything else is not there."""
    assert sorted(leadiq.__all__) == leadiq.__all__ == dir(leadiq)
    assert all(getattr(leadiq, name) is not None for name in leadiq.__all__)
    assert leadiq.__all__ == [
        "Attempt",
        "AttemptEnded",
        "AttemptStarted",
        "AuthenticationError",
        "CallEnded",
        "CallOptions",
        "ConfigurationError",
        "ConnectError",
        "ErrorItem",
        "Event",
        "FleetPacer",
        "GraphQLError",
        "InputError",
        "InsufficientCreditsError",
        "Lane",
        "LeadIQ",
        "LeadIQError",
        "LocalPacer",
        "Middleware",
        "Options",
        "Pacer",
        "PacingStatistics",
        "PriceRange",
        "Prices",
        "RateLimitError",
        "Receipt",
        "Reply",
        "RequestTimeoutError",
        "RetryPolicy",
        "RetryScheduled",
        "SchemaDriftError",
        "ServerError",
        "SlotTimeoutError",
        "Slots",
        "TransportError",
        "Unlock",
        "__version__",
    ]
    with pytest.raises(AttributeError, match="no attribute 'Leadiq'"):
        leadiq.Leadiq  # type: ignore[attr-defined]

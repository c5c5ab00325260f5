"""What an import loads: counted in modules, because milliseconds depend on the machine."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import leadiq

HEAVY = ("cyclopts", "rich", "ariadne", "uvicorn", "starlette", "graphql", "trio", "asyncio")
MODELS = ("leadiq._generated.fragments", "leadiq._generated.inputs", "leadiq._generated.enums")

# The floors of docs/architecture.md, lowest first. The shim of the generated client is built on the
# conduct layer; what is imported for type checkers only does not count.
FLOORS = (
    "_ground",
    "_core",
    "_generated",
    "types",
    "results",
    "_schema",
    "_http",
    "_conduct",
    "_fleet",
    "_engine",
    "_jobs",
    "_client",
    "_files",
    "_tables",
    "_report",
)
SHIM = "_generated/base_client.py"
SOURCE = Path(leadiq.__file__).parent


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


def floors_imported(path: Path) -> set[str]:
    """The floors that a module needs at run time, wherever in it the import stands."""
    tree = ast.parse(path.read_text())
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
    for_checkers = {
        inner
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for statement in block.body
        for inner in ast.walk(statement)
    }
    depth = len(path.relative_to(SOURCE).parts)
    return {
        (n.module or n.names[0].name).split(".")[0]
        for n in nodes
        if n.level == depth and n not in for_checkers
    }


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_point_downwards(floor: str) -> None:
    """A module imports its own floor and those below, and no face."""
    allowed = set(FLOORS[: FLOORS.index(floor) + 1]) | {"_version"}
    here = [*(SOURCE / floor).glob("*.py"), *SOURCE.glob(f"{floor}.py")]
    upwards = {
        path.name: floors_imported(path) - allowed
        for path in here
        if str(path.relative_to(SOURCE)) != SHIM and floors_imported(path) - allowed
    }
    assert here
    assert not upwards


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
        "Axis",
        "Balance",
        "Budget",
        "BudgetError",
        "BudgetStoreError",
        "CallEnded",
        "CallOptions",
        "ChangeFeed",
        "ConfigurationError",
        "ConnectError",
        "Coverage",
        "ErrorItem",
        "Event",
        "FleetPacer",
        "ForgottenError",
        "GraphQLError",
        "InputError",
        "InsufficientCreditsError",
        "JournalError",
        "Lane",
        "Lead",
        "LeadIQ",
        "LeadIQError",
        "Ledger",
        "LedgerError",
        "ListExistsError",
        "LocalPacer",
        "Middleware",
        "Options",
        "Outcome",
        "OutcomeUnknownError",
        "Pacer",
        "PacingStatistics",
        "Page",
        "Pages",
        "Partition",
        "PriceRange",
        "Prices",
        "RateLimitError",
        "Receipt",
        "Refreshed",
        "Reply",
        "RequestTimeoutError",
        "RetryPolicy",
        "RetryScheduled",
        "Run",
        "SchemaDriftError",
        "ServerError",
        "SharedBudget",
        "SlotTimeoutError",
        "Slots",
        "Stage",
        "Status",
        "StillRunningError",
        "StuckCursorError",
        "TooManyResultsError",
        "TrackingCancelledError",
        "TrackingError",
        "TrackingFailedError",
        "TrackingRun",
        "TrackingTimeoutError",
        "TransportError",
        "Unlock",
        "WorkatoCredentials",
        "WriteReport",
        "WriteRow",
        "WriteStatus",
        "__version__",
        "arrow_batches",
        "to_arrow",
    ]
    with pytest.raises(AttributeError, match="no attribute 'Leadiq'"):
        leadiq.Leadiq  # type: ignore[attr-defined]

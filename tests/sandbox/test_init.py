"""Rules of the package: its public names, and what it says when the extra is missing."""

from __future__ import annotations

import importlib
import sys

import pytest

import leadiq.sandbox

NAMES = [
    "DEFAULT_KEY", "DEFAULT_PORT", "Charge", "Fault", "Gateway", "Key", "Latency",
    "NoCursor", "NoIntrospection", "Nullable", "Partial", "Prices", "Refused",
    "Removed", "Renamed", "Reset", "Sandbox", "SandboxApp", "SandboxSettings", "Team",
    "Truncated", "UnknownEnum", "UnknownMember", "build_app", "load_schema_text",
    "parse_faults", "read_faults", "run",
]  # fmt: skip


def test_public_names() -> None:
    """The names are pinned: adding one is a decision."""
    assert leadiq.sandbox.__all__ == NAMES
    assert all(hasattr(leadiq.sandbox, name) for name in NAMES)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Forget the package's modules, so that it is imported anew; all come back afterwards."""
    for name in [name for name in sys.modules if name.startswith("leadiq.sandbox")]:
        monkeypatch.delitem(sys.modules, name)
    return monkeypatch


@pytest.mark.parametrize("missing", ["ariadne", "graphql", "uvicorn"])
def test_a_missing_extra_is_named(fresh: pytest.MonkeyPatch, missing: str) -> None:
    """Without the extra's packages the error says what to install."""
    fresh.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=r"pip install 'leadiq-sdk\[sandbox\]'"):
        importlib.import_module("leadiq.sandbox")


def test_other_import_errors_are_not_dressed_up(fresh: pytest.MonkeyPatch) -> None:
    """A failure that is not about the extra stays itself."""
    fresh.setitem(sys.modules, "leadiq.sandbox._world", None)
    with pytest.raises(ImportError, match="_world"):
        importlib.import_module("leadiq.sandbox")

"""The rules of versions: which are told, and which are too old."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError

import pytest

from leadiq.cli import _versions


def here(monkeypatch: pytest.MonkeyPatch, wanted: list[str] | None, **found: str) -> None:
    """Have these packages installed, and these requirements."""

    def version(name: str) -> str:
        if name not in found:
            raise PackageNotFoundError
        return found[name]

    def requires(_: str) -> list[str] | None:
        if wanted is None:
            raise PackageNotFoundError
        return wanted

    monkeypatch.setattr(_versions, "version", version)
    monkeypatch.setattr(_versions, "requires", requires)


def test_what_is_not_installed_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extra that nobody installed takes no place in a report."""
    here(monkeypatch, [], httpx="0.28.1", redis="6.0")
    assert _versions.installed() == {"httpx": "0.28.1", "redis": "6.0"}


@pytest.mark.parametrize(
    ("requirement", "found", "old"),
    [
        ("anyio>=4.16", "4.15.9", True),
        ("anyio>=4.16", "4.16.0", False),
        ("anyio>=4.16.0", "4.16", False),
        ("anyio>=4.16", "5.0rc1", False),
        ("anyio<5,>=4.16", "4.2", True),
        ("anyio[trio]>=4.16; extra == 'x'", "4.2", True),
        ("anyio", "1.0", False),
        ("anyio<5", "1.0", False),
        ("rich>=14.0", "", False),
        ("anyio>=4.16", "unknown", True),
    ],
)
def test_what_is_older_than_the_requirement_is_too_old(
    monkeypatch: pytest.MonkeyPatch, requirement: str, found: str, old: bool
) -> None:
    """Releases are compared as numbers; what is not installed is not too old."""
    here(monkeypatch, [requirement], anyio=found)
    assert bool(_versions.too_old()) == old


@pytest.mark.parametrize("wanted", [None, []])
def test_without_metadata_nothing_is_too_old(
    monkeypatch: pytest.MonkeyPatch, wanted: list[str] | None
) -> None:
    """Run from its sources, the package does not know what it needs."""
    here(monkeypatch, wanted, anyio="1.0")
    assert _versions.too_old() == []


def test_this_environment_is_new_enough() -> None:
    """The real metadata can be read."""
    assert _versions.too_old() == []
    assert {"httpx", "pydantic"} <= _versions.installed().keys()

"""Which packages are here, and whether they are new enough."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What a report of a defect has to name, where it is installed: what the client stands on, then
#: what the extras bring.
TOLD: Final = (
    *("httpx", "httpcore", "pydantic", "pydantic-core", "anyio", "trio", "aiohttp", "uvloop"),
    *("cyclopts", "rich", "redis", "psycopg", "graphql-core", "ariadne", "uvicorn", "pyarrow"),
    *("opentelemetry-api", "fastapi", "ray"),
)
_DISTRIBUTION: Final = "leadiq-sdk"
#: `httpx<0.29,>=0.28.1; extra == "x"`: its name and its lower bound.
_REQUIREMENT: Final = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?[^;]*?>=\s*([0-9.]+)")


def installed(names: Iterable[str] = TOLD) -> dict[str, str]:
    """Return the versions of those packages that are installed."""
    return {name: found for name in names if (found := _version(name))}


def too_old() -> list[str]:
    """Return what is installed in a version that this package does not work with: `name>=bound`."""
    return [
        f"{name}>={bound}"
        for name, bound in _bounds(_required())
        if (found := _version(name)) and _numbers(found) < _numbers(bound)
    ]


def _required() -> list[str]:
    try:
        return requires(_DISTRIBUTION) or []
    except PackageNotFoundError:  # run from its sources, with nothing installed
        return []


def _bounds(requirements: Iterable[str]) -> Iterator[tuple[str, str]]:
    for requirement in requirements:
        if found := _REQUIREMENT.match(requirement):
            yield found[1], found[2].rstrip(".")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _numbers(text: str) -> tuple[int, ...]:
    """Return the release of a version as numbers; what comes after it (`rc1`) counts for nothing.

    `4.16` and `4.16.0` are the same.
    """
    found = re.match(r"[0-9.]*", text)
    parts = [int(part) for part in (found[0] if found else "").split(".") if part]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)

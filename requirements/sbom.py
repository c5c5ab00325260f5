"""Writes a CycloneDX bill of materials of what leadiq-sdk installs, from a hash lock.

    python requirements/sbom.py requirements/engines.txt > dist/leadiq_sdk.cdx.json

Its components are the dependencies of the package and of all its extras, at the versions and with
the hashes of the lock; what only tests need is left out. Required is what every installation has.
The generators that there are drop the graph that the lock's comments hold, and name a registry.
The same lock gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = "leadiq-sdk"
PROJECT = Path("pyproject.toml")
VERSION = Path("src/leadiq/_version.py")
_PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)(?: ; ([^\\\n]+?))? \\$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


class Package(NamedTuple):
    """One pin of the lock; a name may have several, for different systems."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: frozenset[str]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: str) -> list[Package]:
    """Read a lock as `uv pip compile` writes it, with `# via` comments."""
    blocks = re.split(r"\n(?=[a-z0-9])", lock)
    return [_package(block) for block in blocks if _PIN.match(block.partition("\n")[0])]


def _package(block: str) -> Package:
    first, _, rest = block.partition("\n")
    name, version, marker = _PIN.match(first).groups(default="")  # type: ignore[union-attr]
    comments = re.findall(r"^ +#(?: +via)? +([a-z0-9._-]+)", rest, re.MULTILINE)
    wanted_by = frozenset(comments) - {"via"}
    return Package(name, version, marker, tuple(_HASH.findall(rest)), wanted_by)


def needed(roots: Iterable[str], found: Iterable[Package]) -> set[str]:
    """Give the names of what these packages stand on, themselves included."""
    below: dict[str, set[str]] = {}
    for package in found:
        for parent in package.wanted_by:
            below.setdefault(parent, set()).add(package.name)
    names, todo = set[str](), [*roots]
    while todo:
        if (name := todo.pop()) not in names:
            names.add(name)
            todo += below.get(name, ())
    return names


def bill(lock: str, project: Mapping[str, Any], version: str) -> dict[str, Any]:
    """Give the document."""
    found = packages(lock)
    core = needed(_names(project["dependencies"]), found)
    extras = [name for each in project["optional-dependencies"].values() for name in _names(each)]
    listed = [package for package in found if package.name in core | needed(extras, found)]
    root = f"pkg:pypi/{ROOT}@{version}"
    parts = [_component(package, required=package.name in core) for package in listed]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": root,
                "name": ROOT,
                "version": version,
                "purl": root,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": parts,
        "dependencies": [
            _edges(root, {*_names(project["dependencies"]), *extras}, listed),
            *(_edges(each.purl, _below(each, listed), listed) for each in listed),
        ],
    }
    text = json.dumps(document, sort_keys=True)
    return {**document, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"}


def _component(package: Package, *, required: bool) -> dict[str, Any]:
    properties = [{"name": "python:marker", "value": package.marker}] if package.marker else []
    properties += [{"name": "python:sha256", "value": each} for each in package.hashes]
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "scope": "required" if required else "optional",
        "properties": properties,
    }


def _below(parent: Package, listed: Iterable[Package]) -> set[str]:
    return {package.name for package in listed if parent.name in package.wanted_by}


def _edges(ref: str, names: Iterable[str], listed: Iterable[Package]) -> dict[str, Any]:
    wanted = {*names}
    return {"ref": ref, "dependsOn": sorted(p.purl for p in listed if p.name in wanted)}


def _names(requirements: Iterable[str]) -> list[str]:
    return [_NAME.match(each)[0].lower() for each in requirements]  # type: ignore[index]


if __name__ == "__main__":
    project = tomllib.loads(PROJECT.read_text())["project"]
    version = re.findall(r'__version__ = "(.+)"', VERSION.read_text())[0]
    json.dump(bill(Path(sys.argv[1]).read_text(), project, version), sys.stdout, indent=1)
    print()

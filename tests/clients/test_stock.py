"""The client that stock ariadne-codegen makes of the sandbox's introspection completes the flow."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from leadiq.sandbox import Sandbox

from .flow import DOCUMENTS, complete, missing

GENERATOR = Path(__file__).parents[2] / ".venv-codegen" / "bin" / "ariadne-codegen"
CONFIG = """\
[tool.ariadne-codegen]
remote_schema_url = "{url}"
queries_path = "documents.graphql"
target_package_name = "stock_client_of_the_sandbox"
"""


@pytest.fixture
def stock(served: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The generated package."""
    if not GENERATOR.exists():
        missing("ariadne-codegen")
    (tmp_path / "documents.graphql").write_text(DOCUMENTS)
    (tmp_path / "stock.toml").write_text(CONFIG.format(url=served.url))
    done = subprocess.run(
        [GENERATOR, "--config", "stock.toml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("stock_client_of_the_sandbox")
    for name in [name for name in sys.modules if name.startswith("stock_client_of_the_sandbox")]:
        del sys.modules[name]


def test_ariadne_codegen(served: Sandbox, stock: ModuleType) -> None:
    """Its models take every answer, and its inputs are what the sandbox takes."""
    methods = {"Search": "search", "Enrich": "enrich", "Make": "make", "Add": "add", "Read": "read"}

    async def call(method: str, variables: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Basic {served.key}"}
        async with stock.Client(url=served.url, headers=headers) as client:
            return await getattr(client, method)(**inputs(stock, variables))

    def ask(query: str, variables: dict[str, Any]) -> Any:
        name = query.replace("(", " ").split()[1]
        answer = asyncio.run(call(methods[name], variables))
        return answer.model_dump(mode="json", by_alias=True)

    complete(ask, "ariadne-codegen")


KINDS = {
    frozenset({"contactFilter", "limit"}): "FlatSearchInput",
    frozenset({"id"}): "SearchPeopleInput",
    frozenset({"name"}): "CreateListInput",
}


def inputs(stock: ModuleType, variables: dict[str, Any]) -> dict[str, Any]:
    """The variables as the generated methods take them."""
    given = dict(variables)
    if "input" in given:
        kind = KINDS.get(frozenset(given["input"]), "CreateProspectInput")
        given["input"] = getattr(stock, kind).model_validate(given["input"])
    if "listId" in given:
        given["list_id"] = given.pop("listId")
    return given

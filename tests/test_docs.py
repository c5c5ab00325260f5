"""The documentation's tables are what the code says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from leadiq import LeadIQ
from schema_facts import load_schema

ROOT = Path(__file__).parents[1]
#: What asks LeadIQ for nothing, or for whatever it is given.
NO_ROOT_FIELD = {
    "aclose",
    "execute",
    "hash_email",
    "options",
    "price",
    "statistics",
    "with_options",
}
NO_ROOT_COMMAND = {"budgets", "doctor", "jobs", "prices", "sandbox", "schema"}
#: Its blocks are files of a project, which tests/testing/test_docs.py runs.
FILES = "testing.md"


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    """What `make docs` runs."""
    spec = importlib.util.spec_from_file_location("make_tables", ROOT / "docs" / "make_tables.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_operations_is_up_to_date(tables: ModuleType) -> None:
    """docs/operations.md is what `make docs` writes."""
    assert (ROOT / "docs" / "operations.md").read_text(encoding="utf-8") == tables.table()


def test_the_table_of_guesses_is_up_to_date(tables: ModuleType) -> None:
    """docs/guesses.md is what `make docs` writes."""
    assert (ROOT / "docs" / "guesses.md").read_text(encoding="utf-8") == tables.guesses()


def test_every_root_field_has_its_row() -> None:
    """Each of the 29 root fields of the schema stands in the table, with a call and a price."""
    schema = load_schema()
    fields = {*schema.query_type.fields, *schema.mutation_type.fields}  # type: ignore[union-attr]
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert {cells[0].strip("`") for cells in rows} == fields
    assert len(rows) == len(fields) == 29
    assert all(cells[1] and cells[3] for cells in rows)


def test_every_method_and_command_stands_in_the_table(tables: ModuleType) -> None:
    """What asks LeadIQ for something is in the row of what it asks for, and nothing else is."""
    uses = tables.USES.values()
    named = {*tables.methods().values(), *(m for u in uses for m in (*u.methods, u.generator))}
    public = {name for name in dir(LeadIQ) if not name.startswith("_")}
    assert public - named == NO_ROOT_FIELD
    assert named - public <= {""}
    commands = {line.split()[0] for use in uses for line in use.commands}
    assert set(tables.COMMANDS) - commands == NO_ROOT_COMMAND


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))])
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link of the documentation names a file of the project."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / page).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("page", sorted({p.name for p in ROOT.glob("docs/*.md")} - {FILES}))
def test_the_python_of_the_documentation_compiles_and_its_imports_are_there(page: str) -> None:
    """Every block runs as far as its definitions go."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for block in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        exec(compile(block, page, "exec"), {})  # noqa: S102 - our own documentation

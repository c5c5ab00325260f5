"""The documentation's tables are what the code says."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from types import ModuleType

import pytest

import leadiq
from documents import (
    DOCS,
    ELSEWHERE,
    LANGUAGES,
    ROOT,
    SITE,
    anchors,
    blocks,
    links,
    pages,
    python_of,
    read,
)
from leadiq import LeadIQ
from schema_facts import load_schema

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
NO_ROOT_COMMAND = {"budgets", "completion", "doctor", "jobs", "prices", "sandbox", "schema"}


def site(name: str) -> ModuleType:
    """A module of the site's own."""
    if str(SITE) not in sys.path:
        sys.path.append(str(SITE))
    return importlib.import_module(name)


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


@pytest.mark.parametrize("page", ["../README.md", "../CONTRIBUTING.md", *pages()])
def test_links_lead_somewhere(page: str) -> None:
    """Every link within the project names a file of it, and a heading of the page it leads to."""
    for path, anchor in links(read(page)):
        target = (DOCS / page).parent / path if path else DOCS / page
        assert target.exists(), path
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{path}#{anchor}"


@pytest.mark.parametrize("page", pages())
def test_a_page_begins_with_what_it_is_for(page: str) -> None:
    """It has one title, and behind that a paragraph that tells who should read on."""
    prose = re.sub(r"^```.*?^```$", "", read(page), flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall("^# ", prose, re.MULTILINE)) == 1
    assert re.match(r"# .+\n\n[\w`\[*]", prose)


def test_every_page_is_in_the_navigation() -> None:
    """Nobody has to know a page's name, and nothing in the navigation is missing."""
    trees = re.findall(r"^```{toctree}\n(.*?)^```", read("index.md"), re.MULTILINE | re.DOTALL)
    lines = [line for tree in trees for line in tree.splitlines() if line and line[0] != ":"]
    assert sorted([*(f"{line}.md" for line in lines), "index.md"]) == pages()


@pytest.mark.parametrize("page", ["../README.md", *pages()])
def test_a_block_says_what_it_is_in(page: str) -> None:
    """Python and shell are run; what is neither is marked as text, or run by the page's tests."""
    for block in blocks(read(page)):
        assert block.language in LANGUAGES or (page in ELSEWHERE and block.language), block


@pytest.mark.parametrize(("page", "module"), sorted(ELSEWHERE.items()))
def test_what_is_run_elsewhere_is_run_there(page: str, module: str) -> None:
    """A page whose blocks are files of a project is named by the tests that run it."""
    assert page in (ROOT / "tests" / module).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in pages() if page not in ELSEWHERE])
def test_the_python_of_the_documentation_compiles_and_its_imports_are_there(page: str) -> None:
    """Every block runs as far as its definitions go, one after the other."""
    python_of(page)


def test_every_public_name_stands_in_the_reference() -> None:
    """What can be imported from `leadiq` is documented, once."""
    text = "".join(read(page) for page in pages() if page.startswith("reference/"))
    documented = re.findall(r"^\.\. auto\w+:: leadiq\.(\w+)$", text, re.MULTILINE)
    public = [name for name in leadiq.__all__ if name != "__version__"]
    assert sorted(name for name in documented if name in public) == public


@pytest.mark.parametrize("name", ["architecture", "call"])
def test_the_pictures_are_up_to_date(name: str) -> None:
    """docs/pictures are what `make docs` draws from the code."""
    drawn = site("pictures").PICTURES[name]()
    assert (DOCS / "pictures" / f"{name}.svg").read_text(encoding="utf-8") == drawn


def test_the_index_for_programs_is_up_to_date() -> None:
    """docs/llms.txt is what `make docs` writes from the navigation."""
    assert (DOCS / "llms.txt").read_text(encoding="utf-8") == site("llms").index()

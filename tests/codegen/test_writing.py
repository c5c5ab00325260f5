"""Writing the operations and the lazy init: what is written runs, and reads as it was meant."""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadiq._core import documents, pricing
from leadiq._core.documents import Operation, Segment
from leadiq._core.pricing import Bill, DataPoint, Unlock
from leadiq_codegen import writing
from leadiq_codegen.templates import Compiled

FIND = Compiled(
    name="FindPeople",
    kind="query",
    root="find",
    text="query FindPeople{" + "find" * 40 + "{...Person}}",
    variables={"who": "ID!"},
    needs=(("Person", None), ("Firm", ("company",))),
    flags=("company", "workEmail"),
    repeatable=True,
    bill=Bill("person", (DataPoint.PROFILE,), (Unlock.WORK_EMAIL, Unlock.COMPANY)),
)
DROP = Compiled("Drop", "mutation", "drop", "mutation Drop{drop}", {}, (), (), False, Bill("free"))
FRAGMENTS: dict[str, tuple[Segment, ...]] = {
    "Person": ("fragment Person on Person{" + "name " * 40, (" 'email\"", "workEmail"), "}"),
    "Firm": ("fragment Firm on Firm{id}",),
}


@given(st.text())
def test_long_text_is_written_over_lines(text: str) -> None:
    """A literal means the text that it was made of, and no line of it is too long to read."""
    written = writing.literal(text)
    assert ast.literal_eval(written) == text
    assert ast.literal_eval(writing.literal(text * 40)) == text * 40
    assert all(len(line) < 100 for line in writing.literal("name " * 60).split("\n"))


@pytest.mark.parametrize(
    ("operation", "constant"),
    [
        ("SearchPeople", "SEARCH_PEOPLE"),
        ("Lists", "LISTS"),
        ("FlatAdvancedSearchAfter", "FLAT_ADVANCED_SEARCH_AFTER"),
        ("Top10Firms", "TOP10_FIRMS"),
    ],
)
def test_a_constant_is_named_after_its_operation(operation: str, constant: str) -> None:
    """Constants are in capitals, words apart."""
    assert writing.constant(operation) == constant


def test_operations_run_and_are_what_was_compiled() -> None:
    """The module that is written has each operation, in order, over one table of fragments."""
    code = writing.operations([FIND, DROP], FRAGMENTS)
    assert code == writing.operations([DROP, FIND], dict(reversed(FRAGMENTS.items())))
    assert "from .._core.documents import Operation, Segments" in code
    space = {**vars(documents), **vars(pricing)}
    exec(code.replace("from ..", "from leadiq."), space)  # noqa: S102 - what the test is about
    assert list(space["FRAGMENTS"]) == ["Firm", "Person"]
    assert space["FRAGMENTS"] == FRAGMENTS
    assert space["ALL"] == (space["DROP"], space["FIND_PEOPLE"])
    for compiled, operation in ((FIND, space["FIND_PEOPLE"]), (DROP, space["DROP"])):
        assert operation == Operation(fragments=FRAGMENTS, **compiled._asdict())


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package whose init was written for two modules."""
    folder = tmp_path / "written_package"
    folder.mkdir()
    (folder / "__init__.py").write_text(writing.init({"late": ["B", "A"], "early": ["C"]}))
    (folder / "late.py").write_text("class A: ...\nclass B: ...\n")
    (folder / "early.py").write_text("class C: ...\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "written_package"
    for name in [m for m in sys.modules if m.startswith("written_package")]:
        del sys.modules[name]


def test_the_init_loads_a_module_with_its_first_name(package: str) -> None:
    """Names are listed in order; each loads the module that has it, and no other."""
    written = import_module(package)
    assert written.__all__ == dir(written) == ["A", "B", "C"]
    assert f"{package}.early" not in sys.modules
    assert written.C.__module__ == f"{package}.early"
    assert f"{package}.late" not in sys.modules
    assert written.A.__module__ == f"{package}.late"


def test_the_init_refuses_other_names(package: str) -> None:
    """A name that is not there is an AttributeError, as of any module."""
    with pytest.raises(AttributeError, match=r"'written_package' has no attribute 'Typo'"):
        import_module(package).Typo


def test_type_checkers_see_plain_imports() -> None:
    """For type checkers the init imports each name, and has no `__getattr__` that takes typos."""
    tree = ast.parse(writing.init({"late": ["B", "A"], "early": ["C"]}))
    checking, guarded = (node for node in tree.body if isinstance(node, ast.If))
    assert [ast.unparse(line) for line in checking.body] == [
        "from .early import C",
        "from .late import A, B",
    ]
    assert ast.unparse(guarded.test) == "not TYPE_CHECKING"
    assert [f.name for f in guarded.body if isinstance(f, ast.FunctionDef)] == [
        "__getattr__",
        "__dir__",
    ]


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ('x = 1\n    "one line"', 'x = 1\n    "one line"'),
        ('    "first\\nsecond"', '    """first\n    second\n    """'),
        ('    "first\\n\\nsecond"', '    """first\n\n    second\n    """'),
        ("    'first\\nsecond'", "    'first\\nsecond'"),
        ('    "a\\\\b\\nsecond"', '    "a\\\\b\\nsecond"'),
        ('    "\\"\\"\\"a\\nsecond"', '    "\\"\\"\\"a\\nsecond"'),
    ],
)
def test_docstrings_of_attributes_are_unfolded(code: str, written: str) -> None:
    """A docstring over several lines is written so, unless that would change what it says."""
    assert writing.unfold(code) == written

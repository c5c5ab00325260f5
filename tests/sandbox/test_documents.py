"""Rules of kept documents: parsed once, bounded, and nested documents do no harm."""

from __future__ import annotations

import pytest

from leadiq.sandbox import _documents
from leadiq.sandbox._documents import Documents
from leadiq.sandbox._schema import executable, load_schema_text


@pytest.fixture(scope="module")
def documents() -> Documents:
    return Documents(executable(load_schema_text()), 2)


def test_a_document_is_read_once_while_it_is_kept(documents: Documents) -> None:
    """The same text gives the same object until newer ones have pushed it out."""
    first = documents.read("{ account { plans { name } } }")
    assert documents.read("{ account { plans { name } } }") is first
    for text in ("{ __typename }", "{ a: __typename }"):
        documents.read(text)
    assert documents.read("{ account { plans { name } } }") is not first


@pytest.mark.parametrize("text", ["{", "", "{ nope }", "{ account }"])
def test_errors_are_kept_too(documents: Documents, text: str) -> None:
    """Broken syntax and unknown fields are errors of the document."""
    assert documents.read(text).errors


@pytest.mark.parametrize("depth", [400, 900, 5000])
def test_deep_nesting_is_an_error_and_no_crash(documents: Documents, depth: int) -> None:
    """A document too deep to parse or to validate is refused like a broken one."""
    text = "{ ...on Query" * depth + "{ __typename }" + "}" * depth
    document = documents.read("query " + text)
    assert document.errors or document.node
    assert documents.read("{ a" * depth + "}" * depth).errors


@pytest.mark.parametrize("step", ["parse", "validate"])
def test_recursion_in_an_older_library_is_an_error_too(
    documents: Documents, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Where the library does not bound the depth itself, the interpreter's bound is caught."""

    def dive(*_arguments: object) -> None:
        raise RecursionError

    monkeypatch.setattr(_documents, step, dive)
    (error,) = documents.read(f"{{ {step}: __typename }}").errors
    assert "nested too deeply" in error.message


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("{ __schema { types { name } } }", True),
        ("{ __typename }", True),
        ("{ ...Q } fragment Q on Query { __typename }", True),
        ("{ __type(name: \"Query\") { ...T } } fragment T on __Type { name }", True),
        ("{ ... { __typename } }", True),
        ("{ __typename account { plans { name } } }", False),
        ("{ ... { account { plans { name } } } }", False),
        ("{ ...Q } fragment Q on Query { account { plans { name } } }", False),
        ("query A { __typename } query B { account { plans { name } } }", False),
    ],
)  # fmt: skip
def test_only_introspection_is_for_everybody(documents: Documents, text: str, free: bool) -> None:
    """One field that is not about the schema makes the whole document ask for credentials."""
    document = documents.read(text)
    assert not document.errors
    assert document.is_introspection == free


def test_searches_are_slow(documents: Documents) -> None:
    """Documents that may scan the world are known by their root fields."""
    assert documents.read("{ a: flatAdvancedSearch(input: {}) { totalPeople } }").is_slow
    assert not documents.read("{ account { plans { name } } }").is_slow


@pytest.mark.parametrize(
    ("text", "name", "roots"),
    [
        ("{ a: __typename b: __typename a: __typename }", None, 2),
        ("{ ...F ... { c: __typename } } fragment F on Query { a: __typename ...G }"
         " fragment G on Query { b: __typename }", None, 3),
        ("{ ...F ...F } fragment F on Query { a: __typename @skip(if: true) }", None, 1),
        ("query A { a: __typename } query B { b: __typename c: __typename }", "B", 2),
        ("query A { a: __typename } query B { b: __typename c: __typename }", None, 3),
        ("query A { a: __typename }", "C", 0),
        ("{ broken", None, 0),
        ("{ nope }", None, 0),
    ],
)  # fmt: skip
def test_root_fields_are_counted(
    documents: Documents, text: str, name: str | None, roots: int
) -> None:
    """Each response key at the top of an operation is one, wherever a fragment has it from."""
    assert documents.read(text).roots(name) == roots


def test_a_selection_is_kept_for_its_conditions(documents: Documents) -> None:
    """The same document and conditions give the same selection, whatever the other variables."""
    document = documents.read(
        "query($id: String, $a: Boolean = true) { searchPeople(input: {id: $id})"
        " { totalResults @include(if: $a) hasMore } }"
    )
    first = document.selection(None, {"id": "x", "a": False})
    assert document.selection(None, {"id": "y", "a": False}) is first
    assert document.selection(None, {"id": "x"}) is not first
    (nodes,) = first.root().values()
    assert list(first.below("SearchResult", nodes)) == ["hasMore"]
    assert first.below("SearchResult", nodes) is first.below("SearchResult", nodes)


def test_introspection_can_be_off() -> None:
    """Without it a document that asks about the schema is invalid, and others are not."""
    documents = Documents(executable(load_schema_text()), 2, introspection=False)
    assert documents.read("{ __schema { queryType { name } } }").errors
    assert not documents.read("{ __typename }").errors

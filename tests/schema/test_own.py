"""A user's own document: what is taken, and what is refused in which words."""

from __future__ import annotations

import re

import pytest

from leadiq._core.documents import Operation
from leadiq._core.errors import InputError
from leadiq._core.pricing import price
from leadiq._generated.operations import ALL
from leadiq._schema import own
from leadiq._schema.own import read

NAME = "Ada Example"
TWO = (
    "query A { usage { subscription { status } } } "
    "mutation B { removeAllTrackedCompanies { success } }"
)


def refused(text: str, name: str | None = None) -> InputError:
    """The error of a document."""
    with pytest.raises(InputError) as caught:
        read(text, {}, name)
    assert not caught.value.sent
    return caught.value


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
def test_every_operation_of_the_sdk_would_be_taken(operation: Operation) -> None:
    """What the SDK sends is valid, up to its variables, which are not given here."""
    text = operation.render(frozenset(operation.flags))
    if any(kind.endswith("!") for kind in operation.variables.values()):
        assert "is missing" in str(refused(text))
    else:
        found, name = read(text, {}, None)
        assert (found.kind, found.root) == (operation.kind, operation.root)
        assert found.name == operation.name == name


def test_the_operation_that_is_named_is_the_one() -> None:
    """Of several operations kind, price and repeatability are those of the named one."""
    first, _ = read(TWO, {}, "A")
    second, name = read(TWO, {}, "B")
    assert (first.kind, first.repeatable, first.root) == ("query", True, "usage")
    assert (second.kind, second.repeatable, name) == ("mutation", False, "B")
    assert second.render() == TWO


def test_a_name_that_is_not_there_is_refused() -> None:
    """The nearest one is named."""
    text = TWO.replace("query A", "query Account")
    assert "Did you mean 'Account'" in str(refused(text, "Acount"))
    assert "no operation of that name" in str(refused("{ __typename }", "Some"))


def test_an_operation_without_name_is_called_after_its_first_root_field() -> None:
    """Receipts and errors have to call it something; no name is sent."""
    text = "query($no: Boolean = false) { account @include(if: $no) { plans { name } } }"
    assert read("{ a: usage { subscription { status } } }", {}, None)[0].name == "usage"
    found, name = read(text, {}, None)
    assert (found.name, name, price(found.bill).maximum) == ("nothing", None, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{ usage { nope } }", "line 1, column 11: Cannot query field 'nope' on type"),
        ("{ usage { subscription { stat } } }", "Did you mean 'status'"),
        ("fragment F on Usage { x }", "Unknown type 'Usage'"),
        ("fragment F on UsageMetaType { subscription { status } }", "Fragment 'F' is never used"),
        ("{ usage(to: 1) { subscription { status } } }", "Unknown argument 'to'"),
        ("{ " + "a { " * 3000, "nested too deeply|Syntax Error"),
        ("fragment F on UsageMetaType { ...F }", "Cannot spread fragment"),
        ("type A { b: Int }", "not executable"),
        ("{ a b c d e }", "; and 2 more"),
        (TWO, r"several operations \(A, B\): say which with operation_name"),
    ],
)
def test_what_is_wrong_is_named(text: str, words: str) -> None:
    """Place, member and the nearest name stand in the sentence, and every error in `errors`."""
    assert re.search(words, str(refused(text)))


def test_every_mistake_is_in_the_error() -> None:
    """The sentence tells three, the error has all."""
    assert len(refused("{ a b c d e }").errors) == 5


def test_a_document_that_is_too_deep_for_the_library_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Releases of graphql-core that give up otherwise look the same."""

    def parse(_: str) -> None:
        raise RecursionError

    monkeypatch.setattr(own, "parse", parse)
    assert "nested too deeply" in str(refused("{ __typename a: __typename }"))


@pytest.mark.parametrize(
    "text",
    [
        f'{{ searchPeople(input "{NAME}") {{ hasMore }} }}',
        f'{{ searchPeople(input: {{limit: "{NAME}"}}) {{ hasMore }} }}',
        f'{{ searchPeople(input: """{NAME}""") {{ hasMore }} }}',
        '{ searchPeople(input: {limit: "+1 555 010 0000"}) { hasMore } }',
        '{ searchPeople(input: {limit: "ada@example.com"}) { hasMore } }',
    ],
)
def test_no_value_of_the_document_is_told(text: str) -> None:
    """A document may hold names and addresses; a refusal repeats none."""
    error = refused(text)
    for secret in (NAME, "Ada", "555", "ada@"):
        assert secret not in str(error)
        assert secret not in str(error.errors)


def test_there_are_no_subscriptions() -> None:
    """A subscription is refused by that name."""
    error = refused("subscription { usage { subscription { status } } }")
    assert "no subscriptions" in str(error)

"""leadiq.testing._exchange: requests and replies as values."""

from __future__ import annotations

import json

import pytest

from leadiq.testing._exchange import Exchange


def asked(document: str, name: str | None = None) -> Exchange:
    body = {"query": document, "operationName": name, "variables": {"a": 1}}
    return Exchange.of(json.dumps(body).encode(), b'{"data": null}', 200)


@pytest.mark.parametrize(
    ("document", "name", "operation", "root"),
    [
        ("query Who($i: Int) { one: account { plans } usage { a } }", None, "Who", "account"),
        ("query A { usage } query B { account }", "B", "B", "usage"),
        ("{ usage { a } }", None, "usage", "usage"),
        ("query{a:account{plans}}", None, "account", "account"),
        ("{ ...Everything }", None, "", ""),
        ("mutation Make{createList{id}}", None, "Make", "createList"),
        ("", None, "", ""),
    ],
)
def test_an_operation_is_named(document: str, name: str | None, operation: str, root: str) -> None:
    """By the request, else by the document, else by the first root field, behind its alias."""
    exchange = asked(document, name)
    assert (exchange.operation, exchange.root) == (operation, root)


def test_bodies_are_read() -> None:
    """Variables and reply are JSON, and what is none is nothing."""
    assert asked("{ usage }").variables == {"a": 1}
    assert asked("{ usage }").reply == {"data": None}
    alone = Exchange.of(b'{"operationName": 7}')
    assert (alone.operation_name, alone.reply, alone.status) == (None, None, 200)
    assert Exchange("", None, {}).status == 200
    odd = Exchange.of(b"[]", b"<html>", 502)
    assert (odd.document, odd.variables, odd.reply, odd.status) == ("", {}, None, 502)


def test_a_repr_shows_nobody() -> None:
    """Reprs end up in failures: it names the operation only."""
    assert repr(asked("query Who { account }")) == "<exchange of Who>"
    assert repr(asked("")) == "<exchange of no operation>"

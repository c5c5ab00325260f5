"""Rules of feedback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SUBMIT = "mutation($i: ApiPersonFeedback!) { submitPersonFeedback(input: $i) }"


def test_each_feedback_has_an_id(make: Callable[..., Any]) -> None:
    """The same feedback twice is taken twice."""
    sandbox = make()
    query = {"personId": "x", "value": "x@example.com", "status": "Invalid", "type": "WorkEmail"}
    ids = [sandbox.data(SUBMIT, {"i": query})["submitPersonFeedback"] for _ in range(2)]
    assert len(set(ids)) == 2
    assert all(len(one) == 24 for one in ids)


@pytest.mark.parametrize(
    "query", [{"value": " ", "name": "Ada Lovelace"}, {"value": "x", "name": " "}]
)
def test_feedback_needs_a_value_and_a_person(make: Callable[..., Any], query: Any) -> None:
    """Without either it is a client error."""
    body = make().ask(SUBMIT, {"i": query})
    assert body["errors"][0]["extensions"]["response"]["status"] == 400

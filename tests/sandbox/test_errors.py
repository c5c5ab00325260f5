"""Rules of the envelope: a status in the body, a code, and nothing that was not meant."""

from __future__ import annotations

import pytest
from graphql import GraphQLError

from leadiq.sandbox._errors import (
    InputRefused,
    NotImplementedHere,
    Refusal,
    envelope,
    format_error,
)


@pytest.mark.parametrize("status", [400, 401, 402, 404, 405, 413, 415, 429])
def test_the_envelope_has_status_and_code(status: int) -> None:
    """errors[0].extensions.response.status is where LeadIQ has it [samples]."""
    body = envelope(Refusal(status, "No."))
    assert body["data"] is None
    (error,) = body["errors"]
    assert error["message"] == "No."
    assert error["extensions"]["response"]["status"] == status
    assert error["extensions"]["code"].isupper()


def test_an_unmeant_failure_says_nothing_of_itself() -> None:
    """An exception's text may hold personal data: it is replaced."""
    cause = ValueError("ada@example.com is bad")
    formatted = format_error(GraphQLError(str(cause), path=["a"], original_error=cause))
    assert "ada" not in str(formatted)
    assert formatted["path"] == ["a"]
    assert formatted["extensions"]["response"]["status"] == 500


def test_meant_errors_keep_their_code() -> None:
    """Refused input is a 400, what is missing here is no server error, the rest is validation."""
    located = GraphQLError("x", original_error=InputRefused("Bad."), extensions=None)
    assert format_error(located)["extensions"]["response"]["status"] == 400
    assert format_error(NotImplementedHere("lists"))["extensions"] == {"code": "NOT_IMPLEMENTED"}
    assert format_error(GraphQLError("x"))["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}

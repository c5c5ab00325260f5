"""The rules of the first request: what keeps a command from LeadIQ is one sentence."""

from __future__ import annotations

import pytest

from leadiq import AuthenticationError, ConfigurationError, ConnectError, GraphQLError
from leadiq.cli._credits import reaching
from leadiq.cli._problems import Problem, RefusedKey, Trouble


@pytest.mark.parametrize(
    ("error", "problem", "says"),
    [
        (AuthenticationError("401"), RefusedKey, "refused the key"),
        (ConnectError("no route"), Trouble, "can't be reached"),
        (ConfigurationError("no URL"), Problem, "^no URL$"),
    ],
)
def test_a_bad_key_or_server_shows_at_once(
    error: Exception, problem: type[Exception], says: str
) -> None:
    """The first request of a job finds out whether any other could succeed."""
    with pytest.raises(Problem, match=says) as raised, reaching():
        raise error
    assert type(raised.value) is problem


def test_other_errors_are_left_alone() -> None:
    """They have words and exit codes of their own."""
    with pytest.raises(GraphQLError), reaching():
        raise GraphQLError("something else")

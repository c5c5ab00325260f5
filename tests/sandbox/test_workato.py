"""Rules of Workato tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

READ = (
    "query($u: String!) { workatoToken(orgDomainUrl: $u) { __typename"
    " ... on WorkatoTokenResponseSuccess { token customerAccountId apiKey }"
    " ... on WorkatoTokenResponseFailure { message } } }"
)


def test_a_domain_gets_its_token(make: Callable[..., Any]) -> None:
    """The URL of a domain gets a token, the same at every call, another for another domain."""
    sandbox = make()
    urls = ["https://acme.example.com/x", "acme.example.com", "other.example.com"]
    first, again, other = (sandbox.data(READ, {"u": url})["workatoToken"] for url in urls)
    assert first["__typename"] == "WorkatoTokenResponseSuccess"
    assert first == again
    assert first["token"] != other["token"]


@pytest.mark.parametrize("url", ["", "acme", "a b.example.com"])
def test_what_is_no_domain_fails(make: Callable[..., Any], url: str) -> None:
    """Anything else is answered with the failure of the union."""
    answer = make().data(READ, {"u": url})["workatoToken"]
    assert answer["__typename"] == "WorkatoTokenResponseFailure"
    assert url not in answer["message"] or not url

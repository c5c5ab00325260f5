"""Tokens for the Workato integration: made up, and good for nothing."""

from __future__ import annotations

from typing import Any

from leadiq.sandbox._ids import hex_id
from leadiq.sandbox._text import host


def workato_token(team: str, url: str) -> dict[str, Any]:
    """Return a `WorkatoTokenResponse`: a success for the URL of a domain, else a failure."""
    domain = host(url)
    if "." not in domain or " " in domain:
        message = "orgDomainUrl is not the URL of a domain."
        return {"__typename": "WorkatoTokenResponseFailure", "message": message}
    return {
        "__typename": "WorkatoTokenResponseSuccess",
        "token": f"sandbox-token-{hex_id('workato-token', team, domain)}",
        "customerAccountId": hex_id("workato-account", team, domain),
        "apiKey": None,
    }

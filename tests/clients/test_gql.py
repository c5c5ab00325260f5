"""The usual GraphQL client for Python completes the main flow over each of its transports."""

from __future__ import annotations

import asyncio
import importlib
from typing import Any

import pytest

from leadiq.sandbox import Sandbox

from .flow import complete, missing

#: The module and the name of a transport.
TRANSPORTS = [
    ("aiohttp", "AIOHTTPTransport"),
    ("httpx", "HTTPXAsyncTransport"),
    ("httpx", "HTTPXTransport"),
]


def transport(module: str, name: str, url: str, key: str) -> Any:
    try:
        found = importlib.import_module(f"gql.transport.{module}")
    except ModuleNotFoundError:
        missing(f"gql[{module}]")
    return getattr(found, name)(url=url, headers={"Authorization": f"Basic {key}"})


@pytest.mark.parametrize(("module", "name"), TRANSPORTS)
def test_gql(served: Sandbox, module: str, name: str) -> None:
    """It fetches the schema by introspection, and holds each document against it."""
    over = transport(module, name, served.url, served.key)
    gql: Any = importlib.import_module("gql")

    def ask(query: str, variables: dict[str, Any]) -> Any:
        client = gql.Client(transport=over, fetch_schema_from_transport=True)
        request = gql.gql(query)
        request.variable_values = variables
        if "Async" in name or module == "aiohttp":
            return asyncio.run(client.execute_async(request))
        return client.execute(request)

    complete(ask, f"gql {name}")


def test_what_is_refused_is_an_error_of_its_own(served: Sandbox) -> None:
    """A refusal in a 200 is what the client takes for a failed query, with LeadIQ's extensions."""
    over = transport("httpx", "HTTPXTransport", served.url, "bm9ib2R5Og==")
    gql: Any = importlib.import_module("gql")
    exceptions: Any = importlib.import_module("gql.transport.exceptions")
    with pytest.raises(exceptions.TransportQueryError) as refused:
        gql.Client(transport=over).execute(gql.gql("{ account { __typename } }"))
    assert refused.value.errors[0]["extensions"]["response"]["status"] == 401

"""A server's schema as files."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from graphql import build_schema, print_schema

from leadiq._schema.pulling import files_of
from schema_facts import live_schema, lock

DAY = date(2026, 8, 31)


def test_the_files_have_what_the_server_has() -> None:
    """The SDL reads back as the same schema; the lock says when, whence, how much, and its hash."""
    server = live_schema()
    files = files_of(server, "https://api.example.com/graphql", DAY)
    assert print_schema(build_schema(files["schema.graphql"])) == print_schema(server)
    said = json.loads(files["schema.lock.json"])
    digest = hashlib.sha256(files["schema.graphql"].encode()).hexdigest()
    assert said["schema"] == {"file": "schema.graphql", "sha256": digest}
    assert said["sources"] == [
        {"date": "2026-08-31", "name": "introspection", "url": "https://api.example.com/graphql"}
    ]
    assert (said["counts"]["queries"], said["counts"]["mutations"]) == (
        lock()["counts"]["queries"],
        lock()["counts"]["mutations"],
    )


@pytest.mark.parametrize(
    "endpoint", ["https://name:secret@api.example.com:8443/graphql?key=secret#secret"]
)
def test_the_lock_holds_no_credentials(endpoint: str) -> None:
    """Whatever a URL has of them is left out."""
    files = files_of(build_schema("type Query { a: Int }"), endpoint, DAY)
    said = json.loads(files["schema.lock.json"])
    assert said["sources"][0]["url"] == "https://api.example.com:8443/graphql"
    assert said["counts"] == {"members": 1, "mutations": 0, "queries": 1, "types": 1}

"""The main flow as anybody would write it down: documents, and what has to come of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NoReturn

import pytest

#: Set where a client that is missing is a failure.
ALL = "CLIENTS"

SEARCH = """
query Search($input: FlatSearchInput!) {
  flatAdvancedSearch(input: $input) { totalPeople people { id name title company { name } } }
}
"""
ENRICH = """
query Enrich($input: SearchPeopleInput!) {
  searchPeople(input: $input) {
    totalResults
    results {
      id
      name { first last fullName }
      currentPositions { title emails { value status type } companyInfo { id name } }
    }
  }
}
"""
MAKE = "mutation Make($input: CreateListInput!) { createList(input: $input) { id name } }"
ADD = """
mutation Add($listId: ID!, $input: CreateProspectInput!) {
  addProspectToList(listId: $listId, input: $input) { id personId workEmail }
}
"""
READ = """
query Read($id: ID!) { list(id: $id) { id name prospects { items { personId firstName } } } }
"""
#: All of it in one file, for clients that are generated.
DOCUMENTS = "\n".join([SEARCH, ENRICH, MAKE, ADD, READ])

Ask = Callable[[str, dict[str, Any]], Any]
"""A client: document and variables in, `data` out."""


def prospect(person: dict[str, Any]) -> dict[str, Any]:
    """What is put into a list, of what an enrichment has found."""
    position = person["currentPositions"][0]
    emails = [email["value"] for email in position["emails"] if email["status"] == "Verified"]
    return {
        "firstName": person["name"]["first"],
        "lastName": person["name"]["last"],
        "personId": person["id"],
        "workEmail": next(iter(emails), None),
        "title": position["title"],
        "company": position["companyInfo"]["name"],
    }


def complete(ask: Ask, name: str) -> None:
    """Search, enrich whom was found, put them into a new list, and read it."""
    wanted = {"contactFilter": {"seniorities": ["VP"]}, "limit": 3}
    found = ask(SEARCH, {"input": wanted})["flatAdvancedSearch"]
    ids = [person["id"] for person in found["people"]]
    assert len(ids) == 3
    assert found["totalPeople"] > 3
    made = ask(MAKE, {"input": {"name": name}})["createList"]
    for each in ids:
        (person,) = ask(ENRICH, {"input": {"id": each}})["searchPeople"]["results"]
        added = ask(ADD, {"listId": made["id"], "input": prospect(person)})["addProspectToList"]
        assert added["personId"] == each
    kept = ask(READ, {"id": made["id"]})["list"]
    assert kept["name"] == name
    assert [item["personId"] for item in kept["prospects"]["items"]] == ids


def missing(what: str) -> NoReturn:
    """Skip, and say why; where every client has to be there, fail."""
    if os.environ.get(ALL):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed; `make clients` has it")

"""Values for documents: half of them mean somebody in the sandbox, the others anything at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
from hypothesis import strategies as st

from leadiq._conformance.own import document
from leadiq._core.pricing import Unlock

NUMBERS = [-1, 0, 1, 2, 25, 26, 100, 101, 9_999, 10_000, 10_001, 2**31 - 1, -(2**31)]
LONGS = [*NUMBERS, 2**31, 2**53, 2**63 - 1, -(2**63), 1_767_225_600_000]
MOMENTS = [
    "2026-01-01T00:00:00Z",
    "2025-06-01T12:00:00+05:30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2026-01-01",
    "2026-01-01T00:00:00",
    "not a moment",
]
DAYS = ["2026-01-01", "0001-01-01", "9999-12-31", "2026-13-01", ""]
#: What programs tend to fall over.
ODD = ["", " ", "\x00", "\ufeff", "%s", "{}", "a" * 2_000, "\u202e", "İ", "ß", "🧑‍🚀", "-0", "null"]

numbers = st.integers(1, 25) | st.sampled_from(NUMBERS) | st.integers(-(2**31), 2**31 - 1)
longs = st.sampled_from(LONGS) | st.integers(-(2**63), 2**63 - 1)
moments = st.sampled_from(MOMENTS) | st.datetimes().map(lambda when: f"{when.isoformat()}Z")
days = st.sampled_from(DAYS) | st.dates().map(str)


def texts(known: list[str]) -> st.SearchStrategy[str]:
    """Texts, of which some are known to the server."""
    anything = st.sampled_from(ODD) | st.text(max_size=30)
    return st.sampled_from(known) | anything if known else anything


def harvested(url: str, headers: dict[str, str]) -> list[str]:
    """Every text in what a server answers: ids, names, addresses, cursors, of what is made too."""
    with httpx.Client(headers=headers, timeout=60) as http:

        def ask(operation: str, *unlock: Unlock, **variables: Any) -> Any:
            body = {"query": document(operation, *unlock), "variables": variables}
            return http.post(url, json=body).json()["data"]

        found = ask("FlatAdvancedSearchAfter", input={"limit": 25})
        ids = [person["id"] for person in found["flatAdvancedSearch"]["people"]]
        people = [ask("SearchPeople", *Unlock, input={"id": each}) for each in ids]
        rest = [ask("GroupedAdvancedSearchAfter", input={"limit": 5}), ask("IcpDefinitions")]
        return sorted({*_texts([found, people, rest, _made(ask)])} - {""})


def _made(ask: Callable[..., Any]) -> list[Any]:
    """Make a list, a prospect, tracked companies, a run and an import, and give their answers."""
    made = [ask("CreateList", input={"name": f"List {number}"}) for number in range(3)]
    ada = {"firstName": "Ada", "lastName": "Example"}
    firms = [{"name": "Example", "domain": f"{number}.example.com"} for number in range(3)]
    contact = {**ada, "companyName": "Example"}
    return [
        *made,
        ask("AddProspectToList", listId=made[0]["createList"]["id"], input=ada),
        ask("AddTrackedCompanies", input={"companies": firms}),
        ask("StartCompanyTrackingTask", input={}),
        ask("TrackContacts", input={"importId": "import", "contacts": [contact]}),
        ask("Lists", limit=1),
        ask("TrackedCompanies", first=1),
    ]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)

"""The documentation's Python does what it says: each of its functions runs against a sandbox."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pyarrow as pa
import pytest

from documents import ELSEWHERE, pages, python_of, read
from in_process import sandboxed
from leadiq import Attempt, LeadIQ, Reply
from leadiq.types import (
    AddTrackedCompanyInput,
    ContactFilter,
    CreateListInput,
    CreateProspectInput,
    FlatSearchInput,
    SearchPeopleInput,
    Seniority,
)

#: Pages with functions that take a client.
PAGES = [
    page for page in pages() if page not in ELSEWHERE and re.search(r"def .*\bleadiq: ", read(page))
]
#: They go on for ever, and are ended behind their first request.
ENDLESS = {"hires"}


def functions_of(page: str) -> list[Callable[..., Awaitable[object]]]:
    """The functions of a page that are given a client."""
    functions = filter(inspect.iscoroutinefunction, python_of(page).values())
    return [one for one in functions if "leadiq" in inspect.signature(one).parameters]


async def arguments(leadiq: LeadIQ, folder: Path) -> dict[str, Any]:
    """Give what the functions of the documentation are called with beside a client, by name."""
    made = await leadiq.create_list(CreateListInput(name="Everybody"))
    assert made
    ada = CreateProspectInput(first_name="Ada", last_name="Example")
    await leadiq.add_prospects(made.id, [ada])
    kept: list[str] = []
    return {
        "list_id": made.id,
        "token": None,
        "wanted": FlatSearchInput(contact_filter=ContactFilter(seniorities=[Seniority.VP])),
        "companies": [AddTrackedCompanyInput(name="Example", domain="a.example.com")],
        "keep": kept.append,
        "kept": folder / "watermark",
        "email": "ada@example.com",
        "emails": ["ada@example.com", "bob@example.com"],
        "rows": [{"email": "ada@example.com"}],
        "given": [pa.record_batch({"email": ["ada@example.com"]})],
        "path": str(folder / "ledger.db"),
        "who": SearchPeopleInput(email="ada@example.com"),
    }


async def what_it_asks(
    function: Callable[..., Awaitable[object]], leadiq: LeadIQ, known: dict[str, Any]
) -> list[str]:
    """Run a function of the documentation, and give the operations that it sent."""
    sent: list[str] = []

    async def note(attempt: Attempt, send: Callable[[], Awaitable[Reply]]) -> Reply:
        reply = await send()
        sent.append(attempt.operation)
        if function.__name__ in ENDLESS:
            scope.cancel()
        return reply

    known = {**known, "leadiq": leadiq.with_options(middleware=[note])}
    with anyio.CancelScope() as scope:
        await function(**{name: known[name] for name in inspect.signature(function).parameters})
    return sent


@pytest.mark.anyio
@pytest.mark.parametrize("page", PAGES)
async def test_the_functions_of_a_page_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each function that takes a client asks the sandbox for something, and nothing fails."""
    monkeypatch.setenv("LEADIQ_STATE", str(tmp_path / "state"))
    ours = functions_of(page)
    assert ours
    async with sandboxed(people=600, tracking_s=0.0) as leadiq:
        known = await arguments(leadiq, tmp_path)
        for function in ours:
            assert await what_it_asks(function, leadiq, known), function.__name__

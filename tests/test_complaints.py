"""What users of other clients complain about is held by tests, as docs/complaints.md says."""

from __future__ import annotations

import inspect
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest

import leadiq
from faults.adversary import Adversary
from faults.steps import answer
from leadiq import LeadIQ, RetryPolicy, ServerError
from leadiq.types import SearchPeopleInput

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "complaints.md"
ROWS = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize("row", ROWS, ids=range(1, len(ROWS) + 1))
def test_the_tests_that_hold_a_rule_are_there(row: str) -> None:
    """Every row names at least one test, and each of them exists."""
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", row.split("|")[3])
    assert named
    for module, test in named:
        assert f"def {test}(" in (TESTS / module).read_text(encoding="utf-8"), (module, test)


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["default", "fast", "client"])
async def test_nothing_below_the_retry_policy_repeats(kind: Any, anyio_backend_name: str) -> None:
    """A server meets a call as often as the policy says, and the error tells how often."""
    if kind == "fast" and (anyio_backend_name == "trio" or find_spec("aiohttp") is None):
        pytest.skip("the fast pool needs asyncio and aiohttp")
    with Adversary(answer(b"", "503 Unavailable"), ()) as server:
        server.relent()
        url = f"http://127.0.0.1:{server.port}/graphql"
        retry = RetryPolicy(attempts=3, base_s=0.001)
        async with httpx.AsyncClient() as own:
            over: dict[str, Any] = {"http_client": own} if kind == "client" else {"pool": kind}
            async with LeadIQ(
                "a-key-of-the-tests", endpoint=url, requests_per_minute=60_000, retry=retry, **over
            ) as client:
                with pytest.raises(ServerError) as failed:
                    await client.search_people(SearchPeopleInput(email="ada@example.com"))
    assert len(server.requests) == failed.value.attempts == 3


def test_no_http_library_is_in_a_public_signature() -> None:
    """Neither httpx nor aiohttp is named by an annotation of anything public."""
    seen = 0
    for name in leadiq.__all__:
        public = getattr(leadiq, name)
        for _, member in inspect.getmembers(public, inspect.isfunction):
            seen += 1
            assert not re.search(r"httpx|httpcore|aiohttp", str(inspect.signature(member)))
    assert seen > 100

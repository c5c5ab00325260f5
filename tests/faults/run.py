"""Runs one case with one client, and says what came of it."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import anyio

from leadiq import LeadIQ, LeadIQError
from leadiq._http import transport
from leadiq.types import CreateListInput, SearchPeopleInput

from .adversary import Adversary
from .case import PATIENT_S, Case
from .clients import client
from .steps import PERSON, answer

MOST_BYTES = 512 * 1024  # a smaller bound than the real one: floods end sooner, and no otherwise
GRACE_S = 3.0  # how much later than its timeout a call may end on a machine that is busy


async def run(case: Case, kind: str) -> tuple[str, str]:
    """Run a case.

    Returns:
        What came of the fault, and of a good request over the same client after it.

    Raises:
        AssertionError: something is left in use, or it took too long, or was sent too often.
    """
    adversary = Adversary(
        answer(),
        case.steps,
        times=case.times,
        before=case.before,
        then=case.then,
        door=case.door,
        tls=case.scheme == "https",
        welcome=case.welcome,
    )
    with adversary, patch.object(transport, "MAX_BODY_BYTES", MOST_BYTES):
        url = f"{case.scheme}://127.0.0.1:{adversary.port}/graphql"
        async with client(kind, case, url) as (leadiq, in_use):
            for _ in range(case.before):
                await _prepare(leadiq, adversary)
            came = await _call(leadiq, case)
            _check_nothing_is_held(leadiq, in_use())
            _check_sent(case, adversary)
            await anyio.to_thread.run_sync(adversary.relent)
            after = await _outcome(leadiq.with_options(timeout_s=PATIENT_S), "read", data=False)
            _check_nothing_is_held(leadiq, in_use())
    return came, after


async def _prepare(leadiq: LeadIQ, adversary: Adversary) -> None:
    patient = leadiq.with_options(timeout_s=PATIENT_S)
    assert await _outcome(patient, "read", data=False) == "ok"
    adversary.go_on.set()
    await anyio.to_thread.run_sync(adversary.settled.wait)
    await anyio.wait_all_tasks_blocked()  # what the server did has been noticed


async def _call(leadiq: LeadIQ, case: Case) -> str:
    began = anyio.current_time()
    came = await _outcome(leadiq, case.call, data=case.data)
    took = anyio.current_time() - began
    assert took < case.attempts * case.timeout_s + GRACE_S
    return came


def _check_nothing_is_held(leadiq: LeadIQ, in_use: int) -> None:
    assert in_use == 0
    assert leadiq._shared.pacer.statistics().in_flight == 0


def _check_sent(case: Case, adversary: Adversary) -> None:
    if case.sent is not None:
        assert len(adversary.requests) - case.before == case.sent


async def _outcome(leadiq: LeadIQ, call: str, *, data: bool) -> str:
    try:
        return _said(await _operation(leadiq, call))
    except LeadIQError as error:
        partial = "" if (error.data is not None) == data else " with the wrong data"
        return type(error).__name__ + ("" if error.sent else " (not sent)") + partial


async def _operation(leadiq: LeadIQ, call: str) -> Any:
    if call == "write":
        return await leadiq.create_list(CreateListInput(name="Leads"))
    if call == "union":
        return await leadiq.workato_token("example.com")
    return await leadiq.search_people(SearchPeopleInput(email="ada@example.com"))


def _said(result: Any) -> str:
    """Whether it is the right answer, and not another request's."""
    people = getattr(result, "results", None)
    if people is None:
        return f"ok: {type(result).__name__}"
    return "ok" if [p.id for p in people] == [PERSON["id"]] else "WRONG ANSWER"

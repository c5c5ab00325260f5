"""Results as JSON, one by one."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from leadiq import Outcome, Status
from leadiq.fastapi import Event, Problem, outcome_json
from leadiq.fastapi._rendering import as_event, as_line, problem_event, problem_line
from leadiq.testing import LocalSandbox

PROBLEM = Problem(503, "busy", "The service is at its rate limit", None, 5)


@pytest.mark.anyio
async def test_an_outcome_is_what_leadiq_wrote_and_its_receipt(sandbox: LocalSandbox) -> None:
    """What was not unlocked is not there; the row is not repeated."""
    somebody = next(one for one in sandbox.people() if one.work_email)
    rows = [{"email": somebody.work_email, "secret": "of the row's owner"}]
    async with sandbox.client() as leadiq, leadiq.enrich(rows) as results:
        (outcome,) = [one async for one in results]
    told = outcome_json(outcome)
    assert (told["line"], told["status"], told["person"]["id"]) == (1, "found", somebody.id)
    assert "emails" not in told["person"]["currentPositions"][0]
    assert told["receipt"]["price_charged"] == "0.1"
    assert told["receipt"].keys() == {
        "source",
        "price_reserved",
        "price_charged",
        "attempts",
        "waited_s",
        "request_id",
        "unlocked",
        "data_updated_at",
        "error",
    }
    assert json.loads(as_line(outcome)) == told
    assert "of the row's owner" not in str(told)


def test_nobody_is_null() -> None:
    """A row without a person says so."""
    told = outcome_json(Outcome(line=7, row="x", status=Status.INVALID, reason="who?"))
    assert (told["line"], told["person"], told["reason"]) == (7, None, "who?")


def test_anything_else_is_json_as_pydantic_makes_it() -> None:
    """Amounts are text, so that they stay exact."""
    assert as_line({"spent": Decimal("0.1")}) == b'{"spent":"0.1"}\n'


def test_an_event_has_a_name_and_an_id_on_one_line_each() -> None:
    """Whatever they hold, they begin no line of their own; neither does the data."""
    event = Event({"text": "one\ntwo"}, name="progress\ndata: no", id="7")
    assert as_event(event) == (b'event: progress data: no\nid: 7\ndata: {"text":"one\\ntwo"}\n\n')
    assert as_event([1]) == b"data: [1]\n\n"


def test_a_problem_is_an_item_of_its_own() -> None:
    """Whoever reads a stream can tell it from results."""
    assert json.loads(problem_line(PROBLEM)) == {"problem": PROBLEM.as_json()}
    assert problem_event(PROBLEM).startswith(b'event: problem\ndata: {"type":"urn:')

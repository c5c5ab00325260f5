"""The rules of the summary: rows are counted once, and the exit code tells the truth."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from leadiq import (
    AuthenticationError,
    BudgetError,
    ConfigurationError,
    ConnectError,
    InsufficientCreditsError,
    LeadIQError,
    SchemaDriftError,
    Unlock,
)
from leadiq._core.pricing import DataPoint
from leadiq._engine.rows import Outcome, Status
from leadiq._jobs.journal import State, Totals
from leadiq._jobs.reconciliation import Line, Reconciliation
from leadiq._jobs.tally import Tally
from leadiq.cli._summary import Summary

D = Decimal
NO_CREDITS = "InsufficientCreditsError"


def ended(line: int, status: Status, reason: str = "", **more: Any) -> Outcome[None]:
    return Outcome(line=line, row=None, status=status, reason=reason, **more)


def summary(*outcomes: Outcome[None], **more: Any) -> Summary:
    """Return the summary of a job with these outcomes."""
    tally = Tally({Unlock.WORK_EMAIL})
    for outcome in outcomes:
        tally.count(outcome)
    totals = Totals({}, D("0.1") if outcomes[0].person else D(0), D(0))
    settings = {"sent": 2, "reused": 0, "charged": 5, "seconds": 1.5, "totals": totals} | more
    return Summary(source="in.csv", target="out.csv", tally=tally, **settings)


def test_rows_are_counted(make: Any) -> None:
    """Each row counts under its status; a shared one saves a lookup and costs nothing."""
    found = ended(2, Status.FOUND, person=make.person(), matches=1)
    again = ended(3, Status.FOUND, person=make.person(), matches=1, shared=True)
    invalid = ended(4, Status.INVALID, "no identifier")
    done = summary(found, again, invalid)
    assert json.loads(done.as_json()) == {
        "source": "in.csv",
        "target": "out.csv",
        "unlock": ["work-email"],
        "rows": 3,
        "found": 2,
        "not_found": 0,
        "invalid": 1,
        "forgotten": 0,
        "failed": 0,
        "not_sent": 0,
        "shared": 1,
        "requests": 2,
        "from_journal": 0,
        "credits_charged": 5,
        "credits_estimated": "0.1",
        "credits_of_job": "0.1",
        "credits_uncertain": "0",
        "budget": None,
        "seconds": 1.5,
        "stopped_by": None,
        "reconciliation": None,
        "exit_code": 0,
    }
    assert done.as_text() == (
        "in.csv -> out.csv: 3 rows\n"
        "  found            2\n"
        "  not found        0\n"
        "  invalid          1\n"
        "  failed           0\n"
        "  not sent         0\n"
        "  2 lookups sent, 1 saved by sharing; "
        "credits charged: 5 (about 0.1 by what came back; LeadIQ counts whole credits, "
        "and what was unlocked before is free); 1.5 s"
    )


def test_what_nobody_knows_is_not_claimed() -> None:
    """Without the account's word the charge is not known."""
    text = summary(ended(2, Status.INVALID), sent=1, charged=None).as_text()
    assert "1 row\n" in text
    assert "1 lookup sent" in text
    assert "credits charged: not known (about 0 by what came back)" in text


def test_what_was_forgotten_is_told() -> None:
    """Such rows are a line of their own where there are any, and what they may have cost counts."""
    totals = Totals({State.FORGOTTEN: 1}, D(0), D(1))
    done = summary(ended(2, Status.FORGOTTEN, "removed"), totals=totals)
    assert "\n  forgotten        1\n" in done.as_text()
    assert "lookups that were forgotten were sent without an answer: up to 1 more" in done.as_text()
    assert done.exit_code == 0


def test_sandbox_credits_are_nobodys_money() -> None:
    """On the embedded server the charge is called what it is; equal numbers need no reason."""
    text = summary(ended(2, Status.NOT_FOUND), charged=0, sandbox=True).as_text()
    assert "; sandbox credits charged: 0 (about 0 by what came back); 1.5 s" in text


def test_a_job_of_several_runs_says_what_it_cost_in_all() -> None:
    """What the journal answered, what earlier runs spent, the budget, and what nobody knows."""
    totals = Totals({State.SETTLED: 7, State.UNKNOWN: 2}, D(7), D(2))
    done = summary(
        ended(2, Status.FAILED), reused=3, earlier=D(3), totals=totals, limit=D(20), charged=4
    )
    assert done.as_text().splitlines()[-3:] == [
        "  2 lookups sent, 0 saved by sharing, 3 answered by the journal; credits charged: 4 "
        "(about 4 by what came back; 7 for the whole job; the budget is 20); 1.5 s",
        "  2 lookups sent without an answer: up to 2 more credits",
        "  the same command with --resume goes on from here",
    ]
    numbers = json.loads(done.as_json())
    assert (numbers["credits_estimated"], numbers["credits_of_job"]) == ("4", "7")
    assert (numbers["credits_uncertain"], numbers["budget"]) == ("2", "20")


@pytest.mark.parametrize(
    ("error", "interrupted", "status", "code", "why", "words"),
    [
        (None, False, Status.NOT_FOUND, 0, None, ""),
        (None, False, Status.INVALID, 0, None, ""),
        (None, False, Status.FAILED, 1, None, ""),
        (None, True, Status.FAILED, 130, "interruption", "interrupted"),
        (InsufficientCreditsError(""), False, Status.FAILED, 3, NO_CREDITS, "credits ran out"),
        (InsufficientCreditsError(""), True, Status.FAILED, 3, NO_CREDITS, "credits ran out"),
        (BudgetError(""), False, Status.FAILED, 3, "BudgetError", "the budget is used up"),
        (
            *(AuthenticationError(""), False, Status.FAILED, 4),
            *("AuthenticationError", "the key was refused"),
        ),
        (
            *(ConfigurationError(""), False, Status.FAILED, 2),
            *("ConfigurationError", "the client cannot work as it is set up"),
        ),
        (
            *(SchemaDriftError(""), False, Status.FAILED, 1),
            *("SchemaDriftError", "LeadIQ's schema has changed: update the SDK"),
        ),
        (
            *(ConnectError(""), False, Status.FAILED, 1),
            *("ConnectError", "LeadIQ cannot be reached"),
        ),
    ],
)
def test_the_exit_code_says_how_it_ended(
    error: LeadIQError | None,
    interrupted: bool,
    status: Status,
    code: int,
    why: str | None,
    words: str,
) -> None:
    """What stopped the job decides, then whether a row failed; invalid rows are settled."""
    done = summary(ended(2, status), stopped_by=error, interrupted=interrupted)
    assert done.exit_code == code
    assert json.loads(done.as_json())["stopped_by"] == why
    assert (f"stopped: {words}; what was paid for is kept" in done.as_text()) is (why is not None)


def test_the_books_are_shown() -> None:
    """Below the numbers, and as they are in the JSON."""
    lines = (Line(DataPoint.PROFILE, 1, 1, D("0.1"), D("0.1"), 0, D(0)),)
    books = Reconciliation(lines, D("0.1"), D(0), D(0), 0, 4, 4, 0, (), None, None)
    done = summary(ended(2, Status.FOUND), reconciliation=books)
    assert done.as_text().splitlines()[-3:] == list(books.lines_of_text())[-3:]
    assert json.loads(done.as_json())["reconciliation"] == books.to_dict()

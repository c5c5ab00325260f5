"""The rules of the summary: rows are counted once, and the exit code tells the truth."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from leadiq import (
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    InsufficientCreditsError,
    LeadIQError,
    SchemaDriftError,
    Unlock,
)
from leadiq._engine.enrich import Outcome, Status
from leadiq.cli._summary import Summary, Tally

NO_CREDITS = "InsufficientCreditsError"


def summary(*outcomes: Outcome, **more: Any) -> Summary:
    """Return the summary of a job with these outcomes."""
    tally = Tally({Unlock.WORK_EMAIL})
    for outcome in outcomes:
        tally.count(outcome)
    settings = {"requests": 2, "charged": 5, "seconds": 1.5} | more
    return Summary(source="in.csv", target="out.csv", tally=tally, **settings)


def test_rows_are_counted(make: Any) -> None:
    """Each row counts under its status; a shared one saves a lookup and costs nothing."""
    found = Outcome(2, Status.FOUND, person=make.person(), matches=1)
    again = Outcome(3, Status.FOUND, person=make.person(), matches=1, shared=True)
    invalid = Outcome(4, Status.INVALID, "no identifier")
    done = summary(found, again, invalid)
    assert json.loads(done.as_json()) == {
        "source": "in.csv",
        "target": "out.csv",
        "unlock": ["work-email"],
        "rows": 3,
        "found": 2,
        "not_found": 0,
        "invalid": 1,
        "failed": 0,
        "not_sent": 0,
        "shared": 1,
        "requests": 2,
        "credits_charged": 5,
        "credits_estimated": "0.1",
        "seconds": 1.5,
        "stopped_by": None,
        "exit_code": 0,
    }
    assert done.tally.estimated == Decimal("0.1")
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
    text = summary(Outcome(2, Status.INVALID), requests=1, charged=None).as_text()
    assert "1 row\n" in text
    assert "1 lookup sent" in text
    assert "credits charged: not known (about 0 by what came back)" in text


def test_sandbox_credits_are_nobodys_money() -> None:
    """On the embedded server the charge is called what it is; equal numbers need no reason."""
    text = summary(Outcome(2, Status.NOT_FOUND), charged=0, sandbox=True).as_text()
    assert "; sandbox credits charged: 0 (about 0 by what came back); 1.5 s" in text


@pytest.mark.parametrize(
    ("error", "interrupted", "status", "code", "why", "words"),
    [
        (None, False, Status.NOT_FOUND, 0, None, ""),
        (None, False, Status.INVALID, 0, None, ""),
        (None, False, Status.FAILED, 1, None, ""),
        (None, True, Status.FAILED, 130, "interruption", "interrupted"),
        (InsufficientCreditsError(""), False, Status.FAILED, 3, NO_CREDITS, "credits ran out"),
        (InsufficientCreditsError(""), True, Status.FAILED, 3, NO_CREDITS, "credits ran out"),
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
    done = summary(Outcome(2, status), stopped_by=error, interrupted=interrupted)
    assert done.exit_code == code
    assert json.loads(done.as_json())["stopped_by"] == why
    assert (f"stopped: {words}; what was paid for is kept" in done.as_text()) is (why is not None)

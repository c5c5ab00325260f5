"""The rules of stopping: what one row's failure says about all the others."""

from __future__ import annotations

import pytest

from leadiq import (
    AuthenticationError,
    ConfigurationError,
    ConnectError,
    GraphQLError,
    InputError,
    InsufficientCreditsError,
    LeadIQError,
    RateLimitError,
    SchemaDriftError,
    ServerError,
    TransportError,
)
from leadiq._core.errors import BudgetError, BudgetStoreError, JournalError, LedgerError
from leadiq._engine.stopping import Brake, why_stopped


def stops_after(*errors: LeadIQError | None, answered: bool = False) -> int | None:
    """Return at which of these errors, from 1, a job stops; None when it goes on."""
    brake = Brake()
    for number, error in enumerate(errors, 1):
        if brake.stops(error, answered=answered):
            return number
    return None


@pytest.mark.parametrize(
    ("error", "number"),
    [
        (AuthenticationError("x"), 1),
        (InsufficientCreditsError("x"), 1),
        (BudgetError("x"), 1),
        (BudgetStoreError("x"), 1),
        (JournalError("x"), 1),
        (LedgerError("x"), 1),
        (ConfigurationError("x"), 1),
        (SchemaDriftError("x"), 3),
        (ConnectError("x"), 10),
        (TransportError("x"), 10),
        (ServerError("x"), 10),
        (RateLimitError("x"), None),
        (InputError("x"), None),
        (GraphQLError("x"), None),
        (None, None),
    ],
)
def test_each_kind_has_its_patience(error: LeadIQError | None, number: int | None) -> None:
    """No key and no credits stop at once, drift after 3, a dead server after 10 in a row."""
    assert stops_after(*[error] * 50) == number


def test_a_dead_server_fails_in_many_ways() -> None:
    """Refused, cut and 503 are one streak."""
    assert stops_after(*[ConnectError("x"), ServerError("x"), TransportError("x")] * 4) == 10


@pytest.mark.parametrize("between", [None, GraphQLError("x"), ConnectError("x")])
def test_only_what_is_in_a_row_counts(between: LeadIQError | None) -> None:
    """Any other answer begins the count anew."""
    drift = SchemaDriftError("x")
    assert stops_after(drift, drift, between, drift, drift) is None
    assert stops_after(drift, drift, between, drift, drift, drift) == 6


def test_an_answer_beside_an_error_can_be_read() -> None:
    """With an answer, drift is no reason to stop; spent credits still are."""
    assert stops_after(*[SchemaDriftError("x")] * 50, answered=True) is None
    assert stops_after(InsufficientCreditsError("x"), answered=True) == 1
    assert stops_after(*[None] * 50, answered=True) is None


def test_the_reason_is_in_words() -> None:
    """People read what happened and what to do, not the name of a class."""
    assert why_stopped(InsufficientCreditsError("x")) == "credits ran out"
    assert why_stopped(AuthenticationError("x")) == "the key was refused"
    assert why_stopped(BudgetError("x")) == "the budget is used up"
    away = BudgetStoreError("x")
    assert why_stopped(away) == "the store of a shared budget cannot be reached"
    assert why_stopped(LedgerError("x")) == "the ledger cannot be reached"
    assert why_stopped(JournalError("x")) == "the journal of the job cannot be written"
    assert why_stopped(ConfigurationError("x")) == "the client cannot work as it is set up"
    assert why_stopped(ConnectError("x")) == "LeadIQ cannot be reached"
    assert why_stopped(SchemaDriftError("x")) == "LeadIQ's schema has changed: update the SDK"
    assert why_stopped(GraphQLError("x")) == "an error"

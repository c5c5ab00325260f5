"""What a reply to one lookup says."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from leadiq import GraphQLError, InputError, InsufficientCreditsError, LeadIQError, Prices, Unlock
from leadiq._core.pricing import DataPoint
from leadiq._jobs.replies import Found, bill, newest_update, read, read_kept
from script import failed

from .conftest import email, person, position, reply

D = Decimal
EMAIL = frozenset({Unlock.WORK_EMAIL})
WITH_EMAIL = person(currentPositions=[position(emails=[email()])])


def said(body: Any) -> bytes:
    return json.dumps(body).encode()


def test_an_answer_is_found() -> None:
    """Whole, and so without an error."""
    found = read(200, said(reply(person())))
    assert isinstance(found, Found)
    assert found.error is None
    assert found.answer.results[0].id == "p1"


def test_an_error_names_nobody() -> None:
    """What was asked is taken out of LeadIQ's words."""
    body = {"data": None, "errors": [{"message": "no Ada Example", "path": ["searchPeople"]}]}
    error = read(200, said(body), {"name": "Ada Example"})
    assert isinstance(error, GraphQLError)
    assert "Ada" not in str(error)


def test_an_answer_beside_an_error_stops_a_job_once() -> None:
    """Live it is the error that it was; kept, it is an answer that may be incomplete."""
    body = said({**reply(person()), "errors": failed(402)["errors"]})
    live, kept = read(200, body), read_kept(200, body)
    assert isinstance(live, Found)
    assert isinstance(kept, Found)
    assert type(live.error) is InsufficientCreditsError
    assert type(kept.error) is GraphQLError
    assert live.error.data is live.answer
    assert str(live.error) == str(kept.error)
    whole = read_kept(200, said(reply()))
    assert isinstance(whole, Found)
    assert whole.error is None


@pytest.mark.parametrize(("status", "body"), [(None, None), (400, said(failed(400)))])
def test_what_is_kept_of_a_refusal_is_an_error(status: int | None, body: bytes | None) -> None:
    """Also where there is nothing at all."""
    error = read_kept(status, body)
    assert isinstance(error, LeadIQError)
    assert isinstance(error, InputError) == (status == 400)


def answer(*people: dict[str, Any]) -> Any:
    found = read(200, said(reply(*people)))
    assert isinstance(found, Found)
    return found.answer


def test_each_person_of_an_answer_is_billed() -> None:
    """The sum of what came back, by data point."""
    cost = bill(answer(WITH_EMAIL, person("p2")), EMAIL, Prices())
    assert cost.charged == D("1.1")
    assert cost.unlocked == {DataPoint.PROFILE, DataPoint.EMAIL}
    assert cost.as_json() == {
        "unlocked": ["email", "profile"],
        "amounts": {"email": "1", "profile": "0.1"},
        "repeated": [],
    }


def test_what_was_unlocked_before_is_free() -> None:
    """It stays in the amounts, and is named; what did not come back is not."""
    free = frozenset({DataPoint.EMAIL, DataPoint.PHONE})
    cost = bill(answer(WITH_EMAIL), EMAIL, Prices(), free)
    assert (cost.charged, cost.repeated) == (0, {DataPoint.EMAIL})
    assert cost.amounts == {DataPoint.EMAIL: D(1)}


def test_nobody_costs_nothing() -> None:
    """What is not found is not charged."""
    assert bill(answer(), EMAIL, Prices()).charged == 0


def test_the_newest_data_says_of_when_an_answer_is() -> None:
    """Times of different zones are compared as times; what is none does not count."""
    times = ["2026-01-01T23:00:00-05:00", "2026-01-02T00:00:00Z", "2027-01-01", "soon", 5, None]
    body = said({"data": [{"updatedAt": time} for time in times]})
    assert newest_update(body) == datetime.fromisoformat(times[0])  # type: ignore[arg-type]
    assert newest_update(b"") is None
    assert newest_update(said({"note": '"updatedAt":"2026-01-02T00:00:00Z"'})) is None

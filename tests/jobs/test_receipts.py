"""Every lookup of a job is accounted for, without saying who was asked for."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from leadiq._jobs.journal import Journal
from leadiq._jobs.receipts import receipt, receipts
from leadiq._jobs.recovery import recover

from .conftest import email, person, position, reply

pytestmark = pytest.mark.anyio

D = Decimal
FOUND = reply(person(currentPositions=[position(emails=[email("p1@example.com")])]))


async def answer(journal: Journal, question: bytes, body: Any) -> None:
    await journal.claim(question, D("2E+1"))
    await journal.sent(question, f"id-{question.decode()}")
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    await journal.answered(question, 200, raw)


async def test_a_lookup_is_accounted_for(journal: Journal) -> None:
    """What was reserved and charged, how often and how long, and of when the data is."""
    await answer(journal, b"a", FOUND)
    await journal.settle(b"a", D(1), {"attempts": 2, "waited_s": 0.5, "unlocked": ["email"]})
    (line,) = receipts(journal.path)
    assert line.pop("sent_at").endswith("+00:00")
    assert line == {
        "lookup": 1,
        "state": "settled",
        "source": "api",
        "price_reserved": "20",
        "price_charged": "1",
        "attempts": 2,
        "waited_s": 0.5,
        "request_id": "id-a",
        "status": 200,
        "unlocked": ["email"],
        "repeated": [],
        "data_updated_at": "2026-01-02T03:04:05+00:00",
    }
    (line,) = receipts(journal.path, with_data=True)
    assert line["reply"] == FOUND


async def test_what_is_not_known_is_none(journal: Journal) -> None:
    """A claim was not sent; a reply that a later run read has no attempts; damage is text."""
    await journal.claim(b"claimed", D(1))
    await answer(journal, b"recovered", FOUND)
    await recover(journal)
    await answer(journal, b"unread", b"<html>p1@example.com")
    await journal.claim(b"gone", D(1))
    journal.forget([b"gone"])
    claimed, recovered, unread, gone = receipts(journal.path, with_data=True)
    names = ("state", "source", "price_charged", "attempts", "request_id", "status", "sent_at")
    assert [claimed[name] for name in names] == ["claimed", *[None] * 6]
    assert (recovered["source"], recovered["attempts"], recovered["price_charged"]) == (
        "journal",
        None,
        "1",
    )
    assert (unread["source"], unread["reply"]) == (None, "<html>p1@example.com")
    assert (gone["state"], gone["price_charged"], gone["reply"]) == ("forgotten", "0", None)


async def test_no_personal_data_unless_asked_for(journal: Journal) -> None:
    """No receipt names who was found."""
    await answer(journal, b"a", FOUND)
    text = json.dumps(list(receipts(journal.path)))
    assert not any(word in text for word in ("p1", "example.com"))
    assert "p1@example.com" in json.dumps(list(receipts(journal.path, with_data=True)))


async def test_the_newest_data_says_of_when_it_is(journal: Journal) -> None:
    """Times of different zones are compared as times; what is none does not count."""
    times = ["2026-01-01T23:00:00-05:00", "2026-01-02T00:00:00Z", "2027-01-01", "soon", 5, None]
    await answer(journal, b"a", {"data": [{"updatedAt": time} for time in times]})
    assert (entry := journal.find(b"a"))
    assert receipt(1, None, entry)["data_updated_at"] == times[0]

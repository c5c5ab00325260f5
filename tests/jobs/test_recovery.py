"""What a killed run left behind is settled before a job goes on."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from leadiq import JournalError
from leadiq._jobs import steps
from leadiq._jobs.journal import Journal, State
from leadiq._jobs.recovery import recover
from script import failed

from .conftest import email, person, position, reply


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "body", "state", "charged"),
    [
        (200, reply(person(currentPositions=[position(emails=[email()])])), State.SETTLED, "1"),
        (200, reply(), State.SETTLED, "0"),
        (200, {**reply(person()), "errors": [{"message": "x"}]}, State.SETTLED, "0.1"),
        (200, failed(429), State.CLAIMED, None),
        (402, {}, State.CLAIMED, None),
        (200, failed(500), State.UNKNOWN, None),
        (503, {}, State.UNKNOWN, None),
    ],
    ids=["found", "missing", "partial", "429", "402", "500", "503"],
)
async def test_a_reply_that_nobody_had_read_is_read(
    journal: Journal, status: int, body: dict[str, Any], state: State, charged: str | None
) -> None:
    """Answers are settled at their price, refusals are as before sending, the rest is unknown."""
    await journal.claim(b"q", Decimal(5))
    await journal.sent(b"q", "id")
    await journal.answered(b"q", status, json.dumps(body).encode())
    await recover(journal)
    entry = journal.find(b"q")
    assert entry
    assert entry.state is state
    assert entry.charged == (None if charged is None else Decimal(charged))


@pytest.mark.anyio
async def test_a_refusal_does_not_undo_an_earlier_sending(journal: Journal) -> None:
    """What may have been charged before stays of unknown outcome, whatever refused it later."""
    await journal.claim(b"q", Decimal(5))
    await journal.sent_together([b"q"], "id", 0, steps.doubted(b"q", frozenset()))
    await journal.answered(b"q", 200, json.dumps(failed(401)).encode())
    await recover(journal)
    entry = journal.find(b"q")
    assert entry
    assert entry.state is State.UNKNOWN
    assert journal.spent() == 5


@pytest.mark.anyio
async def test_a_full_disk_is_told(journal: Journal) -> None:
    """What cannot be settled stops the job before anything is sent, and says why."""
    await journal.claim(b"q", Decimal(5))
    await journal.answered(b"q", 200, json.dumps(reply(person())).encode())
    journal.close()
    with pytest.raises(JournalError, match="the journal cannot be written"):
        await recover(journal)

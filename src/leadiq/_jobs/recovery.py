"""What a run that was killed left behind: replies that nobody had read yet are read now.

Before a job goes on, so that its budget knows everything that was spent.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from .._core.errors import LeadIQError
from .._core.pricing import DataPoint, Prices
from .._engine.outcomes import was_refused
from . import steps
from .journal import State
from .lookups import unwritable
from .replies import bill, read_kept

if TYPE_CHECKING:
    from .commits import Statement
    from .journal import Entry, Journal


async def recover(
    journal: Journal,
    prices: Prices = Prices(),  # noqa: B008 - an immutable tuple
) -> None:
    """Settle what was answered; afterwards a lookup is claimed, settled or unknown.

    Raises:
        JournalError: the journal cannot be written.
    """
    try:
        for question, entry in list(journal.entries(State.ANSWERED)):
            await journal.write(_recovered(question, entry, prices))
    except sqlite3.Error as error:
        raise unwritable(error) from None


def _recovered(question: bytes, entry: Entry, prices: Prices) -> Statement:
    found = read_kept(entry.status, entry.reply)
    if isinstance(found, LeadIQError):
        untouched = was_refused(found) and not entry.receipt.get("unsure")
        return (steps.not_taken if untouched else steps.lost)(question)
    free = frozenset(map(DataPoint, entry.receipt.get("free", ())))
    cost = bill(found.answer, entry.unlock, prices, free)
    return steps.settled(question, cost.charged, cost.as_json())

"""What a run that was killed left behind: replies that nobody had read yet are read now.

Before a job goes on, so that its budget knows everything that was spent.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from .._core.errors import LeadIQError
from .._core.pricing import Prices, Unlock
from .._engine.outcomes import was_refused
from .journal import State
from .lookups import bill, read, unwritable

if TYPE_CHECKING:
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
            await _recover(journal, question, entry, prices)
    except sqlite3.Error as error:
        raise unwritable(error) from None


async def _recover(journal: Journal, question: bytes, entry: Entry, prices: Prices) -> None:
    found = read(entry)
    if isinstance(found, LeadIQError):
        await (journal.not_taken if was_refused(found) else journal.lost)(question)
    else:
        unlock = frozenset(map(Unlock, journal.head.unlock))
        charged, points = bill(found.answer, unlock, prices)
        await journal.settle(question, charged, {"unlocked": sorted(points)})

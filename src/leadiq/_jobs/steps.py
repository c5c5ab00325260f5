"""What is written about a lookup: one statement for each step that it takes. Pure.

Any number of them go to disk in one commit; see `Journal.write`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from .entries import State, words_of

if TYPE_CHECKING:
    from decimal import Decimal

    from .._core.pricing import DataPoint, Unlock
    from .commits import Statement
    from .entries import Entry

_CLAIM: Final = """
insert into lookup (question, state, reserved, unlock, receipt) values (?, ?, ?, ?, ?)
on conflict do update set reserved = excluded.reserved, receipt = excluded.receipt
"""

_SENT: Final = """
update lookup set
    state = ?, request_id = ?, sent_at = ?, place = ?, status = null, reply = null, batch = null
where question = ?
"""

_ADOPTED: Final = """
insert into lookup (question, state, reserved, unlock, status, reply, charged, receipt)
values (?, ?, '0', ?, ?, ?, '0', ?)
on conflict do update set
    state = excluded.state, reserved = '0', status = excluded.status, reply = excluded.reply,
    charged = '0', receipt = excluded.receipt
"""

_RESTORED: Final = """
insert into lookup (
    question, state, reserved, request_id, sent_at, status, reply, charged, receipt, unlock
) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
"""


def claimed(
    question: bytes,
    reserved: Decimal,
    unlock: frozenset[Unlock],
    free: frozenset[DataPoint] = frozenset(),
) -> Statement:
    """It is about to be made, for at most so many credits; `free` is what is not charged again.

    What was of unknown outcome before stays so until there is an answer.
    """
    known = json.dumps({"free": sorted(free)}) if free else None
    return _CLAIM, (question, State.CLAIMED, str(reserved), words_of(unlock), known)


def doubted(question: bytes, free: frozenset[DataPoint]) -> Statement:
    """It may have been charged already: a refusal of what is sent now does not undo that."""
    known = json.dumps({"free": sorted(free), "unsure": True})
    return "update lookup set receipt = ? where question = ?", (known, question)


def sent(question: bytes, request_id: str, now: float, place: int = 0) -> Statement:
    """A request for it is about to leave, in which it has this place; `now` is Unix time."""
    return _SENT, (State.SENT, request_id, now, place, question)


def answered(question: bytes, status: int, reply: bytes) -> Statement:
    """There is a reply, of which nothing is read."""
    text = "update lookup set state = ?, status = ?, reply = ?, batch = null where question = ?"
    return text, (State.ANSWERED, status, reply, question)


def arrived(batch: int, status: int, reply: bytes) -> Statement:
    """There is a reply to many lookups, of which nothing is read."""
    return "insert into batch (id, status, reply) values (?, ?, ?)", (batch, status, reply)


def answered_in(batch: int, question: bytes) -> Statement:
    """The reply to it is among those of a batch."""
    text = "update lookup set state = ?, batch = ? where question = ?"
    return text, (State.ANSWERED, batch, question)


def divided(batch: int) -> Statement:
    """Every lookup of a batch has its own reply now."""
    return "delete from batch where id = ?", (batch,)


def replied(question: bytes, status: int, reply: bytes) -> Statement:
    """This is its share of the reply to a batch."""
    text = "update lookup set status = ?, reply = ?, batch = null where question = ?"
    return text, (status, reply, question)


def not_taken(question: bytes) -> Statement:
    """LeadIQ is known not to have taken it: it is as before sending."""
    return _to_state(question, State.CLAIMED)


def lost(question: bytes) -> Statement:
    """No answer came, and nobody knows whether LeadIQ took it."""
    return _to_state(question, State.UNKNOWN)


def settled(question: bytes, charged: Decimal, receipt: dict[str, Any]) -> Statement:
    """The answer was read; this is what it cost, and how it came about."""
    text = "update lookup set state = ?, charged = ?, receipt = ? where question = ?"
    return text, (State.SETTLED, str(charged), json.dumps(receipt), question)


def adopted(
    question: bytes, unlock: frozenset[Unlock], status: int, reply: bytes, receipt: dict[str, Any]
) -> Statement:
    """Another job had the answer; it costs nothing."""
    words = words_of(unlock)
    return _ADOPTED, (question, State.SETTLED, words, status, reply, json.dumps(receipt))


def restored(question: bytes, entry: Entry, sent_at: float | None) -> Statement:
    """An earlier run of this job, perhaps on another machine, has left this in a ledger.

    It does nothing where that is known already: a ledger may tell of a lookup twice.
    """
    charged = None if entry.charged is None else str(entry.charged)
    head = (question, entry.state, str(entry.reserved), entry.request_id, sent_at)
    told = (entry.status, entry.reply, charged, json.dumps(entry.receipt), words_of(entry.unlock))
    return _RESTORED, (*head, *told)


def _to_state(question: bytes, state: State) -> Statement:
    return "update lookup set state = ?, batch = null where question = ?", (state, question)

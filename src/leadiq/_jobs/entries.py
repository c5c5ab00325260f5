"""What a journal holds: the job, and each lookup. Values; the file is `tables`' matter."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from .._core.pricing import DataPoint, Unlock


class State(StrEnum):
    """How far a lookup has come; see `journal`."""

    CLAIMED = "claimed"
    SENT = "sent"
    ANSWERED = "answered"
    SETTLED = "settled"
    UNKNOWN = "unknown"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a job is: the same head, the same lookups."""

    operation: str
    unlock: tuple[str, ...]
    source: str
    """The input's name, for people."""
    digest: str
    """SHA-256 of the input's bytes."""
    target: str
    began: float
    """Unix time in seconds."""
    terms: str = ""
    """What else makes it another job: which column says what, and what is asked for later."""

    def same_job(self, other: Head) -> bool:
        """Tell whether a run with the other head would go on with this job."""
        return replace(self, source=other.source, began=other.began) == other


class Entry(NamedTuple):
    """What is known of one lookup."""

    state: State
    reserved: Decimal
    request_id: str
    status: int | None
    """HTTP status of the reply."""
    reply: bytes | None
    charged: Decimal | None
    receipt: dict[str, Any]
    unlock: frozenset[Unlock] = frozenset()
    """What it asks for beyond the profile."""


class Earlier(NamedTuple):
    """An answer of another job."""

    status: int
    """HTTP status of the reply."""
    reply: bytes
    unlocked: frozenset[DataPoint]
    """What came back."""


class Totals(NamedTuple):
    """A job in numbers; credits are `Decimal`."""

    states: dict[State, int]
    charged: Decimal
    """For what is settled, or was when it was forgotten."""
    uncertain: Decimal
    """What the lookups of unknown outcome, or of one that is forgotten, can have cost at most."""


def words_of(unlock: frozenset[Unlock]) -> str:
    """Write a selection as one word; the profile comes with everything."""
    return ",".join(sorted(unlock - {Unlock.PROFILE}))


def entry_of(row: Any) -> Entry:
    """Read a row: state, reserved, request id, status, reply, charged, receipt, unlock.

    Raises:
        ValueError, ArithmeticError: it is damaged.
    """
    state, reserved, request_id, status, reply, charged, receipt, unlock = row
    return Entry(
        State(state),
        Decimal(reserved),
        request_id,
        status,
        reply,
        None if charged is None else Decimal(charged),
        json.loads(receipt) if receipt else {},
        frozenset(Unlock(word) for word in str(unlock).split(",") if word),
    )

"""What each lookup of a job did and cost, without what it found. Pure, but for `receipts`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from .._engine.answers import Source
from .entries import State
from .readings import lookups_of
from .replies import newest_update

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .entries import Entry


def receipts(path: Path, *, with_data: bool = False) -> Iterator[dict[str, Any]]:
    """Give the receipt of every lookup of a job, which another process may be at.

    Args:
        path: the journal.
        with_data: whether to add the reply, which is personal data.

    Raises:
        ConfigurationError: it is no journal, or one of a later version.
    """
    for number, (_, sent_at, entry) in enumerate(lookups_of(path), 1):
        line = receipt(number, sent_at, entry)
        yield {**line, "reply": _reply(entry)} if with_data else line


def receipt(number: int, sent_at: float | None, entry: Entry) -> dict[str, Any]:
    """Give one lookup's receipt, free of personal data.

    Its key is not in it, as that is a hash of who was asked for; `lookup` numbers them in the order
    in which they were claimed. `source` is `api`, or `journal` if the reply was read only after the
    process that had received it was killed, or `ledger` if another job had it; None without an
    answer. `price_charged` is None where nobody knows it. `repeated` names what was free because an
    earlier job had unlocked it. `data_updated_at` is when LeadIQ last updated the newest of its
    data.
    """
    taken = entry.receipt if entry.state is State.SETTLED else {}
    updated_at = newest_update(entry.reply or b"")
    return {
        "lookup": number,
        "state": entry.state.value,
        "source": _source(taken),
        "price_reserved": f"{entry.reserved:f}",
        "price_charged": None if entry.charged is None else f"{entry.charged:f}",
        "attempts": taken.get("attempts"),
        "waited_s": taken.get("waited_s"),
        "request_id": entry.request_id or None,
        "status": entry.status,
        "unlocked": taken.get("unlocked", []),
        "repeated": taken.get("repeated", []),
        "sent_at": sent_at and datetime.fromtimestamp(sent_at, UTC).isoformat(),
        "data_updated_at": updated_at and updated_at.isoformat(),
    }


def _source(taken: dict[str, Any]) -> str | None:
    if not taken:
        return None
    return str(taken.get("source", Source.API if "attempts" in taken else Source.JOURNAL))


def _reply(entry: Entry) -> Any:
    """The reply as JSON; as text if it is none."""
    if entry.reply is None:
        return None
    try:
        return from_json(entry.reply)
    except ValueError:
        return entry.reply.decode(errors="replace")

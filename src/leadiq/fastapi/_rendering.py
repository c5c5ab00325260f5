"""Results as JSON, one by one. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

from leadiq import Outcome
from leadiq._jobs.row_receipts import row_receipt

if TYPE_CHECKING:
    from leadiq.fastapi._problems import Problem


class Event(NamedTuple):
    """One server-sent event."""

    data: Any
    """Anything that can be JSON."""
    name: str = ""
    id: str = ""


def outcome_json(outcome: Outcome[Any]) -> dict[str, Any]:
    """Give an outcome as JSON has it: what became of the row, the person, and the receipt.

    The row itself is left out: `line` says which it was. The person is as LeadIQ wrote it, of what
    was unlocked; the receipt as in `leadiq jobs export`, amounts as text.
    """
    person = outcome.person
    receipt = row_receipt(outcome)
    return {
        "line": outcome.line,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "matches": outcome.matches,
        "shared": outcome.shared,
        "person": person and person.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "receipt": {name: receipt[name] for name in receipt.keys() - {"line", "status"}},
    }


def as_line(item: Any) -> bytes:
    """Give an item as a line of JSON."""
    return to_json(_plain(item)) + b"\n"


def as_event(item: Any) -> bytes:
    """Give an item as a server-sent event; JSON has no line breaks of its own."""
    event = item if isinstance(item, Event) else Event(item)
    data = b"data: " + to_json(_plain(event.data))
    words = {"event": event.name, "id": event.id}
    head = [f"{word}: {_one_line(text)}".encode() for word, text in words.items() if text]
    return b"\n".join([*head, data]) + b"\n\n"


def end_event(item: Any) -> bytes:
    """Give the event that says that there is nothing more."""
    return as_event(Event(item, "end"))


def problem_line(problem: Problem) -> bytes:
    """Give the last line of a stream that broke off."""
    return as_line({"problem": problem.as_json()})


def problem_event(problem: Problem) -> bytes:
    """Give the last event of a stream that broke off."""
    return as_event(Event(problem.as_json(), "problem"))


def _plain(item: Any) -> Any:
    if isinstance(item, Outcome):
        return outcome_json(item)  # pyright: ignore[reportUnknownArgumentType] - of whatever row
    return item


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())

"""What the single lookups print: lines of name and value, or JSON in LeadIQ's own words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .._ground.json import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel


def print_json(answer: BaseModel | None) -> None:
    """Print what was selected, by its GraphQL names; suppressed values are taken out."""
    print(json.dumps(json_of(answer), ensure_ascii=False, indent=2))


def json_of(answer: BaseModel | None) -> Any:
    """Return what was selected, by its GraphQL names; suppressed values are taken out."""
    data = answer and answer.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return _without_suppressed(data)


def print_lines(pairs: Iterable[tuple[str, object]]) -> None:
    """Print those pairs that have a value, safe for a terminal."""
    for name, value in pairs:
        if value not in (None, "", []):
            text = ", ".join(map(str, sequence(value)))
            print(f"{name.replace('_', ' '):24}{harmless(text)}")


def harmless(text: str) -> str:
    """Return a text on one line, with a mark for whatever a terminal would obey."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _without_suppressed(data: Any) -> Any:
    """Who opted out is no contact: the status stays, the value goes."""
    if isinstance(data, list):
        return [_without_suppressed(item) for item in sequence(data)]
    if not isinstance(data, dict):
        return data
    members = mapping(data)
    if str(members.get("status")).startswith("Suppressed"):
        members = {**members, "value": None}
    return {name: _without_suppressed(value) for name, value in members.items()}

"""What a team has told LeadIQ about contact data. Only how often is kept, never what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._ids import hex_id

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHO = ("personId", "linkedinUrl", "linkedinId", "name")


class Feedback:
    """The feedback of one team. Callers hold the team's lock."""

    def __init__(self, team: str) -> None:
        self._team = team
        self.count = 0

    def submit(self, query: Mapping[str, Any]) -> str:
        """Take feedback and return its id.

        Raises:
            InputRefused: it has no value or names nobody; nothing was taken.
        """
        if not query["value"].strip():
            raise InputRefused("Feedback needs a value.")
        if not any((query.get(name) or "").strip() for name in _WHO):
            raise InputRefused(f"Say whose value it is: give one of {', '.join(_WHO)}.")
        self.count += 1
        return hex_id("feedback", self._team, self.count)

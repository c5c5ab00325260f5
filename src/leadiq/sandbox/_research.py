"""People whom a team has had researched again: `regenerate` and `regeneratedTime`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._dates import stamp
from leadiq.sandbox._errors import InputRefused

if TYPE_CHECKING:
    from datetime import datetime

    from leadiq.sandbox._lookup import Lookup

Input = Mapping[str, Any]


class Research:
    """The research that one team has asked for. Callers hold the team's lock for a write."""

    def __init__(self, lookup: Lookup, seconds: float) -> None:
        self._lookup = lookup
        self._takes = timedelta(seconds=seconds)
        self._begun: dict[int, datetime] = {}
        self._ended: dict[int, datetime] = {}

    def start(self, query: Input, now: datetime) -> str:
        """Research a person again; returns a `RegenerateResponse`.

        Raises:
            InputRefused: neither `personId` nor `linkedinUrl` is given.
        """
        person = self._person(query)
        if person is None:
            return "NotFound"
        begun = self._begun.get(person)
        if begun is not None and now < begun + self._takes:
            return "InProgress"
        if begun is not None:
            self._ended[person] = begun + self._takes
        self._begun[person] = now
        return "Started"

    def time(self, query: Input, now: datetime) -> dict[str, str | None]:
        """Return a `RegeneratedTimeResult`: when the latest research of a person ended.

        Raises:
            InputRefused: neither `personId` nor `linkedinUrl` is given.
        """
        person = self._person(query)
        begun = None if person is None else self._begun.get(person)
        if person is None or begun is None:
            return {"time": None}
        over = now >= begun + self._takes
        ended = begun + self._takes if over else self._ended.get(person)
        return {"time": None if ended is None else stamp(ended)}

    def _person(self, query: Input) -> int | None:
        readers = {"personId": self._lookup.by_id, "linkedinUrl": self._lookup.by_linkedin}
        given = [name for name in readers if (query.get(name) or "").strip()]
        if not given:
            raise InputRefused("Give personId or linkedinUrl.")
        found = [one for name in given for one in readers[name](query[name])]
        return found[0] if found else None

"""The companies that a team tracks.

A company is tracked once: its domain again is that entry's failure [unknown]; so is a domain that
is none. The others of the same call are added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from leadiq.sandbox._ids import hex_id
from leadiq.sandbox._rows import Rows, limit_in
from leadiq.sandbox._text import host

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Record = dict[str, Any]

DEFAULT_FIRST = 100
MOST_FIRST = 1000


class Tracked(NamedTuple):
    """A tracked company, with what the team sent of it."""

    id: str
    name: str
    domain: str
    custom: object

    def record(self) -> Record:
        """Return a `TrackedCompany`."""
        return {
            "id": self.id,
            "name": self.name,
            "domain": self.domain,
            "customData": self.custom,
        }


class TrackedCompanies:
    """The tracked companies of one team. Callers hold the team's lock for a write."""

    def __init__(self, team: str) -> None:
        self._team = team
        self._rows: Rows[Tracked] = Rows("companies")
        self._domains: set[str] = set()

    def all(self) -> list[Tracked]:
        """Return every tracked company, oldest first."""
        return self._rows.all()

    def add(self, companies: Sequence[Mapping[str, Any]]) -> Record:
        """Track companies; returns an `AddTrackedCompaniesResponse`."""
        results = [self._add(company) for company in companies]
        return {
            "companies": results,
            "totalAdded": sum(result["success"] for result in results),
            "trackedCompanies": self._pager(),
        }

    def remove(self, names: Sequence[str]) -> Record:
        """Stop tracking companies by id; returns a `RemoveTrackedCompaniesResponse`."""
        found = {name: self._rows.remove(name) for name in dict.fromkeys(names)}
        removed = [row for row in found.values() if row is not None]
        self._domains.difference_update(host(row.domain) for row in removed)
        return {
            "companies": [
                {"id": row.id, "name": row.name, "domain": row.domain} for row in removed
            ],
            "notFound": [name for name, row in found.items() if row is None],
            "totalRemoved": len(removed),
            "trackedCompanies": self._pager(),
        }

    def clear(self) -> Record:
        """Stop tracking every company; returns a `RemoveAllTrackedCompaniesResponse`."""
        self._rows.clear()
        self._domains.clear()
        return {"success": True, "totalRemaining": 0}

    def page(self, first: int | None = None, after: str | None = None) -> Record:
        """Return a `TrackedCompaniesConnection`."""
        size = limit_in(first, DEFAULT_FIRST, MOST_FIRST, "first")
        return self._rows.page(size, after).connection(Tracked.record)

    def _pager(self) -> Callable[..., Record]:
        """Return a resolver of the connection as it is when GraphQL asks for it."""

        def companies(_info: object, first: int | None = None, after: str | None = None) -> Record:
            return self.page(first, after)

        return companies

    def _add(self, company: Mapping[str, Any]) -> Record:
        sent = {name: company.get(name) for name in ("name", "domain", "customData")}
        error = self._wrong(company)
        if error is not None:
            return {"input": sent, "company": None, "success": False, "errors": [error]}
        row = Tracked(
            hex_id("tracked-company", self._team, self._rows.added),
            company["name"],
            company["domain"],
            company.get("customData"),
        )
        self._rows.add(row.id, row)
        self._domains.add(host(row.domain))
        return {"input": sent, "company": row.record(), "success": True, "errors": []}

    def _wrong(self, company: Mapping[str, Any]) -> str | None:
        domain = host(company["domain"])
        if "." not in domain or " " in domain:
            return "The domain is none."
        if not company["name"].strip():
            return "The name is empty."
        return "The company is tracked already." if domain in self._domains else None

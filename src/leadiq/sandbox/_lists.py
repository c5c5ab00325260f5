"""A team's lists and the prospects in them, as LeadIQ's Prospector keeps them. All of it is free.

Names are unique within the team, whatever their case [unknown]; a prospect is new at every call,
the same input or not [guide].
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._dates import stamp
from leadiq.sandbox._errors import FieldRefused, InputRefused
from leadiq.sandbox._ids import hex_id
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._rows import Rows, limit_in
from leadiq.sandbox._text import fold
from leadiq.sandbox._trades import INDUSTRIES, SENIORITIES

if TYPE_CHECKING:
    from datetime import datetime

    from leadiq.sandbox._lookup import Lookup
    from leadiq.sandbox._values import Company, Person
    from leadiq.sandbox._world import World

Record = dict[str, Any]
Input = Mapping[str, Any]

DEFAULT_LIMIT = 25
MOST_LIMIT = 100
_EMAIL_STATUSES = ("Verified", "VerifiedLikely", "Unverified")


class Lists:
    """The lists of one team. Callers hold the team's lock for a write."""

    def __init__(self, team: str, world: World, lookup: Lookup) -> None:
        self._team = team
        self._world = world
        self._lookup = lookup
        self._lists: Rows[Record] = Rows("lists")
        self._names: set[str] = set()
        self._prospects: dict[str, Record] = {}
        self._members: dict[str, Rows[Record]] = {}

    def create(self, query: Input, now: datetime) -> Record:
        """Make a list.

        Raises:
            FieldRefused: 409, the name is in use; nothing was made.
            InputRefused: there is no name.
        """
        name = query["name"].strip()
        if not name:
            raise InputRefused("A list needs a name.")
        if fold(name) in self._names:
            raise FieldRefused(409, "A list with this name already exists.")
        row: Record = {
            "id": hex_id("list", self._team, self._lists.added),
            "name": name,
            "description": query.get("description"),
            "status": "Active",
            "visibility": "Private",
            "startDate": None,
            "endDate": None,
            "createdAt": stamp(now),
            "updatedAt": stamp(now),
        }
        self._names.add(fold(name))
        self._members[row["id"]] = Rows("prospects")
        self._lists.add(row["id"], row)
        return self._shown(row)

    def page(self, limit: int | None, cursor: str | None) -> Record:
        """Return a `ListConnection`, oldest list first [unknown]."""
        size = limit_in(limit, DEFAULT_LIMIT, MOST_LIMIT, "limit")
        return self._lists.page(size, cursor).items(self._shown)

    def get(self, name: str) -> Record | None:
        """Return a list by id, or None."""
        row = self._lists.get(name)
        return None if row is None else self._shown(row)

    def add(self, name: str, query: Input, now: datetime) -> Record:
        """Put a new prospect into a list.

        Raises:
            FieldRefused: 404, there is no such list.
            InputRefused: a status or seniority is none that LeadIQ takes.
        """
        row, members = self._lists.get(name), self._members.get(name)
        if row is None or members is None:
            raise FieldRefused(404, "There is no such list.")
        _check(query)
        prospect = self._prospect(query, name, now)
        self._prospects[prospect["id"]] = prospect
        members.add(prospect["id"], prospect)
        row["updatedAt"] = stamp(now)
        return prospect

    def prospect(self, name: str) -> Record | None:
        """Return a prospect by id, or None."""
        return self._prospects.get(name)

    def _shown(self, row: Record) -> Record:
        members = self._members[row["id"]]

        def prospects(_info: object, limit: int | None = None, cursor: str | None = None) -> Record:
            size = limit_in(limit, DEFAULT_LIMIT, MOST_LIMIT, "limit")
            return members.page(size, cursor).items(lambda prospect: prospect)

        return {**row, "prospects": prospects}

    def _prospect(self, query: Input, to: str, now: datetime) -> Record:
        person = self._person(query.get("personId"))
        names = (query["firstName"].strip(), query["lastName"].strip())
        return {
            "id": hex_id("prospect", self._team, len(self._prospects)),
            "personId": query.get("personId"),
            "linkedinId": person and person.linkedin_id,
            "linkedinUrl": query.get("linkedinUrl"),
            "firstName": names[0],
            "lastName": names[1],
            "name": " ".join(filter(None, names)),
            "picture": None,
            "title": query.get("title"),
            "seniority": query.get("seniority"),
            "function": query.get("function"),
            "workEmail": query.get("workEmail"),
            "emailStatus": query.get("emailStatus"),
            "personalEmails": [],
            "mobilePhones": _phones(query.get("phone"), person),
            "location": query.get("location"),
            "company": self._company(query),
            "listIds": [to],
            "notes": query.get("notes"),
            "createdAt": stamp(now),
            "updatedAt": stamp(now),
        }

    def _person(self, name: str | None) -> Person | None:
        found = self._lookup.by_id(name) if name else []
        return self._world.person(found[0]) if found else None

    def _company(self, query: Input) -> Record | None:
        """Return what was sent of the company, and what LeadIQ knows of it by its domain."""
        given = ("company", "companyDomain", "companyIndustry")
        if not any(query.get(name) for name in given):
            return None
        index = self._lookup.firms.by_domain(query.get("companyDomain") or "")
        known = None if index is None else _known(self._world.company(index))
        sent = {key: query.get(name) for key, name in zip(_SENT, given, strict=True)}
        return {**(known or {}), **{key: value for key, value in sent.items() if value}}


_SENT = ("name", "domain", "industry")


def _known(company: Company) -> Record:
    city = CITIES[company.city]
    return {
        "id": company.id,
        "name": company.name,
        "domain": company.domain,
        "industry": INDUSTRIES[company.industry].name,
        "employees": company.employees,
        "phone": company.phone,
        "location": {
            "streetLine1": company.street,
            "city": city.city,
            "state": city.area,
            "zip": company.postal_code,
            "country": city.country,
        },
    }


def _check(query: Input) -> None:
    status, seniority = query.get("emailStatus"), query.get("seniority")
    if status is not None and status not in _EMAIL_STATUSES:
        raise InputRefused(f"emailStatus must be one of {', '.join(_EMAIL_STATUSES)}.")
    if seniority is not None and seniority not in SENIORITIES:
        raise InputRefused(f"seniority must be one of {', '.join(SENIORITIES)}.")


def _phones(sent: str | None, person: Person | None) -> list[Record]:
    """Return the number that was sent; `Verified` where it is the person's own [live]."""
    if not sent:
        return []
    known = [person.current[0].phone, person.personal_phone] if person else []
    confirmed = any(
        phone and phone.value and phone.status == "Verified" and _same(phone.value, sent)
        for phone in known
    )
    return [{"value": sent, "status": "Verified" if confirmed else None}]


def _same(one: str, other: str) -> bool:
    return _digits(one)[-10:] == _digits(other)[-10:]


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))

"""What has become of tracked contacts, read off the world.

A contact is found like any look-up: LinkedIn, e-mail, then name and company, former companies too.
Who is where they were is not told of; LeadIQ's type has no word for that. A twentieth of those who
left are shown as departed, their new place unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._ids import hex_id
from leadiq.sandbox._job_changes import (
    Unlocked,
    contact_of,
    is_suppressed,
    phones_at,
    unlocked,
)
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._text import fold

if TYPE_CHECKING:
    from leadiq.sandbox._company_records import CompanyRecords
    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._icps import Profile
    from leadiq.sandbox._lookup import Lookup
    from leadiq.sandbox._match import Matcher
    from leadiq.sandbox._runs import Run
    from leadiq.sandbox._values import Person, Position
    from leadiq.sandbox._world import World

Record = dict[str, Any]
Input = Mapping[str, Any]

_ONE_IN_DEPARTS = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Contacts sent in one call, what to look for, and the run over them."""

    id: str
    contacts: tuple[Input, ...]
    kinds: frozenset[str]
    profiles: tuple[Profile, ...]
    email_quality: frozenset[str]
    phone_quality: str | None
    unlock: frozenset[str]
    run: Run


class Moved(NamedTuple):
    """A contact who changed: `kind` is a `JobChangeType`, `unlock` what their batch unlocked."""

    id: str
    contact: Input
    person: int
    kind: str
    unlock: frozenset[str]
    profiles: tuple[str, ...]
    others: tuple[str, ...] = ()


class Found(NamedTuple):
    """The contacts of a batch who changed, and how many were left out for privacy."""

    moved: tuple[Moved, ...]
    suppressed: int


class Movers:
    """Finds and writes contacts who changed, in a world."""

    def __init__(
        self,
        world: World,
        lookup: Lookup,
        matcher: Matcher,
        calendar: Calendar,
        companies: CompanyRecords,
    ) -> None:
        self._world = world
        self._lookup = lookup
        self._matcher = matcher
        self._calendar = calendar
        self._companies = companies

    def find(self, batch: Batch) -> Found:
        """Look at each contact of a batch."""
        everybody = list(self._moved(batch))
        shown = [one for one in everybody if not self._is_left_out(one)]
        return Found(tuple(shown), len(everybody) - len(shown))

    def unlocked(self, found: Found) -> list[Unlocked]:
        """Return the data points that a run hands over for what it has found."""
        present = [moved for moved in found.moved if moved.kind != "Departure"]
        people = [(self._world.person(moved.person), moved.unlock) for moved in present]
        return [one for p, unlock in people for one in unlocked(p, p.current[0], unlock)]

    def record(self, moved: Moved) -> Record:
        """Return a `TrackedContact`."""
        person, contact = self._world.person(moved.person), moved.contact
        job = None if moved.kind == "Departure" else person.current[0]
        city = CITIES[person.city] if person.city is not None else None
        return {
            "id": moved.id,
            "firstName": contact["firstName"],
            "lastName": contact["lastName"],
            "lastKnownCompany": contact["companyName"],
            "lastKnownCompanyDomain": contact.get("companyDomain"),
            "lastKnownTitle": contact.get("title"),
            "referenceId": contact.get("referenceId"),
            "externalRecordId": contact.get("externalRecordId"),
            "linkedIn": person.linkedin_slug
            and f"https://www.linkedin.com/in/{person.linkedin_slug}",
            "contactCountry": city and city.country,
            "jobChangeType": moved.kind,
            "duplicateRecordIds": list(moved.others),
            "duplicateAccountIds": [],
            "matchedICPIds": list(moved.profiles),
            **self._place(job),
            **_reached(person, job, moved.unlock),
        }

    def _moved(self, batch: Batch) -> Iterator[Moved]:
        for place, contact in enumerate(batch.contacts):
            one = self._person(contact)
            kind = None if one is None else self._kind(contact, self._world.person(one))
            if one is None or kind is None or kind not in batch.kinds:
                continue
            profiles = self._profiles(one, batch.profiles)
            if self._is_good(one, batch) and (profiles or not batch.profiles):
                name = hex_id("contact", batch.id, place)
                yield Moved(name, contact, one, kind, batch.unlock, profiles)

    def _person(self, contact: Input) -> int | None:
        query = {
            "linkedinUrl": contact.get("personalLinkedInUrl"),
            "email": contact.get("email"),
            "firstName": contact["firstName"],
            "lastName": contact["lastName"],
            "company": {
                "name": contact["companyName"],
                "domain": contact.get("companyDomain"),
                "searchInPastCompanies": True,
            },
        }
        try:
            found = self._matcher.people(query)
        except InputRefused:
            return None
        return found[0].person if found else None

    def _kind(self, contact: Input, person: Person) -> str | None:
        """Return what has happened since the contact was where the team knew them."""
        firms = self._lookup.firms
        known = firms.by_domain(contact.get("companyDomain") or "")
        known = firms.by_name(contact["companyName"]) if known is None else known
        here = [job for job in person.current if job.company == known]
        if not here:
            return "JobChange" if person.index % _ONE_IN_DEPARTS else "Departure"
        title = contact.get("title")
        same = title is None or fold(title) == fold(here[0].title.title)
        return None if same else "TitleChange"

    def _profiles(self, one: int, profiles: Sequence[Profile]) -> tuple[str, ...]:
        person = self._world.person(one)
        company = self._world.company(person.current[0].company)
        return tuple(p.id for p in profiles if p.fits(person, company, self._calendar))

    def _is_good(self, one: int, batch: Batch) -> bool:
        person = self._world.person(one)
        email = person.current[0].email
        good = not batch.email_quality or bool(email and email.status in batch.email_quality)
        quality = batch.phone_quality
        return good and (quality is None or bool(phones_at(person.personal_phone, quality)))

    def _is_left_out(self, moved: Moved) -> bool:
        person = self._world.person(moved.person)
        return is_suppressed(person.current[0].email) and person.index % 2 == 0

    def _place(self, job: Position | None) -> Record:
        if job is None:
            return {}
        company = self._companies.info(job.company)
        return {
            "company": company["name"],
            "companyDomain": company["domain"],
            "companyCountry": company["country"],
            "companyState": company["locationInfo"]["areaLevel1"],
            "companySize": company["employeeRange"],
            "companyIndustry": company["industry"],
            "companyLinkedIn": company["linkedinUrl"],
            "title": job.title.title,
            "titleLevel": job.title.seniority,
            "titleDomain": job.title.function,
            "jobStartDate": self._calendar.day(job.start).date().isoformat(),
        }


def _reached(person: Person, job: Position | None, unlock: frozenset[str]) -> Record:
    """Return the contact data of a `TrackedContact`; none of somebody who is nowhere."""
    if job is None:
        return {"phones": [], "phonesWithQuality": [], "workPhones": []}
    data = contact_of(person, job, unlock)
    return {
        "email": data["email"],
        "emailStatus": data["emailStatus"],
        "phones": data["personalPhones"],
        "phonesWithQuality": data["personalPhonesWithQuality"],
        "workPhones": data["workPhones"],
        "contactInfo": data["contactInfo"],
    }

"""People as the contract writes them: PersonRecord of the look-ups, Person of the searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leadiq.sandbox._company_records import later
from leadiq.sandbox._contacts import SUPPRESSED
from leadiq.sandbox._places import CITIES

if TYPE_CHECKING:
    from leadiq.sandbox._company_records import CompanyRecords, Record
    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._values import EmailAddress, Person, PhoneNumber, Position, School
    from leadiq.sandbox._world import World

_HIGHER = {"Verified", "LikelyAccurate"}
_QUALITIES = {
    "AllPhones": _HIGHER | {"Unverified"},
    "HigherQualityPhones": _HIGHER,
    "HighestQualityPhones": {"Verified"},
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which addresses and numbers a look-up shows.

    Invalid ones appear on request [ref]; `work_statuses` of None shows every status; a suppressed
    entry is always there and always empty, so that a client sees why it has nothing.
    """

    invalid: bool = False
    work_statuses: frozenset[str] | None = None
    phone_quality: str = "AllPhones"

    def work_email(self, email: EmailAddress | None) -> EmailAddress | None:
        """Return a work address if it is shown."""
        if email is None or (email.status == "Invalid" and not self._invalid_wanted):
            return None
        if self.work_statuses is not None and email.status not in self.work_statuses:
            return None
        return email

    def personal_email(self, email: EmailAddress | None) -> EmailAddress | None:
        """Return a private address if it is shown."""
        hidden = email is None or (email.status == "Invalid" and not self.invalid)
        return None if hidden else email

    def phone(self, phone: PhoneNumber | None) -> PhoneNumber | None:
        """Return a number if it is shown."""
        if phone is None or phone.status == SUPPRESSED:
            return phone
        if phone.status == "Invalid":
            return phone if self.invalid and self.phone_quality == "AllPhones" else None
        return phone if phone.status in _QUALITIES[self.phone_quality] else None

    @property
    def _invalid_wanted(self) -> bool:
        return self.invalid or "Invalid" in (self.work_statuses or ())


class PersonRecords:
    """Writes the people of a world."""

    def __init__(self, world: World, calendar: Calendar, companies: CompanyRecords) -> None:
        self._world = world
        self._calendar = calendar
        self._companies = companies

    def record(
        self, person: Person, shown: Shown, *, confidence: int, matched: int | None
    ) -> Record:
        """Return a `PersonRecord`; `matched` is the company that the query named, if any."""
        updated = self._calendar.zoned(person.updated)
        current = [self._position(job, shown, matched) for job in person.current]
        return {
            "id": person.id,
            "_id": person.id,
            "name": {
                "first": person.first.display,
                "fullName": person.full_name,
                "last": person.last.display,
                "middle": person.middle,
            },
            "currentPositions": current,
            "pastPositions": [self._position(job, shown, matched) for job in person.past],
            "linkedin": later(lambda: _linkedin(person, updated)),
            "profiles": later(lambda: [_profile(person, one, updated) for one in person.networks]),
            "location": later(lambda: _location(person, updated)),
            "education": later(lambda: [_school(school) for school in person.education]),
            "updatedAt": updated,
            "personalEmails": self._emails(
                shown.personal_email(person.personal_email), "PersonalEmail"
            ),
            "personalPhones": self._phones(shown.phone(person.personal_phone)),
            "confidence": confidence,
        }

    def search(self, person: Person) -> Record:
        """Return a `Person` of an advanced search."""
        main = person.current[0]
        city = CITIES[person.city] if person.city is not None else None
        return {
            "id": person.id,
            "companyId": self._world.ids.company_id(main.company),
            "name": person.full_name,
            "linkedinId": person.linkedin_id,
            "linkedinUrl": _linkedin_url(person),
            "title": main.title.title,
            "role": main.title.function,
            "city": city and city.city,
            "state": city and city.area,
            "country": city and city.country,
            "countryCode2": city and city.code2,
            "countryCode3": city and city.code3,
            "seniority": main.title.seniority,
            "firstName": person.first.display,
            "middleName": person.middle,
            "lastName": person.last.display,
            "updatedAt": self._calendar.zoned(person.updated),
            "currentPositionStartDate": self._calendar.zoned(main.start),
            "company": later(lambda: self._companies.search(main.company)),
            "picture": f"https://images.example.com/{person.id}.png",
            "personJobChange": later(lambda: self._job_change(person)),
        }

    def _job_change(self, person: Person) -> Record | None:
        if person.job_change is None:
            return None
        now, before = person.current[0], person.past[0]
        return {
            "jobChangeType": person.job_change,
            "startedAt": self._calendar.zoned(now.start),
            "previousPosition": {
                "companyId": self._world.ids.company_id(before.company),
                "company": later(lambda: self._companies.search(before.company)),
                "title": before.title.title,
            },
            "currentPosition": {
                "companyId": self._world.ids.company_id(now.company),
                "company": later(lambda: self._companies.search(now.company)),
                "title": now.title.title,
                "role": now.title.function,
                "seniority": now.title.seniority,
            },
        }

    def _position(self, job: Position, shown: Shown, matched: int | None) -> Record:
        emails = self._emails(shown.work_email(job.email), "WorkEmail")
        start = self._calendar.zoned(job.start)
        end = None if job.end is None else self._calendar.zoned(job.end)
        return {
            "companyId": self._world.ids.company_id(job.company),
            "title": job.title.title,
            "dateRange": {"start": start, "end": end},
            "updatedAt": self._calendar.zoned(job.updated),
            "emails": emails,
            "phones": self._phones(shown.phone(job.phone)),
            "companyInfo": later(lambda: self._companies.info(job.company)),
            "seniority": job.title.seniority,
            "function": job.title.function,
            "workEmail": emails[0] if emails else None,
            "matchedQuery": job.company == matched,
        }

    def _emails(self, email: EmailAddress | None, kind: str) -> list[Record]:
        if email is None:
            return []
        updated = self._calendar.zoned(email.updated)
        return [{"type": kind, "status": email.status, "updatedAt": updated, "value": email.value}]

    def _phones(self, phone: PhoneNumber | None) -> list[Record]:
        if phone is None:
            return []
        entry: dict[str, Any] = {
            "type": phone.type,
            "status": phone.status,
            "verificationStatus": phone.verification,
            "updatedAt": self._calendar.zoned(phone.updated),
            "value": phone.value,
        }
        return [entry]


def _linkedin_url(person: Person) -> str | None:
    slug = person.linkedin_slug
    return f"https://www.linkedin.com/in/{slug}" if slug else None


def _linkedin(person: Person, updated: str) -> Record | None:
    if person.linkedin_slug is None:
        return None
    return {
        "linkedinId": person.linkedin_id,
        "linkedinUrl": _linkedin_url(person),
        "salesUrls": [f"https://www.linkedin.com/sales/people/{person.linkedin_id}"],
        "type": "NotApplicable",
        "status": "Valid",
        "updatedAt": updated,
        "guid": None,
    }


def _profile(person: Person, network: str, updated: str) -> Record:
    name = f"{person.first.slug}_sandbox_{person.index}"
    return {
        "network": network,
        "id": str(person.index),
        "username": name,
        "url": f"https://{network.lower()}.example.com/{name}",
        "status": "Valid",
        "updatedAt": updated,
    }


def _location(person: Person, updated: str) -> Record | None:
    if person.city is None:
        return None
    city = CITIES[person.city]
    return {
        "fullAddress": f"{city.city}, {city.area}, {city.country}",
        "areaLevel1": city.area,
        "city": city.city,
        "country": city.country,
        "countryCode2": city.code2,
        "countryCode3": city.code3,
        "type": "NotApplicable",
        "status": "Valid",
        "updatedAt": updated,
    }


def _school(school: School) -> Record:
    return {
        "name": school.name,
        "type": "University",
        "linkedinUrl": None,
        "facebookUrl": None,
        "twitterUrl": None,
        "linkedinId": None,
        "website": None,
        "domain": None,
        "degrees": [school.degree],
        "majors": [school.major],
        "grades": None,
        "dateRange": {
            "start": f"{school.start}-09-01T00:00:00.000Z",
            "end": f"{school.end}-06-30T00:00:00.000Z",
        },
        "activities": None,
        "description": None,
    }

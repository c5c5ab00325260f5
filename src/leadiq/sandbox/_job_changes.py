"""Job changes at tracked companies, read off the world: who began there, or got another title.

A person whose work address is suppressed has opted out: every second of them is left out and
counted, the others are shown without contact data [unknown which LeadIQ does]. Somebody with two
current jobs may be found at both companies; each entry then names the other as a duplicate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from leadiq.sandbox._contacts import SUPPRESSED
from leadiq.sandbox._ids import hex_id
from leadiq.sandbox._person_records import Shown
from leadiq.sandbox._places import CITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._icps import Profile
    from leadiq.sandbox._lookup import Lookup
    from leadiq.sandbox._tracked_companies import Tracked
    from leadiq.sandbox._values import EmailAddress, Person, PhoneNumber, Position
    from leadiq.sandbox._world import World

Record = dict[str, Any]
Pay = Callable[[str, Sequence["Unlocked"]], bool]
"""Charges what the run of a root field has unlocked, or tells that the balance does not do."""

ADMIN = "SuppressedByAdminPrivacy"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run looks for; `since` is in days before the epoch, empty members ask nothing."""

    since: int
    most: int
    kinds: frozenset[str]
    profiles: tuple[Profile, ...]
    email_quality: frozenset[str]
    phone_quality: str | None
    unlock: frozenset[str]


class Unlocked(NamedTuple):
    """A data point, by its `UnlockableDataPointRequest`, that a run handed over of a person."""

    person: str
    point: str


class Change(NamedTuple):
    """One job change, at which tracked company; `others` are the ids of its duplicates."""

    id: str
    company: Tracked
    person: int
    kind: str
    now: Position
    before: Position
    profiles: tuple[str, ...]
    others: tuple[str, ...] = ()


class Found(NamedTuple):
    """The job changes of a run, and how many were left out for privacy."""

    changes: tuple[Change, ...]
    suppressed: int

    def unique(self) -> tuple[Change, ...]:
        """Return the changes, the first of each person only."""
        return tuple({change.person: change for change in reversed(self.changes)}.values())[::-1]


class JobChanges:
    """Finds and writes the job changes of a world."""

    def __init__(self, world: World, lookup: Lookup, calendar: Calendar) -> None:
        self._world = world
        self._lookup = lookup
        self._calendar = calendar

    def find(self, companies: Sequence[Tracked], wanted: Wanted) -> Found:
        """Look for job changes at companies (about a millisecond for each that the world has)."""
        changes: list[Change] = []
        suppressed = 0
        for company in companies:
            shown = 0
            for change in self._at(company, wanted):
                if self._is_left_out(change):
                    suppressed += 1
                elif shown < wanted.most:
                    changes.append(change)
                    shown += 1
        return Found(_with_duplicates(changes), suppressed)

    def record(self, change: Change, unlock: frozenset[str]) -> Record:
        """Return a `JobChange`; `unlock` has the data points that the run unlocked."""
        person = self._world.person(change.person)
        before = self._world.company(change.before.company)
        return {
            "id": change.id,
            "person": self._person(person, change.now, unlock),
            "currentCompany": {
                "id": change.company.id,
                "inputName": change.company.name,
                "inputDomain": change.company.domain,
                "customData": change.company.custom,
            },
            "previousCompany": {"name": before.name, "domain": before.domain},
            "currentPosition": {
                "title": change.now.title.title,
                "function": change.now.title.function,
                "seniority": change.now.title.seniority,
                "startDate": self._calendar.day(change.now.start).date().isoformat(),
            },
            "previousPosition": {"title": change.before.title.title},
            "jobChangeType": change.kind,
            "matchedICPIds": list(change.profiles),
            "duplicateRecordIds": list(change.others),
        }

    def unlocked(self, found: Found, unlock: frozenset[str]) -> list[Unlocked]:
        """Return the data points that a run hands over for what it has found."""
        return [
            one
            for change in found.changes
            for one in unlocked(self._world.person(change.person), change.now, unlock)
        ]

    def index_of(self, company: Tracked) -> int | None:
        """Return the world's company of a tracked one, by its domain, else by its name."""
        firms = self._lookup.firms
        found = firms.by_domain(company.domain)
        return firms.by_name(company.name) if found is None else found

    def _at(self, company: Tracked, wanted: Wanted) -> Iterator[Change]:
        index = self.index_of(company)
        if index is None:
            return
        people = (*self._lookup.colleagues(index), *self._lookup.others(index, past=False))
        for one in people:
            change = self._change(company, index, one)
            if change is not None and self._is_wanted(change, wanted):
                profiles = self._profiles(change, wanted.profiles)
                if profiles or not wanted.profiles:
                    yield change._replace(profiles=profiles)

    def _change(self, company: Tracked, index: int, one: int) -> Change | None:
        person = self._world.person(one)
        now = next(job for job in person.current if job.company == index)
        if now is not person.current[0]:
            kind, before = "JobChange", person.current[0]
        elif person.job_change is not None:
            kind, before = person.job_change, person.past[0]
        else:
            return None
        name = hex_id("job-change", company.id, one)
        return Change(name, company, one, kind, now, before, ())

    def _is_wanted(self, change: Change, wanted: Wanted) -> bool:
        if change.now.start > wanted.since or change.kind not in wanted.kinds:
            return False
        email = change.now.email
        if wanted.email_quality and (email is None or email.status not in wanted.email_quality):
            return False
        if wanted.phone_quality is None:
            return True
        phone = self._world.person(change.person).personal_phone
        return bool(phones_at(phone, wanted.phone_quality))

    def _profiles(self, change: Change, profiles: Sequence[Profile]) -> tuple[str, ...]:
        person = self._world.person(change.person)
        company = self._world.company(change.now.company)
        at_work = replace(person, current=(change.now,))
        return tuple(one.id for one in profiles if one.fits(at_work, company, self._calendar))

    def _is_left_out(self, change: Change) -> bool:
        return is_suppressed(change.now.email) and change.person % 2 == 0

    def _person(self, person: Person, job: Position, unlock: frozenset[str]) -> Record:
        place = CITIES[person.city] if person.city is not None else None
        slug = person.linkedin_slug
        return {
            "firstName": person.first.display,
            "lastName": person.last.display,
            "linkedinUrl": f"https://www.linkedin.com/in/{slug}" if slug else None,
            "country": place and place.country,
            **contact_of(person, job, unlock),
        }


def contact_of(person: Person, job: Position, unlock: frozenset[str]) -> Record:
    """Return the contact data that a run unlocked, in the forms of `PersonData`.

    What was not unlocked is as empty as what is not known; `contactInfo` tells what is withheld.
    """
    email = Shown().work_email(job.email) if "PersonEmail" in unlock else None
    hidden = is_suppressed(email)
    known = email if email and not hidden else None
    phones = "PersonPhone" in unlock
    private = phones_at(person.personal_phone, "AllPhones") if phones else []
    work = phones_at(job.phone, "AllPhones") if phones else []
    qualities = [{"phone": phone.value, "quality": phone.status} for phone in private]
    return {
        "email": known and known.value,
        "emailStatus": known and known.status,
        "personalPhones": [phone.value for phone in private],
        "personalPhonesWithQuality": qualities,
        "workPhones": [phone.value for phone in work],
        "contactInfo": {
            "email": _email_info(known, hidden=hidden),
            "personalPhones": _phones_info(
                "Personal", qualities, hidden=phones and is_suppressed(person.personal_phone)
            ),
            "workPhones": _phones_info(
                "Work",
                [phone.value for phone in work],
                hidden=phones and is_suppressed(job.phone),
            ),
        },
    }


def unlocked(person: Person, job: Position, unlock: frozenset[str]) -> list[Unlocked]:
    """Return the data points that a run hands over for a person at a job."""
    data = contact_of(person, job, unlock)
    email = [Unlocked(person.id, "PersonEmail")] if data["email"] else []
    phones = data["personalPhones"] or data["workPhones"]
    return [*email, *([Unlocked(person.id, "PersonPhone")] if phones else [])]


def is_suppressed(value: EmailAddress | PhoneNumber | None) -> bool:
    """Tell whether an address or number exists and must not be shown."""
    return value is not None and value.status == SUPPRESSED


def _email_info(email: EmailAddress | None, *, hidden: bool) -> Record | None:
    if hidden:
        return {"__typename": "EmailSuppressed", "reason": ADMIN}
    if email is None:
        return None
    return {"__typename": "EmailValue", "email": email.value, "status": email.status}


def _phones_info(kind: str, phones: Sequence[object], *, hidden: bool) -> Record | None:
    if hidden:
        return {"__typename": f"{kind}PhonesSuppressed", "reason": ADMIN}
    return {"__typename": f"{kind}PhonesValue", "phones": phones} if phones else None


def phones_at(phone: PhoneNumber | None, quality: str) -> list[PhoneNumber]:
    """Return a number as a list: empty unless it may be shown and has a `PhoneQualityFilter`."""
    shown = Shown(phone_quality=quality).phone(phone)
    return [shown] if shown is not None and shown.value else []


def _with_duplicates(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes, each with the ids of the others of the same person."""
    same: defaultdict[int, list[str]] = defaultdict(list)
    for change in changes:
        same[change.person].append(change.id)
    return tuple(
        change._replace(others=tuple(name for name in same[change.person] if name != change.id))
        for change in changes
    )

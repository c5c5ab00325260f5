"""What matchProfile finds for an e-mail address: its person, or the company of its domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leadiq.sandbox._person_records import Shown
from leadiq.sandbox._text import host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leadiq.sandbox._company_records import CompanyRecords
    from leadiq.sandbox._lookup import Lookup
    from leadiq.sandbox._person_records import PersonRecords
    from leadiq.sandbox._values import EmailAddress, Person
    from leadiq.sandbox._world import World

Record = dict[str, Any]

CERTAIN = 100


class ProfileMatch:
    """Matches addresses to the people of a world."""

    def __init__(
        self, world: World, lookup: Lookup, people: PersonRecords, companies: CompanyRecords
    ) -> None:
        self._world = world
        self._lookup = lookup
        self._people = people
        self._companies = companies

    def find(self, query: Mapping[str, Any]) -> Record:
        """Return a `MatchingServiceResponse`; companies only where nobody is found."""
        found = self._lookup.by_email(query["email"])
        company = self._lookup.firms.by_domain(host(query["email"].rpartition("@")[2]))
        fallback = [] if found or company is None else [self._companies.search(company)]
        people = [
            {"confidence": CERTAIN, "person": self._record(self._world.person(one))}
            for one in found
        ]
        return {"people": people, "fallbackCompanies": fallback}

    def _record(self, person: Person) -> Record:
        shown = Shown()
        work = [shown.work_email(job.email) for job in person.current]
        phones = (shown.phone(person.current[0].phone), shown.phone(person.personal_phone))
        work_phones, private_phones = (
            [phone.value] if phone and phone.value else [] for phone in phones
        )
        return {
            **self._people.search(person),
            "workEmails": _values(work),
            "verifiedWorkEmails": _values(work, "Verified"),
            "verifiedLikelyWorkEmails": _values(work, "VerifiedLikely"),
            "workPhones": work_phones,
            "personalEmails": _values([shown.personal_email(person.personal_email)]),
            "personalPhones": private_phones,
        }


def _values(emails: list[EmailAddress | None], status: str | None = None) -> list[str]:
    return [e.value for e in emails if e and e.value and status in (None, e.status)]

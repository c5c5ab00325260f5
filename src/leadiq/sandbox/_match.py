"""What searchPeople, searchCompany and searchPeoplePreview find.

The strongest identifier that leads to somebody decides: id, LinkedIn, e-mail, hashed e-mail, phone,
then name with company. How sure a match is, is told by `confidence`, of 100 [unknown how LeadIQ
counts it; it is minConfidence's scale].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from leadiq.sandbox._errors import InputRefused
from leadiq.sandbox._person_records import Shown
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._text import fold, words

if TYPE_CHECKING:
    from leadiq.sandbox._lookup import Lookup
    from leadiq.sandbox._names import Name
    from leadiq.sandbox._values import Person
    from leadiq.sandbox._world import World

Input = Mapping[str, Any]

DEFAULT_LIMIT = 10
MOST_LIMIT = 100
_EXACT, _PHONE, _NAME_AND_KEY, _NAME_AND_NAME, _NAME_AND_PAST, _INITIAL = 100, 90, 90, 85, 75, 60
_COMPANY_FIELDS = ("companyId", "domain", "emailDomain", "linkedinId", "name")
_PREVIEW = ("linkedinUrl", "email", "fullName", "firstName", "lastName")
_TITLES_AND_SUFFIXES = frozenset({"dr", "jr", "mba", "mr", "mrs", "ms", "phd", "prof", "sr"})


class Match(NamedTuple):
    """A person found: how sure, of 100, and by which company of the query, if by one."""

    person: int
    confidence: int
    company: int | None = None


class Matcher:
    """Finds people and companies of a world by identifiers."""

    def __init__(self, world: World, lookup: Lookup) -> None:
        self._world = world
        self._lookup = lookup
        self._readers: dict[str, tuple[Callable[[str], list[int]], int]] = {
            "id": (lookup.by_id, _EXACT),
            "linkedinUrl": (lookup.by_linkedin, _EXACT),
            "linkedinId": (lookup.by_linkedin, _EXACT),
            "email": (lookup.by_email, _EXACT),
            "hashedEmail": (lookup.by_hash, _EXACT),
            "phone": (lookup.by_phone, _PHONE),
        }

    def people(self, query: Input) -> list[Match]:
        """Return who a `SearchPeopleInput` means, surest first, its filters applied.

        Raises:
            InputRefused: it identifies nobody, or has a number out of range.
        """
        keys = [name for name in self._readers if _given(query, name)]
        named = _wanted_name(query) is not None and _has_company(query)
        if not keys and not named:
            raise InputRefused(
                "Insufficient identifiers: give id, linkedinUrl, linkedinId, email, hashedEmail, "
                "phone, or a name (fullName, or firstName and lastName) with a company."
            )
        nobody: list[Match] = []
        found = next(filter(None, (self._by_key(query, name) for name in keys)), nobody)
        if not found and named:
            found = [match for match in self._by_name(query) if self._middle_fits(match, query)]
        keep = _Filters(query)
        return [match for match in found if keep(self._world.person(match.person), match)]

    def companies(self, query: Input) -> list[int]:
        """Return the companies that a `SearchCompanyInput` means, best first.

        `strict` wants every detail that is given to mean the same one; otherwise each detail
        counts, and a name of one word finds the companies that begin with it.

        Raises:
            InputRefused: it identifies no company.
        """
        firms = self._lookup.firms
        readers = {
            "id": firms.by_id,
            "domain": firms.by_domain,
            "linkedinUrl": firms.by_linkedin,
            "linkedinId": firms.by_linkedin,
            "name": firms.by_name,
        }
        given = [name for name in readers if _given(query, name)]
        if not given:
            raise InputRefused(
                "Insufficient identifiers: give id, domain, linkedinUrl, linkedinId or name."
            )
        found = [readers[name](query[name]) for name in given]
        if query.get("strict"):
            return _agreed(found)
        known = [index for index in dict.fromkeys(found) if index is not None]
        return known or firms.by_lead(query.get("name") or "")

    def preview(self, query: Input) -> Person | None:
        """Return who a `SearchPeoplePreviewInput` means, or None.

        Raises:
            InputRefused: it identifies nobody.
        """
        company = {"name": query.get("companyName"), "domain": query.get("companyDomain")}
        found = self.people({**{name: query.get(name) for name in _PREVIEW}, "company": company})
        return self._world.person(found[0].person) if found else None

    def _by_key(self, query: Input, name: str) -> list[Match]:
        reader, confidence = self._readers[name]
        return [Match(index, confidence) for index in reader(query[name])]

    def _by_name(self, query: Input) -> list[Match]:
        details = query["company"]
        wanted = _wanted_name(query) or ()
        by_name_only = not any(_given(details, name) for name in _COMPANY_FIELDS[:-1])
        here = _NAME_AND_NAME if by_name_only else _NAME_AND_KEY
        found: dict[int, Match] = {}
        for company in self._details(details):
            at = [*self._lookup.colleagues(company), *self._lookup.others(company, past=False)]
            former = (
                self._lookup.others(company, past=True)
                if details.get("searchInPastCompanies")
                else []
            )
            exact = [Match(i, here, company) for i in at if self._is_named(i, wanted)]
            exact += [
                Match(i, _NAME_AND_PAST, company) for i in former if self._is_named(i, wanted)
            ]
            exact = exact or [Match(i, _INITIAL, company) for i in at if self._initials(i, wanted)]
            for match in exact:
                found.setdefault(match.person, match)
        return sorted(found.values(), key=lambda match: -match.confidence)

    def _details(self, details: Input) -> list[int]:
        """Return the companies of a `CompanyDetails`; all must agree if it is strict [ref]."""
        firms = self._lookup.firms
        readers = dict(
            zip(
                _COMPANY_FIELDS,
                (firms.by_id, firms.by_domain, firms.by_domain, firms.by_linkedin, firms.by_name),
                strict=True,
            )
        )
        found = [readers[name](details[name]) for name in _COMPANY_FIELDS if _given(details, name)]
        if not details.get("strict"):
            return [index for index in dict.fromkeys(found) if index is not None]
        country = details.get("country")
        return [i for i in _agreed(found) if not country or self._is_in(i, country)]

    def _is_in(self, company: int, country: str) -> bool:
        city = CITIES[self._world.company_city(company)]
        return fold(country) in map(fold, (city.country, city.code2, city.code3))

    def _is_named(self, index: int, wanted: tuple[str, ...]) -> bool:
        first, last = self._world.name(index)
        return any(
            len(wanted) >= len(given) + len(family)
            and wanted[: len(given)] == given
            and wanted[-len(family) :] == family
            for given in _spellings(first)
            for family in _spellings(last)
        )

    def _middle_fits(self, match: Match, query: Input) -> bool:
        """Tell whether a middle name that is asked for and one that is known begin alike."""
        wanted = fold(query.get("middleName") or "")
        known = fold(self._world.person(match.person).middle or "")
        return not wanted or not known or wanted[0] == known[0]

    def _initials(self, index: int, wanted: tuple[str, ...]) -> bool:
        first, last = self._world.name(index)
        initial = wanted[0] in {first.slug[0], first.display.casefold()[0]}
        return initial and any(wanted[1:] == family for family in _spellings(last))


class _Filters:
    """The members of a `SearchPeopleInput` that narrow what was found."""

    def __init__(self, query: Input) -> None:
        self._statuses = query.get("workEmailStatusIn")
        self._contact = bool(query.get("containsWorkContactInfo"))
        self._profile = [_PROFILE_FILTERS[name] for name in query.get("profileFilter") or ()]
        self._least = query.get("minConfidence") or 0
        self._shown = shown_by(query)

    def __call__(self, person: Person, match: Match) -> bool:
        emails = [self._shown.work_email(job.email) for job in person.current]
        work = [email for email in emails if email and email.value]
        phone = self._shown.phone(person.current[0].phone)
        reachable = bool(work) or bool(phone and phone.value)
        return (
            match.confidence >= self._least
            and (not self._statuses or bool(work))
            and (not self._contact or reachable)
            and all(holds(person) for holds in self._profile)
        )


def shown_by(query: Input) -> Shown:
    """Return which addresses and numbers a `SearchPeopleInput` asks to see."""
    statuses = query.get("workEmailStatusIn")
    quality = _part(query, "qualityFilter").get("phone")
    return Shown(
        invalid=bool(query.get("includeInvalid")),
        work_statuses=frozenset(statuses) if statuses else None,
        phone_quality=quality or "AllPhones",
    )


def has_email(person: Person) -> bool:
    """Tell whether a look-up of the person, without options, shows an address."""
    shown = Shown()
    emails = [shown.work_email(job.email) for job in person.current]
    return any(e and e.value for e in (*emails, shown.personal_email(person.personal_email)))


def has_phone(person: Person) -> bool:
    """Tell whether a look-up of the person, without options, shows a number."""
    phones = (person.current[0].phone, person.personal_phone)
    return any(phone and phone.value for phone in map(Shown().phone, phones))


def _work_email_in(statuses: set[str]) -> Callable[[Person], bool]:
    return lambda person: any(job.email and job.email.status in statuses for job in person.current)


def _work_phone_in(statuses: set[str]) -> Callable[[Person], bool]:
    return lambda person: any(job.phone and job.phone.status in statuses for job in person.current)


_GOOD_EMAIL = {"Verified", "VerifiedLikely", "Unverified"}
_GOOD_PHONE = {"Verified", "LikelyAccurate", "Unverified"}
_PROFILE_FILTERS: dict[str, Callable[[Person], bool]] = {
    "HasVerifiedWorkEmail": _work_email_in({"Verified"}),
    "HasWorkEmail": _work_email_in(_GOOD_EMAIL),
    "HasVerifiedWorkPhone": _work_phone_in({"Verified"}),
    "HasWorkPhone": _work_phone_in(_GOOD_PHONE),
    "HasPersonalPhone": lambda p: bool(p.personal_phone and p.personal_phone.status in _GOOD_PHONE),
    "HasPersonalEmail": lambda p: bool(p.personal_email and p.personal_email.status in _GOOD_EMAIL),
}


def _part(query: Input, name: str) -> Input:
    part: Input | None = query.get(name)
    return part or {}


def _given(query: Input, name: str) -> bool:
    return bool((query.get(name) or "").strip())


def _has_company(query: Input) -> bool:
    details = _part(query, "company")
    return any(_given(details, name) for name in _COMPANY_FIELDS)


def _wanted_name(query: Input) -> tuple[str, ...] | None:
    """Return the words of the name that is asked for, or None without a whole name."""
    if _given(query, "firstName") and _given(query, "lastName"):
        text = f"{query['firstName']} {query['lastName']}"
    elif _given(query, "fullName"):
        family, comma, given = query["fullName"].partition(",")
        text = f"{given} {family}" if comma and given.strip() else family
    else:
        return None
    wanted = tuple(word for word in words(text) if word not in _TITLES_AND_SUFFIXES)
    return wanted if len(wanted) >= 2 else None


def _spellings(name: Name) -> set[tuple[str, ...]]:
    return {words(name.display), words(name.slug)}


def _agreed(found: Iterable[int | None]) -> list[int]:
    one = set(found)
    return [index for index in one if index is not None] if len(one) == 1 else []

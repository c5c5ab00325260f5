"""The filters of the advanced searches as predicates over a world.

What the contract does not say [unknown] is settled so: members of a filter must all hold, values of
a member are alternatives, an empty list or object asks nothing, and an excluded filter drops what
any one of its members matches. Text compares folded; names and titles match when they
contain every word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from leadiq.sandbox._places import CITIES, City
from leadiq.sandbox._text import contains_words, fold, host, linkedin_slug, words
from leadiq.sandbox._trades import INDUSTRIES, Code
from leadiq.sandbox._values import Company, Person

if TYPE_CHECKING:
    from leadiq.sandbox._dates import Calendar
    from leadiq.sandbox._world import World

Filter = Mapping[str, Any]
CompanyTest = Callable[[Company], bool]
PersonTest = Callable[[Person], bool]

_words = lru_cache(maxsize=16_384)(words)
_fold = lru_cache(maxsize=16_384)(fold)


def company_tests(wanted: Filter | None, calendar: Calendar) -> list[CompanyTest]:
    """Return one test per member that a CompanyFilter or PreviousCompanyFilter gives."""
    return [_COMPANY[name](value, calendar) for name, value in _asked(wanted)]


def contact_tests(wanted: Filter | None, calendar: Calendar) -> list[PersonTest]:
    """Return one test per member that a ContactFilter gives."""
    return [_CONTACT[name](value, calendar) for name, value in _asked(wanted)]


def previous_company_test(wanted: Filter | None, world: World, calendar: Calendar) -> PersonTest:
    """Return the test that some earlier company fits every member of a PreviousCompanyFilter."""
    tests = company_tests(wanted, calendar)
    if not tests:
        return anybody

    @lru_cache(maxsize=65_536)
    def fits(index: int) -> bool:
        return all(test(world.company(index)) for test in tests)

    return lambda person: any(fits(job.company) for job in person.past)


def previous_position_test(wanted: Filter | None) -> PersonTest:
    """Return the test that some earlier title fits a PreviousPositionFilter."""
    titles = [words(title) for title in (wanted or {}).get("titles") or ()]
    if not titles:
        return anybody
    return lambda person: any(_any_words(job.title.title, titles) for job in person.past)


def job_change_test(wanted: Filter | None, calendar: Calendar) -> PersonTest:
    """Return the test of a JobChangeFilter: the kinds of change, and when the job began."""
    if wanted is None:
        return anybody
    kinds, after = wanted["jobChangeTypes"], wanted.get("startedAfter")

    def changed(person: Person) -> bool:
        kind_fits = person.job_change in kinds if kinds else person.job_change is not None
        begun = calendar.millis(person.current[0].start)
        return kind_fits and (after is None or begun >= after)

    return changed


def _asked(wanted: Filter | None) -> list[tuple[str, Any]]:
    """Return the members of a filter that ask something, their empty parts dropped."""
    bare = {name: _bare(value) for name, value in (wanted or {}).items()}
    return [(name, value) for name, value in bare.items() if value is not None]


def _bare(value: object) -> object | None:
    """Return `value` without empty parts, or None if nothing is left; 0 is a value."""
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        parts = {name: _bare(part) for name, part in members.items()}
        return {name: part for name, part in parts.items() if part is not None} or None
    if isinstance(value, list):
        entries = map(_bare, cast("list[object]", value))
        return [part for part in entries if part is not None] or None
    return None if isinstance(value, str) and not value.strip() else value


def anybody(_person: Person) -> bool:
    """Pass everybody: the test of a filter that asks nothing."""
    return True


def _any_words(text: str, wanted: Sequence[tuple[str, ...]]) -> bool:
    have = _words(text)
    return any(contains_words(have, one) for one in wanted)


def _one_of(read: Callable[[Company], str | None], values: list[str]) -> CompanyTest:
    folded = set(map(fold, values))
    return lambda company: _fold(read(company) or "") in folded


def _within(value: int | None, low: int | None, high: int | None) -> bool:
    """Tell whether a known number lies between bounds, both included, None open."""
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def _in_place(city: City, postal_code: str, place: Mapping[str, str]) -> bool:
    """Tell whether a place is where a LocationFilterInput says; a country may be an ISO code."""
    have = {
        "city": (city.city,),
        "areaLevel1": (city.area,),
        "country": (city.country, city.code2, city.code3),
        "postalCode": (postal_code,),
    }
    return all(_fold(value) in map(_fold, have[name]) for name, value in place.items())


def _company_place(places: list[dict[str, str]], _calendar: Calendar) -> CompanyTest:
    def test(company: Company) -> bool:
        city = CITIES[company.city]
        return any(_in_place(city, company.postal_code, place) for place in places)

    return test


def _sizes(sizes: list[Filter], _calendar: Calendar) -> CompanyTest:
    return lambda company: any(
        _within(company.employees, size.get("min"), size.get("max")) for size in sizes
    )


def _revenues(ranges: list[Filter], _calendar: Calendar) -> CompanyTest:
    return lambda company: any(
        _within(company.revenue, span.get("start"), span.get("end")) for span in ranges
    )


def _fundings(filters: list[Filter], calendar: Calendar) -> CompanyTest:
    def fits(company: Company, wanted: Filter) -> bool:
        if company.funding is None:
            return False
        when, much = wanted.get("lastFundingDateRange"), wanted.get("lastFundingRange")
        on = calendar.millis(company.funding.last_on)
        return (when is None or _within(on, when.get("start"), when.get("end"))) and (
            much is None or _within(company.funding.last, much.get("start"), much.get("end"))
        )

    return lambda company: any(fits(company, wanted) for wanted in filters)


def _codes(read: Callable[[Company], Code]) -> Callable[[list[Filter], Calendar], CompanyTest]:
    """Return the maker of a test for classification codes: a prefix of the code, and words."""

    def fits(code: Code, wanted: Filter) -> bool:
        prefix, text = wanted.get("code"), wanted.get("description")
        return (prefix is None or code.code.startswith(prefix.strip())) and (
            text is None or contains_words(_words(code.description), words(text))
        )

    def make(filters: list[Filter], _calendar: Calendar) -> CompanyTest:
        return lambda company: any(fits(read(company), wanted) for wanted in filters)

    return make


def _company_names(names: list[str], _calendar: Calendar) -> CompanyTest:
    wanted = list(map(words, names))
    return lambda company: _any_words(company.name, wanted)


def _technologies(values: list[str], *, category: bool) -> CompanyTest:
    folded = set(map(fold, values))
    return lambda company: any(
        _fold(tech.category if category else tech.name) in folded for tech in company.technologies
    )


_COMPANY: dict[str, Callable[[Any, Calendar], CompanyTest]] = {
    "ids": lambda values, _: lambda company: company.id in values,
    "names": _company_names,
    "domains": lambda values, _: _one_of(lambda c: c.domain, list(map(host, values))),
    "linkedinIds": lambda values, _: lambda company: company.linkedin_id in values,
    "industries": lambda values, _: _one_of(lambda c: INDUSTRIES[c.industry].name, values),
    "sizes": _sizes,
    "employeeCount": _sizes,
    "locations": _company_place,
    "technologies": lambda values, _: _technologies(values, category=False),
    "technologyCategories": lambda values, _: _technologies(values, category=True),
    "revenueRanges": _revenues,
    "fundingInfoFilters": _fundings,
    "naicsCodeFilters": _codes(lambda company: INDUSTRIES[company.industry].naics),
    "sicCodeFilters": _codes(lambda company: INDUSTRIES[company.industry].sic),
}


def _person_names(names: list[str], _calendar: Calendar) -> PersonTest:
    wanted = list(map(words, names))

    def test(person: Person) -> bool:
        have = (*_words(person.full_name), person.first.slug, person.last.slug)
        return any(contains_words(have, one) for one in wanted)

    return test


def _person_titles(titles: list[str], _calendar: Calendar) -> PersonTest:
    wanted = list(map(words, titles))
    return lambda person: _any_words(person.current[0].title.title, wanted)


def _person_urls(urls: list[str], _calendar: Calendar) -> PersonTest:
    slugs = {linkedin_slug(url, "in") for url in urls} - {None}
    return lambda person: person.linkedin_slug in slugs


def _person_roles(roles: list[str], _calendar: Calendar) -> PersonTest:
    folded = set(map(fold, roles))
    return lambda person: _fold(person.current[0].title.function) in folded


def _person_place(places: list[dict[str, str]], _calendar: Calendar) -> PersonTest:
    def test(person: Person) -> bool:
        city = CITIES[person.city] if person.city is not None else None
        return city is not None and any(_in_place(city, city.postal_code, one) for one in places)

    return test


def _work_emails(statuses: list[str], _calendar: Calendar) -> PersonTest:
    return lambda p: p.current[0].email is not None and p.current[0].email.status in statuses


def _updated(span: Filter, calendar: Calendar) -> PersonTest:
    low, high = span.get("start"), span.get("end")
    return lambda person: _within(calendar.millis(person.updated), low, high)


def _new_in_company(since: int, calendar: Calendar) -> PersonTest:
    return lambda person: (
        person.job_change != "TitleChange" and calendar.millis(person.current[0].start) >= since
    )


def _new_in_title(since: int, calendar: Calendar) -> PersonTest:
    return lambda person: (
        person.job_change == "TitleChange" and calendar.millis(person.current[0].start) >= since
    )


_CONTACT: dict[str, Callable[[Any, Calendar], PersonTest]] = {
    "ids": lambda values, _: lambda person: person.id in values,
    "names": _person_names,
    "titles": _person_titles,
    "linkedinIds": lambda values, _: lambda person: person.linkedin_id in values,
    "linkedinUrls": _person_urls,
    "seniorities": lambda values, _: lambda p: p.current[0].title.seniority in values,
    "roles": _person_roles,
    "locations": _person_place,
    "containsWorkEmails": _work_emails,
    "updatedAt": _updated,
    "newHireFrom": _new_in_company,
    "newPromotionFrom": _new_in_title,
}

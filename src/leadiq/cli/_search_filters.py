"""The filters of the searches as options, and as the input that LeadIQ takes."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cyclopts import Parameter

from .._core.errors import InputError
from .._engine import filters as engine
from .._engine import forms
from .._engine.inputs import built
from .._ground.json import mapping
from ..locations import cities, countries, states
from ._problems import Problem, cause_of, shown
from ._words import Words, choices, formed, given, moment
from ._words import size as size_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..types import FlatSearchInput, GroupedSearchInput, LocationFilterInput

I = TypeVar("I", "FlatSearchInput", "GroupedSearchInput")  # noqa: E741 - an input

#: What says which page, and the options for it.
_PAGING = {"skip": "--resume", "limit": "--limit", "after": "--resume"}
_NOBODY = (
    "no filter says what to find, and each page costs credits: give one, or --all if everything "
    "is meant"
)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Filters:
    """Whom to find. An option may be given several times; which of them fit is LeadIQ's word.

    Attributes:
        title: Job title.
        seniority: Level of seniority, such as vp or director.
        function: Job function (LeadIQ's role).
        name: Name of the person.
        linkedin_url: LinkedIn profile of the person.
        country: Country of the person.
        state: State or region of the person.
        city: City of the person.
        work_email: Only people with a work e-mail of this quality: verified, verified-likely.
        hired_since: Only people who joined their company since this day.
        promoted_since: Only people who were promoted since this day.
        updated_since: Only people whose record was updated since this day.
        company: Name of the company.
        company_domain: Web domain of the company.
        company_id: LeadIQ id of the company, MergedCompany-...
        industry: Industry of the company.
        size: Employees of the company, such as 50-200 or 1000+.
        technology: Technology that the company uses.
        company_country: Country of the company.
        company_state: State or region of the company.
        company_city: City of the company.
        not_title: Job title to leave out.
        not_company_domain: Web domain of a company to leave out.
        filter: The whole input of the API as JSON, or @file with it, instead of other filters.
    """

    title: Words = None
    seniority: Words = None
    function: Words = None
    name: Words = None
    linkedin_url: Words = None
    country: Words = None
    state: Words = None
    city: Words = None
    work_email: Words = None
    hired_since: str | None = None
    promoted_since: str | None = None
    updated_since: str | None = None
    company: Words = None
    company_domain: Words = None
    company_id: Words = None
    industry: Words = None
    size: Words = None
    technology: Words = None
    company_country: Words = None
    company_state: Words = None
    company_city: Words = None
    not_title: Words = None
    not_company_domain: Words = None
    filter: str | None = None

    def search(self, kind: type[I], more: Mapping[str, Any], *, everyone: bool) -> I:
        """Return the input of a search.

        Args:
            kind: the input.
            more: members beside the filters, by their names in the contract; None is left out.
            everyone: that a search without any filter is meant.

        Raises:
            Problem: or InputError, for what cannot be meant; nothing was sent.
        """
        if self.filter is None:
            asked = built(kind, {**self._members(), **more})
        else:
            asked = self._whole(kind, more)
        engine.check_search(asked, everyone=True)
        try:
            engine.check_search(asked)
        except InputError:
            if not everyone:
                raise Problem(_NOBODY) from None
        return asked

    def _whole(self, kind: type[I], more: Mapping[str, Any]) -> I:
        others = [field.name for field in fields(self) if getattr(self, field.name) is not None]
        if named := [name for name in others if name != "filter"]:
            raise Problem(f"--filter says it all: put {_option(named[0])} into it, or leave it out")
        members = _object(self.filter or "")
        for name, option in _PAGING.items():
            if name in members:
                raise Problem(f"--filter: {name} is no filter; leave it out and use {option}")
        try:
            asked = built(kind, members)
        except InputError as error:
            raise Problem(f"--filter: {error}") from None
        for name, value in more.items():
            if value is not None and getattr(asked, name) is not None:
                raise Problem(f"--filter has {name}, and an option says it too: give one of them")
        return asked.model_copy(update={k: v for k, v in more.items() if v is not None})

    def _members(self) -> dict[str, Any]:
        members = {
            "contact_filter": self._contacts(),
            "company_filter": self._companies(),
            "contact_excluded_filter": {"titles": given("--not-title", self.not_title)},
            "company_excluded_filter": {
                "domains": formed("--not-company-domain", self.not_company_domain, forms.domain)
            },
        }
        parts = {
            name: {k: v for k, v in part.items() if v is not None} for name, part in members.items()
        }
        return {name: part or None for name, part in parts.items()}

    def _contacts(self) -> dict[str, Any]:
        from ..types import AdvancedSearchEmailVerificationStatusType, DateRangeFilter, Seniority

        updated = moment("--updated-since", self.updated_since)
        return {
            "titles": given("--title", self.title),
            "seniorities": choices("--seniority", self.seniority, Seniority),
            "roles": given("--function", self.function),
            "names": given("--name", self.name),
            "linkedin_urls": formed("--linkedin-url", self.linkedin_url, forms.linkedin),
            "locations": _places("--", self.country, self.state, self.city),
            "contains_work_emails": choices(
                "--work-email", self.work_email, AdvancedSearchEmailVerificationStatusType
            ),
            "new_hire_from": moment("--hired-since", self.hired_since),
            "new_promotion_from": moment("--promoted-since", self.promoted_since),
            "updated_at": updated and DateRangeFilter.model_validate({"start": updated}),
        }

    def _companies(self) -> dict[str, Any]:
        places = (self.company_country, self.company_state, self.company_city)
        return {
            "names": given("--company", self.company),
            "domains": formed("--company-domain", self.company_domain, forms.domain),
            "ids": formed("--company-id", self.company_id, forms.company_id),
            "industries": given("--industry", self.industry),
            "sizes": [size_of("--size", word) for word in self.size or ()] or None,
            "technologies": given("--technology", self.technology),
            "locations": _places("--company-", *places),
        }


def _places(
    prefix: str,
    country: Sequence[str] | None,
    state: Sequence[str] | None,
    city: Sequence[str] | None,
) -> list[LocationFilterInput] | None:
    """Return places: several of the narrowest kind, within one of each wider kind."""
    options = (f"{prefix}country", f"{prefix}state", f"{prefix}city")
    in_country, in_state, in_city = map(given, options, (country, state, city))
    if in_city:
        state_, country_ = _one(options[1], in_state), _one(options[0], in_country)
        return cities(*in_city, state=state_, country=country_)
    if in_state:
        return states(*in_state, country=_one(options[0], in_country))
    return countries(*in_country) if in_country else None


def _one(option: str, words: Sequence[str] | None) -> str | None:
    if words and len(words) > 1:
        raise Problem(f"{option} says several times where one place is: use --filter for such")
    return words[0] if words else None


def _object(text: str) -> dict[str, Any]:
    """Return the JSON object that stands in a text, or in the file that it names."""
    if text.startswith("@"):
        try:
            text = Path(text[1:]).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise Problem(f"--filter: cannot read {shown(text[1:])}: {cause_of(error)}") from None
    try:
        found = json.loads(text)
    except ValueError as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Problem(f"--filter is no JSON{where}: give an object, or @file") from None
    if not isinstance(found, dict):
        raise Problem("--filter has to be a JSON object, such as an input of the API")
    return mapping(found)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"

"""Who is this, and what is this company: one record at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from .. import _engine as engine
from .._generated.client import GeneratedClient
from .._ground.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from .._conduct.options import CallOptions
    from .._core.pricing import Unlock
    from .._ground.scalars import ZonedDateTime
    from .._ground.unset import UnsetType
    from ..types import (
        CompanySearchResult,
        CompanyTrendsResult,
        MatchingServiceInput,
        MatchingServiceResponse,
        PersonRecord,
        SearchCompanyInput,
        SearchPeopleInput,
        SearchPeoplePreviewInput,
        SearchPeoplePreviewResult,
        SearchResult,
    )


class Lookups(GeneratedClient):
    """Who is this, and what is this company: one record at a time.

    Each lookup takes an input of the contract, which is sent as it is, or keywords, which are
    brought into their canonical form: `Ada@Example.com ` is `ada@example.com`. A keyword that is
    None or blank counts as left out.
    """

    @overload
    async def search_people(
        self,
        input: SearchPeopleInput,
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> SearchResult: ...

    @overload
    async def search_people(
        self,
        *,
        id: str | None = None,
        linkedin_url: str | None = None,
        linkedin_id: str | None = None,
        email: str | None = None,
        hashed_email: str | None = None,
        phone: str | None = None,
        name: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        company: str | None = None,
        domain: str | None = None,
        limit: int | None = None,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> SearchResult: ...

    async def search_people(
        self,
        input: SearchPeopleInput | None = None,  # noqa: A002 - the contract's name for it
        *,
        id: str | None = None,  # noqa: A002 - as above
        linkedin_url: str | None = None,
        linkedin_id: str | None = None,
        email: str | None = None,
        hashed_email: str | None = None,
        phone: str | None = None,
        name: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        company: str | None = None,
        domain: str | None = None,
        limit: int | None = None,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> SearchResult:
        """Find a person by one identifier, or by name and company.

            await leadiq.search_people(email="ada@example.com", unlock={Unlock.WORK_EMAIL})
            await leadiq.search_people(name="Ada Example", domain="example.com")

        Price, by what is unlocked [guide]: profile data 0.1 credits a person found, an e-mail 1, a
        phone 10, company information 3 for each company; larger unlocks take the place of the
        profile fee. What is not found is not charged. Repeatable.

        Args:
            input: whom to find, with every member that the contract has; instead of keywords.
            id: LeadIQ id, `PersonID-<uuid>`.
            linkedin_url: LinkedIn profile, in any spelling.
            linkedin_id: LinkedIn's identifier of the person.
            email: work or personal address, sent in clear.
            hashed_email: SHA-256 of the address, as `hash_email()` gives it.
            phone: phone number, with its country's prefix.
            name: the whole name; give `company` or `domain` with it.
            first_name: with `last_name`, in place of `name`.
            last_name: with `first_name`, in place of `name`.
            company: name of the person's company; not sent when `domain` is given.
            domain: web domain of the person's company.
            limit: how many persons at most, each of whom is charged. Default with keywords: 1;
                `total_results` tells how many there are.
            unlock: what to pay for beyond the cheapest tier.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: nobody is identified, or by halves, or twice; nothing was sent.
        """
        words = {
            "id": id,
            "linkedin_url": linkedin_url,
            "linkedin_id": linkedin_id,
            "email": email,
            "hashed_email": hashed_email,
            "phone": phone,
            "name": name,
            "first_name": first_name,
            "last_name": last_name,
            "company": company,
            "domain": domain,
        }
        asked = engine.lookups.person(input, words, limit=limit)
        return await super().search_people(asked, unlock=unlock, **options)

    async def get_person(
        self,
        id: str,  # noqa: A002 - the contract's name for it
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> PersonRecord | None:
        """Look one person up by id, through `searchPeople`, at its price.

        Args:
            id: LeadIQ id, `PersonID-<uuid>`.
            unlock: what to pay for beyond the cheapest tier.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Returns:
            The person, or None when LeadIQ knows nobody of that id.

        Raises:
            InputError: it is no such id; nothing was sent.
        """
        found = await self.search_people(id=id, unlock=unlock, **options)
        return found.results[0] if found.results else None

    @overload
    async def search_people_preview(
        self,
        input: SearchPeoplePreviewInput,
        **options: Unpack[CallOptions],
    ) -> SearchPeoplePreviewResult: ...

    @overload
    async def search_people_preview(
        self,
        *,
        linkedin_url: str | None = None,
        email: str | None = None,
        name: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        company: str | None = None,
        domain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> SearchPeoplePreviewResult: ...

    async def search_people_preview(
        self,
        input: SearchPeoplePreviewInput | None = None,  # noqa: A002 - the contract's name for it
        *,
        linkedin_url: str | None = None,
        email: str | None = None,
        name: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        company: str | None = None,
        domain: str | None = None,
        **options: Unpack[CallOptions],
    ) -> SearchPeoplePreviewResult:
        """Tell whether an e-mail or a phone of a person can likely be had, without unlocking it.

        Free [live]; it counts against the rate limit like any request. Repeatable.

        Args:
            input: whom to look for, instead of keywords.
            linkedin_url: LinkedIn profile, in any spelling.
            email: address of the person, sent in clear.
            name: the whole name; give `company` or `domain` with it.
            first_name: with `last_name`, in place of `name`.
            last_name: with `first_name`, in place of `name`.
            company: name of the person's company; not sent when `domain` is given.
            domain: web domain of the person's company.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: nobody is identified, or by halves, or twice; nothing was sent.
        """
        words = {
            "linkedin_url": linkedin_url,
            "email": email,
            "name": name,
            "first_name": first_name,
            "last_name": last_name,
            "company": company,
            "domain": domain,
        }
        return await super().search_people_preview(engine.lookups.preview(input, words), **options)

    @overload
    async def match_profile(
        self,
        input: MatchingServiceInput,
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> MatchingServiceResponse: ...

    @overload
    async def match_profile(
        self,
        *,
        email: str | None = None,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> MatchingServiceResponse: ...

    async def match_profile(
        self,
        input: MatchingServiceInput | None = None,  # noqa: A002 - the contract's name for it
        *,
        email: str | None = None,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> MatchingServiceResponse:
        """Match an e-mail address to people, each with a confidence.

        Price: not published; count e-mails and phones as billed. Repeatable.

        Args:
            input: the address, instead of the keyword.
            email: the address, sent in clear; `search_people` takes a hash instead.
            unlock: what to pay for beyond the cheapest tier.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: there is no address; nothing was sent.
        """
        asked = engine.lookups.match(input, email)
        return await super().match_profile(asked, unlock=unlock, **options)

    @overload
    async def search_company(
        self,
        input: SearchCompanyInput,
        *,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> CompanySearchResult: ...

    @overload
    async def search_company(
        self,
        *,
        id: str | None = None,
        name: str | None = None,
        domain: str | None = None,
        linkedin_url: str | None = None,
        linkedin_id: str | None = None,
        strict: bool | None = None,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> CompanySearchResult: ...

    async def search_company(
        self,
        input: SearchCompanyInput | None = None,  # noqa: A002 - the contract's name for it
        *,
        id: str | None = None,  # noqa: A002 - as above
        name: str | None = None,
        domain: str | None = None,
        linkedin_url: str | None = None,
        linkedin_id: str | None = None,
        strict: bool | None = None,
        unlock: Iterable[Unlock] = (),
        **options: Unpack[CallOptions],
    ) -> CompanySearchResult:
        """Find companies by what identifies them.

            await leadiq.search_company(domain="example.com", unlock={Unlock.COMPANY})

        Price: id and name alone 0.1 credits a company found [samples]; with `Unlock.COMPANY` 3
        [guide]. Repeatable, but company information may be charged again.

        Args:
            input: which company to find, instead of keywords.
            id: LeadIQ id, `MergedCompany-<24 hex digits>`; alone.
            name: name of the company.
            domain: web domain, or an address with it.
            linkedin_url: the company's page on LinkedIn.
            linkedin_id: LinkedIn's identifier of the company.
            strict: require that everything given here fits the company. Default: false [live].
            unlock: `COMPANY`, to pay for everything that is known.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: no company is identified; nothing was sent.
        """
        words = {
            "id": id,
            "name": name,
            "domain": domain,
            "linkedin_url": linkedin_url,
            "linkedin_id": linkedin_id,
        }
        asked = engine.lookups.company(input, words, strict=strict)
        return await super().search_company(asked, unlock=unlock, **options)

    async def search_company_trends(
        self,
        input: SearchCompanyInput,  # noqa: A002 - the contract's name for it
        from_: ZonedDateTime | UnsetType | None = UNSET,
        to: ZonedDateTime | UnsetType | None = UNSET,
        **options: Unpack[CallOptions],
    ) -> CompanyTrendsResult:
        """Read how a company's staff has changed; at the price of company information.

        Args:
            input: which company to find.
            from_: begin of the trend, with a zone.
            to: end of the trend, with a zone.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: no company is identified, a time has no zone, or the trend ends before it
                begins; nothing was sent.
        """
        asked = engine.lookups.company(input, {})
        engine.inputs.check_span(from_=from_, to=to)
        return await super().search_company_trends(asked, from_, to, **options)

    @staticmethod
    def hash_email(address: str) -> str:
        """Give the SHA-256 of an address, for `hashed_email`: the address itself is not sent [ref].

        It is taken of the address in lower case, with the domain in ASCII; which form LeadIQ hashes
        is not published, and lower case is the usual choice.

        Raises:
            InputError: it is no address.
        """
        return engine.lookups.hash_email(address)

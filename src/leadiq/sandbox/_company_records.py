"""Companies as the contract writes them: CompanyInfo of the look-ups, Company of the searches."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from leadiq.sandbox._dates import Calendar, stamp
from leadiq.sandbox._draw import Draw
from leadiq.sandbox._places import CITIES
from leadiq.sandbox._trades import INDUSTRIES, TITLES, Code, Technology

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadiq.sandbox._values import Company, Funding
    from leadiq.sandbox._world import World

_BILLION = 10**9
_REVENUE_STEPS = (0, 10**6, 10**7, 5 * 10**7, 10**8, 5 * 10**8, _BILLION, 10 * _BILLION)
_EMPLOYEE_STEPS = (1, 11, 51, 201, 501, 1001, 5001, 10_001)
_TREND_MONTHS = 12
_FUNCTIONS = tuple(dict.fromkeys(title.function for title in TITLES))

Record = dict[str, Any]
T = TypeVar("T")


class CompanyRecords:
    """Writes the companies of a world."""

    def __init__(self, world: World, calendar: Calendar) -> None:
        self._world = world
        self._calendar = calendar

    def info(self, index: int) -> Record:
        """Return a `CompanyInfo`."""
        company = self._world.company(index)
        city = CITIES[company.city]
        industry = INDUSTRIES[company.industry]
        return {
            "id": company.id,
            "source": company.id,
            "name": company.name,
            "alternativeNames": [f"{company.name} {company.legal_form}"],
            "domain": company.domain,
            "description": _description(company),
            "emailDomains": list(company.email_domains),
            "type": company.type,
            "phones": [company.phone],
            "country": city.country,
            "address": _address(company),
            "locationInfo": _location(company),
            "logoUrl": f"https://images.example.com/{company.slug}.png",
            "linkedinId": company.linkedin_id,
            "linkedinUrl": f"https://www.linkedin.com/company/{company.slug}",
            "numberOfEmployees": company.employees,
            "industry": industry.name,
            "specialities": sorted({tech.parent for tech in company.technologies}),
            "fundingInfo": self._funding(company.funding),
            "technologies": [_technology(tech) for tech in company.technologies],
            "revenue": company.revenue,
            "revenueRange": _revenue_range(company.revenue),
            "predictedRevenue": _revenue_range(company.revenue),
            "sicCode": _code(industry.sic),
            "secondarySicCodes": [],
            "naicsCode": _code(industry.naics),
            "employeeRange": _employee_range(company.employees),
            "crunchbaseUrl": f"https://www.crunchbase.com/organization/{company.slug}-sandbox",
            "facebookUrl": None,
            "twitterUrl": f"https://twitter.com/{company.slug.replace('-', '_')}_sandbox",
            "foundedYear": company.founded,
            "companyHierarchy": self._hierarchy(company),
            "updatedDate": self._calendar.zoned(company.updated),
            "businessTypes": {"types": [{"value": kind} for kind in company.business_types]},
            "functionTrends": self._trends_of(company),
            "isExcluded": False,
        }

    def search(self, index: int) -> Record:
        """Return a `Company` of an advanced search."""
        company = self._world.company(index)
        city = CITIES[company.city]
        industry = INDUSTRIES[company.industry]
        return {
            "id": company.id,
            "name": company.name,
            "industry": industry.name,
            "description": _description(company),
            "linkedinId": company.linkedin_id,
            "domain": company.domain,
            "employeeCount": company.employees,
            "city": city.city,
            "country": city.country,
            "countryCode2": city.code2,
            "countryCode3": city.code3,
            "state": city.area,
            "postalCode": company.postal_code,
            "score": None,
            "companyTechnologies": [tech.name for tech in company.technologies],
            "companyTechnologyCategories": sorted({tech.category for tech in company.technologies}),
            "revenueRange": _revenue_range(company.revenue),
            "fundingInfo": self._funding(company.funding),
            "naicsCode": _code(industry.naics),
            "sicCode": _code(industry.sic),
        }

    def _funding(self, funding: Funding | None) -> Record | None:
        if funding is None:
            return None
        return {
            "fundingRounds": str(funding.rounds),
            "fundingTotalUsd": funding.total,
            "lastFundingOn": self._calendar.zoned(funding.last_on),
            "lastFundingType": funding.last_type,
            "lastFundingUsd": funding.last,
        }

    def _hierarchy(self, company: Company) -> Record:
        parent = self._world.company(company.parent) if company.parent is not None else None
        node = {"id": parent.id, "name": parent.name} if parent else None
        return {"isUltimate": parent is None, "parent": node, "ultimateParent": node}

    def _trends_of(self, company: Company) -> Callable[..., list[Record]]:
        def resolve(_info: object, **span: str | None) -> list[Record]:
            return self._trends(company, _moment(span.get("from")), _moment(span.get("to")))

        return resolve

    def _trends(
        self, company: Company, since: datetime | None, until: datetime | None
    ) -> list[Record]:
        """Return monthly head counts by function of the last year, latest last."""
        months: list[Record] = []
        for back in range(_TREND_MONTHS * 30, 0, -30):
            day = self._calendar.day(back)
            if (since is None or day >= since) and (until is None or day <= until):
                months.append({"time": stamp(day), "buckets": _buckets(company, back)})
        return months


def later(make: Callable[[], T]) -> Callable[..., T]:
    """Return a value that GraphQL asks for only where it is selected."""

    def resolve(_info: object) -> T:
        return make()

    return resolve


def _moment(text: str | None) -> datetime | None:
    """Return the moment of a ZonedDateTime, which the scalar has checked."""
    if text is None:
        return None
    return datetime.fromisoformat(text)


def _buckets(company: Company, back: int) -> list[Record]:
    draw = Draw(company.index, "trend", back)
    share = max(1, (company.employees or 1) // len(_FUNCTIONS))
    return [{"bucket": name, "count": draw.below(share * 2)} for name in _FUNCTIONS]


def _address(company: Company) -> str:
    city = CITIES[company.city]
    return f"{company.street}, {city.city}, {city.area} {company.postal_code}, {city.country}"


def _location(company: Company) -> Record:
    city = CITIES[company.city]
    return {
        "formattedAddress": _address(company),
        "street1": company.street,
        "street2": None,
        "city": city.city,
        "areaLevel1": city.area,
        "country": city.country,
        "countryCode2": city.code2,
        "countryCode3": city.code3,
        "postalCode": company.postal_code,
    }


def _description(company: Company) -> str | None:
    if not company.has_description:
        return None
    industry = INDUSTRIES[company.industry].name.lower()
    city = CITIES[company.city].city
    return f"{company.name} is a synthetic company of {city} in {industry}."


def _technology(tech: Technology) -> Record:
    return {
        "name": tech.name,
        "category": tech.category,
        "parentCategory": tech.parent,
        "attributes": [],
        "categories": [tech.category, tech.parent],
    }


def _code(code: Code) -> Record:
    return {"code": code.code, "description": code.description}


def _revenue_range(revenue: int | None) -> Record | None:
    if revenue is None:
        return None
    start = max(step for step in _REVENUE_STEPS if step <= revenue)
    end = next((step for step in _REVENUE_STEPS if step > revenue), None)
    text = f"{start} - {end} USD" if end else f"over {start} USD"
    return {"start": start, "end": end, "description": text}


def _employee_range(employees: int | None) -> str | None:
    if employees is None:
        return None
    start = max(step for step in _EMPLOYEE_STEPS if step <= employees)
    end = next((step - 1 for step in _EMPLOYEE_STEPS if step > employees), None)
    return f"{start}-{end}" if end else f"{start}+"

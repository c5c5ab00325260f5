"""What an answer was charged for, by what came back. Pure.

LeadIQ tells no price with an answer, and the account counts whole credits only. So this is the
sum of the data points that were asked for and found: larger ones replace the profile fee, each
current company is charged for, and what was not found or is suppressed is free [guide].
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from .._core.pricing import DataPoint, Prices, Unlock

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Protocol

    from ..types import CompanyInfo, PersonRecord

    class _Contact(Protocol):
        @property
        def status(self) -> str: ...
        @property
        def value(self) -> str: ...


_NOT_COMPANY_INFORMATION: Final = {"id", "name", "source"}
"""What of a company belongs to the profile [samples]."""


def charge(
    person: PersonRecord,
    unlock: Collection[Unlock],
    prices: Prices = Prices(),  # noqa: B008 - an immutable tuple
) -> Decimal:
    """Tell what one person's data costs in universal credits, if it was never unlocked before.

    Args:
        person: what came back.
        unlock: what was asked for beyond the cheapest tier.
        prices: the account's price list.
    """
    return sum(amounts(person, unlock, prices).values(), Decimal(0))


def amounts(
    person: PersonRecord, unlock: Collection[Unlock], prices: Prices
) -> dict[DataPoint, Decimal]:
    """Tell what each data point of one person costs, where none was unlocked before.

    A larger one replaces the profile fee, so the profile is in it only where it came alone.
    """
    found = unlocked(person, unlock) - {DataPoint.PROFILE} or {DataPoint.PROFILE}
    tariff: Mapping[str, Decimal] = prices._asdict()
    many = {DataPoint.COMPANY: len(_companies(person))}
    return {point: tariff[point] * many.get(point, 1) for point in sorted(found)}


def unlocked(person: PersonRecord, unlock: Collection[Unlock]) -> frozenset[DataPoint]:
    """Tell which of the data points that were asked for came back; the profile always does."""
    contacts = {point.data_point for point in unlock if _came_back(person, point)}
    company = Unlock.COMPANY in unlock and bool(_companies(person))
    return frozenset({DataPoint.PROFILE, *contacts, *([DataPoint.COMPANY] if company else ())})


def _companies(person: PersonRecord) -> set[str]:
    """The current companies of which more than identity came back."""
    return {
        job.company_info.id or job.company_id or ""
        for job in person.current_positions
        if job.company_info and _is_informed(job.company_info)
    }


def _is_informed(company: CompanyInfo) -> bool:
    filled = company.model_dump(exclude_none=True, exclude=_NOT_COMPANY_INFORMATION)
    return any(value not in ("", [], {}) for value in filled.values())


def _came_back(person: PersonRecord, point: Unlock) -> bool:
    return any(
        contact is not None and contact.value and not contact.status.startswith("Suppressed")
        for contact in _contacts(person, point)
    )


def _contacts(person: PersonRecord, point: Unlock) -> Iterable[_Contact | None]:
    jobs = person.current_positions
    match point:
        case Unlock.WORK_EMAIL:
            return (mail for job in jobs for mail in (*(job.emails or ()), job.work_email))
        case Unlock.PERSONAL_EMAIL:
            return person.personal_emails or ()
        case Unlock.WORK_PHONE:
            return (phone for job in jobs for phone in job.phones or ())
        case Unlock.PERSONAL_PHONE:
            return person.personal_phones or ()
        case _:
            return ()

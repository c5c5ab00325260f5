"""What was charged: by the account's own counter, and by adding up what came back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from .._core.errors import AuthenticationError, ConfigurationError, LeadIQError, TransportError
from .._core.pricing import DataPoint, Prices, Unlock
from ._problems import Problem, RefusedKey, Trouble

if TYPE_CHECKING:
    from collections.abc import Collection

    from .._client.client import LeadIQ
    from ..types import PersonRecord

_PUBLISHED: Final = Prices()


async def credits_used(leadiq: LeadIQ) -> int | None:
    """Return the account's counter of used credits, in whole credits; None if it shows none.

    Reading it is free [guide]. As the first request of a command it also finds out whether the
    key and the server are good: raises `Problem` when they aren't.
    """
    try:
        account = await leadiq.account()
    except AuthenticationError as error:
        raise RefusedKey(f"LeadIQ refused the key: {error}") from None
    except ConfigurationError as error:
        raise Problem(str(error)) from None
    except TransportError as error:
        raise Trouble(f"LeadIQ can't be reached: {error}") from None
    except LeadIQError:  # an account that may not be read says nothing about lookups
        return None
    plan = account and account.universal_plan
    return plan.used if plan else None


def estimate(person: PersonRecord, unlock: Collection[Unlock]) -> Decimal:
    """Return what one person's data costs at the published prices [guide], if never unlocked.

    Larger data points replace the profile fee; each current company is charged for; a
    suppressed value is taken for none.
    """
    found = {point.data_point for point in unlock if _came_back(person, point)}
    contact = sum((price for point, price in _CONTACT_PRICES.items() if point in found), Decimal(0))
    companies = {job.company_id for job in person.current_positions if job.company_info}
    company = _PUBLISHED.company * len(companies) if Unlock.COMPANY in unlock else Decimal(0)
    return contact + company or _PUBLISHED.profile


_CONTACT_PRICES: Final = {
    DataPoint.EMAIL: _PUBLISHED.email,
    DataPoint.PHONE: _PUBLISHED.phone,
}


def _came_back(person: PersonRecord, point: Unlock) -> bool:
    jobs = person.current_positions
    contacts = {
        Unlock.WORK_EMAIL: (mail for job in jobs for mail in (*(job.emails or ()), job.work_email)),
        Unlock.PERSONAL_EMAIL: person.personal_emails or (),
        Unlock.WORK_PHONE: (phone for job in jobs for phone in job.phones or ()),
        Unlock.PERSONAL_PHONE: person.personal_phones or (),
    }
    return any(contact and contact.value for contact in contacts.get(point, ()))

"""What everyone picks out of a person's record: the best address, the direct phones, the main job.

    match best_work_email(person):
        case Suppressed():
            ...  # the person or an admin opted out: nobody may look for it elsewhere
        case None:
            ...  # LeadIQ has none, or it was not unlocked
        case email:
            send(email.value, verified=email.status == "Verified")

`Suppressed` is a value of its own, and a type checker makes the caller see it. What is known to be
wrong (`Invalid`) is never given. A status that this version of the SDK does not know ranks below
every one that it knows; `status.is_known` tells.

Everything here is pure, and costs nothing: it reads what a lookup has unlocked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .types import (
        PersonalEmailRecordType,
        PersonalPhoneRecordType,
        PersonRecord,
        PositionRecord,
        WorkEmailRecordType,
        WorkPhoneRecordType,
    )

    Phone: TypeAlias = WorkPhoneRecordType | PersonalPhoneRecordType

__all__ = [
    "Suppressed",
    "best_personal_email",
    "best_work_email",
    "current_position",
    "current_positions",
    "direct_phones",
]

#: Best first. Anything else but these, `Invalid` and what is suppressed ranks behind them.
_EMAILS: Final = ("Verified", "VerifiedLikely", "Unverified")
#: Of these statuses only `LikelyAccurate` is current; older records have others.
_PHONES: Final = ("Verified", "LikelyAccurate", "Unverified", "None")
_WRONG: Final = "Invalid"
#: They reach a switchboard, or a machine.
_INDIRECT: Final = frozenset({"WorkHQ", "WorkBranch", "Fax"})


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Contact data that exists and is withheld: the person or an admin opted out.

    It is not missing data: never look for it elsewhere.
    """

    reason: str = "Suppressed"
    """LeadIQ's word for it, such as `SuppressedByAdminPrivacy`."""


class _Contact(Protocol):
    @property
    def status(self) -> str: ...


C = TypeVar("C", bound=_Contact)


def best_work_email(person: PersonRecord) -> WorkEmailRecordType | Suppressed | None:
    """Give the best work address of the current positions, the best verified first.

    Returns:
        An address that may be used; `Suppressed` when there is none but a withheld one; None when
        LeadIQ has none, or `Unlock.WORK_EMAIL` was not asked for.
    """
    jobs = current_positions(person)
    chosen = [job.work_email for job in jobs if job.work_email]
    found = _usable([*chosen, *(email for job in jobs for email in job.emails or ())], _EMAILS)
    return _first(found)


def best_personal_email(person: PersonRecord) -> PersonalEmailRecordType | Suppressed | None:
    """Give the best personal address, the best verified first.

    Returns:
        An address that may be used; `Suppressed` when there is none but a withheld one; None when
        LeadIQ has none, or `Unlock.PERSONAL_EMAIL` was not asked for.
    """
    return _first(_usable(person.personal_emails or (), _EMAILS))


def direct_phones(person: PersonRecord) -> Sequence[Phone] | Suppressed:
    """Give the phones that reach the person, the best verified first, work before personal ones.

    Phones of headquarters and branches and faxes are left out: they are in `current_positions`.

    Returns:
        Numbers that may be used, of what was unlocked; `Suppressed` when there are none but
        withheld ones.
    """
    work = [phone for job in current_positions(person) for phone in job.phones or ()]
    phones: list[Phone] = [*work, *(person.personal_phones or ())]
    return _usable([phone for phone in phones if phone.type_ not in _INDIRECT], _PHONES)


def current_positions(person: PersonRecord) -> list[PositionRecord]:
    """Give the positions that the person holds, the one that the search asked for first.

    The others are in LeadIQ's order.
    """
    return sorted(person.current_positions, key=lambda job: not job.matched_query)


def current_position(person: PersonRecord) -> PositionRecord | None:
    """Give the position that the search asked for, else the first; None when there is none."""
    return next(iter(current_positions(person)), None)


def _usable(contacts: Iterable[C], order: Sequence[str]) -> list[C] | Suppressed:
    """Give what may be used, best first; if there is none but suppressed ones, that."""
    usable: list[tuple[int, C]] = []
    withheld: list[str] = []
    for contact in contacts:
        words = _words(contact)
        if suppressed := [word for word in words if word.startswith("Suppressed")]:
            withheld += suppressed
        elif _WRONG not in words:
            ranks = [order.index(word) for word in words if word in order]
            usable.append((min(ranks, default=len(order)), contact))
    if not usable and withheld:
        return Suppressed(str(withheld[0]))
    return [contact for _, contact in sorted(usable, key=lambda ranked: ranked[0])]


def _words(contact: _Contact) -> list[str]:
    """Give everything that is said of a contact: phones have a verification beside their status."""
    return [contact.status, *filter(None, [getattr(contact, "verification_status", None)])]


def _first(found: Sequence[C] | Suppressed) -> C | Suppressed | None:
    return found if isinstance(found, Suppressed) else next(iter(found), None)

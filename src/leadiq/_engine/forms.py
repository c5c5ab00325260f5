"""Values in the form that LeadIQ takes, or an error that names the field. Pure.

No error holds the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypeVar

from .._core.canonical import (
    InvalidLead,
    canonical_domain,
    canonical_email,
    canonical_linkedin,
    canonical_person_id,
)
from .._core.errors import InputError
from .._core.pricing import Unlock

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_COMPANY_ID: Final = re.compile(r"MergedCompany-[0-9a-f]{24}")
_OBJECT_ID: Final = re.compile(r"[0-9a-f]{24}")
_PHONE: Final = re.compile(
    r"\+?[0-9(][0-9()\s./-]*(?:\s*(?:x|ext\.?|#)\s*[0-9]{1,7})?", re.IGNORECASE
)
#: E.164 ends at 15 digits; a company's short number has hardly less than 4.
_DIGITS: Final = range(4, 16)


def refuse(field: str, reason: str) -> InputError:
    """Give the error for a value that is not sent."""
    return InputError(f"{field}: {reason}", sent=False)


def of_kind(value: object, kind: str, field: str) -> None:
    """Refuse what is not of this input type, by the type's name as its module is not loaded."""
    if type(value).__name__ != kind:
        raise refuse(field, f"has to be of type {kind}, not {type(value).__name__}")


def email(value: str, field: str) -> str:
    """Return the address in its canonical form."""
    return _canonical(canonical_email, value, field)


def domain(value: str, field: str) -> str:
    """Return the host of a domain or web address, without `www.`."""
    return _canonical(canonical_domain, value, field)


def linkedin(value: str, field: str) -> str:
    """Return the address of a person's public profile."""
    return _canonical(lambda text: canonical_linkedin(text)[0], value, field)


def person_id(value: str, field: str) -> str:
    """Return `PersonID-<uuid>`."""
    return _canonical(canonical_person_id, value, field)


def company_id(value: str, field: str) -> str:
    """Return the id as it is: `MergedCompany-<24 hex digits>`."""
    return _matching(_COMPANY_ID, value, field, "MergedCompany- and 24 hex digits")


def object_id(value: str, field: str) -> str:
    """Return the id of a list or prospect as it is: 24 hex digits."""
    return _matching(_OBJECT_ID, value, field, "24 hex digits")


def phone(value: str, field: str) -> str:
    """Return the number without blanks around it: 4 to 15 digits, with what people put between."""
    found = _text(value, field)
    number = re.split(r"x|ext|#", found, maxsplit=1, flags=re.IGNORECASE)[0]
    if not _PHONE.fullmatch(found) or sum(map(str.isdigit, number)) not in _DIGITS:
        raise refuse(field, "not a phone number: give one such as +1 555 010 0100")
    return found


def several(values: Iterable[T], field: str) -> list[T]:
    """Return what was given as a list; one text is no list of letters."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise refuse(field, f"has to be a list, not {type(values).__name__}")
    return list(values)


def unlocks(unlock: Iterable[Unlock | str]) -> tuple[Unlock, ...]:
    """Return what is to be unlocked as members; it can be gone through more than once."""
    given = (unlock,) if isinstance(unlock, str) else several(unlock, "unlock")
    try:
        return tuple(map(Unlock, given))
    except ValueError:
        raise refuse("unlock", f"not one of {', '.join(Unlock)}") from None


def words(value: str, field: str) -> str:
    """Return a text as it is; it must say something."""
    _text(value, field)
    return value


def _text(value: str, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refuse(field, "has to be text, and not empty")
    return value.strip()


def _matching(form: re.Pattern[str], value: str, field: str, wanted: str) -> str:
    if not form.fullmatch(_text(value, field)):
        raise refuse(field, f"give {wanted}")
    return value


def _canonical(form: Callable[[str], str], value: str, field: str) -> str:
    try:
        found = form(_text(value, field))
    except InvalidLead as invalid:
        raise refuse(field, invalid.reason) from None
    if not found:
        raise refuse(field, "says nothing")
    return found

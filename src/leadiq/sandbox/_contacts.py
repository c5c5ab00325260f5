"""The addresses and numbers of synthetic people, in realistic proportions.

Every address ends in example.com, example.org or example.net; every number is a fictitious
555-01xx. A suppressed value is empty: it exists, but it is never contact data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadiq.sandbox._draw import Draw
from leadiq.sandbox._text import base36
from leadiq.sandbox._values import EmailAddress, PhoneNumber

if TYPE_CHECKING:
    from leadiq.sandbox._ids import Ids
    from leadiq.sandbox._names import Name

SUPPRESSED = "Suppressed"
# (status or None for "no address", permille)
_WORK = (
    ("Verified", 540),
    ("VerifiedLikely", 150),
    ("Unverified", 110),
    ("Invalid", 40),
    (SUPPRESSED, 20),
    (None, 140),
)
_SECOND = (("Verified", 150), ("Unverified", 250), (None, 600))
_FORMER = (("Invalid", 350), (None, 650))
_PERSONAL = (
    ("Verified", 250),
    ("VerifiedLikely", 60),
    ("Unverified", 100),
    ("Invalid", 20),
    (SUPPRESSED, 20),
    (None, 550),
)
# (status and verification or None for "no number", permille)
_PHONE_STATES = (
    (("Verified", "LikelyAccurate"), 180),
    (("LikelyAccurate", "LikelyAccurate"), 60),
    (("Unverified", "None"), 80),
    (("Invalid", "None"), 15),
    ((SUPPRESSED, "None"), 20),
    (None, 645),
)
_WORK_TYPES = ("WorkPhone", "WorkMobile", "WorkPhone", "WorkBranch")
_PERSONAL_TYPES = ("PersonalMobile", "PersonalMobile", "PersonalPhone", "PersonalLandline")
_PERSONAL_HOSTS = ("example.com", "example.org", "example.net")


class Contacts:
    """Computes addresses and numbers from a person's index."""

    def __init__(self, ids: Ids, seed: int) -> None:
        self._ids = ids
        self._seed = seed

    def work_email(
        self, index: int, place: int, name: tuple[Name, Name], domain: str
    ) -> EmailAddress | None:
        """Return the address of a position: `place` 0 main, 1 second job, 2 and up former.

        The main one is first.last@domain. The others carry the person's base-36 index, because
        names are unique only among the people of one company's block.
        """
        draw = Draw(self._seed, f"email-{place}", index)
        status = draw.weighted((_WORK, _SECOND, _FORMER, _FORMER)[place])
        local = f"{name[0].slug}.{name[1].slug}"
        if place:
            local = f"{local}.{base36(index)}"
        return _address(draw, f"{local}@{domain}", status)

    def personal_email(self, index: int, first: Name, last: Name) -> EmailAddress | None:
        """Return the private address, which carries the person's base-36 index."""
        draw = Draw(self._seed, "email-personal", index)
        status = draw.weighted(_PERSONAL)
        host = draw.pick(_PERSONAL_HOSTS)
        return _address(draw, f"{first.slug}.{last.slug}.{base36(index)}@{host}", status)

    def work_phone(self, index: int) -> PhoneNumber | None:
        """Return the number at work."""
        return self._phone("work", index, _WORK_TYPES)

    def personal_phone(self, index: int) -> PhoneNumber | None:
        """Return the private number."""
        return self._phone("personal", index, _PERSONAL_TYPES)

    def _phone(self, kind: str, index: int, types: tuple[str, ...]) -> PhoneNumber | None:
        draw = Draw(self._seed, f"phone-{kind}", index)
        state = draw.weighted(_PHONE_STATES)
        if state is None:
            return None
        status, verification = state
        value = "" if status == SUPPRESSED else self._ids.phone(kind, index)
        return PhoneNumber(value, draw.pick(types), status, verification, draw.below(500))


def _address(draw: Draw, value: str, status: str | None) -> EmailAddress | None:
    if status is None:
        return None
    return EmailAddress("" if status == SUPPRESSED else value, status, draw.below(400))

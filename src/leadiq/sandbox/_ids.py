"""Identifiers of LeadIQ's shape that carry an index: written from it and read back to it.

Every reader answers None for what no world could have written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from leadiq.sandbox._draw import Cipher, Shuffle

_PERSON = re.compile(r"PersonID-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_COMPANY = re.compile(r"MergedCompany-([0-9a-f]{24})")
_NUMBER = re.compile(r"[1-9][0-9]{0,11}")
_PHONE_PLACES = 80_000
_LINKEDIN_HALF = 18
_KEPT = 4096


class Ids:
    """Writes and reads person ids, company ids, LinkedIn numbers and phone numbers of a seed."""

    def __init__(self, seed: int) -> None:
        self._person = Cipher(seed, "person-id", 60)
        self._company = Cipher(seed, "company-id", 48)
        self.company_id = lru_cache(maxsize=_KEPT)(self._company_id)
        """Return `MergedCompany-<24 hex>` [guide] of an index."""
        self._member = Cipher(seed, "linkedin-member", _LINKEDIN_HALF)
        self._organisation = Cipher(seed, "linkedin-company", _LINKEDIN_HALF)
        self._phones = {
            kind: Shuffle(seed, f"phone-{kind}", _PHONE_PLACES)
            for kind in ("work", "personal", "company")
        }

    def person_id(self, index: int) -> str:
        """Return `PersonID-<uuid>` [guide]; the uuid is a well-formed version 4."""
        bits = self._person.forth(index)
        return f"PersonID-{UUID(int=_version_4(bits >> 60, bits & (1 << 60) - 1))}"

    def person_index(self, text: str) -> int | None:
        """Return the index that `person_id` wrote."""
        found = _PERSON.fullmatch(text.strip())
        if not found:
            return None
        value = int(found[1].replace("-", ""), 16)
        high, low = (value >> 80) << 12 | (value >> 64) & 0xFFF, value & (1 << 60) - 1
        return self._person.back(high << 60 | low) if value == _version_4(high, low) else None

    def _company_id(self, index: int) -> str:
        return f"MergedCompany-{self._company.forth(index):024x}"

    def company_index(self, text: str) -> int | None:
        """Return the index that `company_id` wrote."""
        found = _COMPANY.fullmatch(text.strip())
        return self._company.back(int(found[1], 16)) if found else None

    def member_number(self, index: int) -> str:
        """Return a person's LinkedIn number."""
        return str(10**11 + self._member.forth(index))

    def member_index(self, text: str) -> int | None:
        """Return the index that `member_number` wrote."""
        return _number(self._member, text, 10**11)

    def organisation_number(self, index: int) -> str:
        """Return a company's LinkedIn number."""
        return str(10**6 + self._organisation.forth(index))

    def organisation_index(self, text: str) -> int | None:
        """Return the index that `organisation_number` wrote."""
        return _number(self._organisation, text, 10**6)

    def phone(self, kind: str, index: int) -> str:
        """Return a fictitious number, +1 NXX 555 01xx; every 80,000th index shares it."""
        area, line = divmod(self._phones[kind].forth(index % _PHONE_PLACES), 100)
        return f"+1{area + 200}55501{line:02d}"

    def phone_indexes(self, kind: str, text: str, count: int) -> range:
        """Return the indexes below `count` whose number of `kind` this is, however written."""
        digits = re.sub(r"[^0-9]", "", text)
        digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        if len(digits) != 10 or digits[3:8] != "55501" or digits[0] < "2":
            return range(0)
        place = (int(digits[:3]) - 200) * 100 + int(digits[8:])
        return range(self._phones[kind].back(place), count, _PHONE_PLACES)


def _version_4(high: int, low: int) -> int:
    """Return a UUID of 60 and 60 bits: 48, the version 4, 12; the variant 10, two zeros, 60."""
    return (high >> 12) << 80 | 4 << 76 | (high & 0xFFF) << 64 | 2 << 62 | low


def hex_id(kind: str, *parts: str | int) -> str:
    """Return 24 hex digits, the same for the same kind and parts everywhere."""
    text = "/".join(map(str, (kind, *parts)))
    return blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _number(cipher: Cipher, text: str, base: int) -> int | None:
    if not _NUMBER.fullmatch(text.strip()):
        return None
    scrambled = int(text) - base
    return cipher.back(scrambled) if 0 <= scrambled < 1 << 2 * _LINKEDIN_HALF else None

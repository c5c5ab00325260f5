"""Open enums: a value that LeadIQ adds tomorrow is kept, not refused.

The contract itself asks for it (MobilePhoneStatus: unknown values are to be tolerated), and nine
values were added between two editions of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

# A bound, because values come from a server: beyond it unknown values still work, unshared.
_MAX_UNKNOWN = 4096
_unknown: dict[tuple[type[OpenEnum], str], Any] = {}


class OpenEnum(StrEnum):
    """A string enum that keeps values which this version of the SDK does not know.

    `Seniority("CXO")` gives a member whose value is the raw string and whose `is_known` is False.
    Iterating gives the known members only. Ask `is_known`, not `in`: what `in` says about an
    unknown value differs between Python versions.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if type(value) is not str:
            return None
        seen: Self | None = _unknown.get((cls, value))
        if seen is not None:
            return seen
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        if len(_unknown) >= _MAX_UNKNOWN:
            return member
        # setdefault is atomic: threads that meet a new value together agree on one object
        shared: Self = _unknown.setdefault((cls, value), member)
        return shared

    @property
    def is_known(self) -> bool:
        """False when the server sent a value that is not in this SDK's schema."""
        return type(self).__members__.get(self._name_) is self

"""Synthetic values in place of real ones: the same for the same, and of nobody. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ._patterns import EMAIL, PHONE, PROFILE, pattern_of
from ._personal_fields import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What is an address or a number as a whole stays one, wherever it stands.
_TELLING: Final = ((Kind.EMAIL, EMAIL), (Kind.PHONE, PHONE))


class StandIns:
    """What stands for each value that was met, numbered in the order of meeting.

    Args:
        secrets: forms of the API key.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = tuple(filter(None, secrets))
        self._numbers: dict[Kind, dict[str, int]] = {}
        self._met: dict[tuple[Kind, str], str] = {}

    def of(self, kind: Kind, value: str) -> str:
        """Give what stands for a value; of a name word by word, so that its parts agree."""
        if not value.strip():
            return value
        kind = next((one for one, form in _TELLING if form.fullmatch(value)), kind)
        if kind is Kind.NAME:
            return _WORD.sub(lambda found: self._one(kind, found[0]), value)
        return self._one(kind, value)

    def scrubbed(self, text: str) -> str:
        """Give a text of no personal kind without keys, addresses, profiles and values met."""
        for secret in self._secrets:
            text = text.replace(secret, self.of(Kind.SECRET, secret))
        text = EMAIL.sub(lambda found: self.of(Kind.EMAIL, found[0]), text)
        text = PROFILE.sub(lambda found: self.of(Kind.PROFILE, found[0]), text)
        for (kind, value), stand_in in self._met.items():
            pattern = pattern_of(kind, value)
            text = pattern.sub(stand_in, text) if pattern else text
        return text

    def _one(self, kind: Kind, value: str) -> str:
        numbers = self._numbers.setdefault(kind, {})
        number = numbers.setdefault(_same(kind, value), len(numbers) + 1)
        stand_in = _made(kind, number, value)
        self._met[kind, value] = stand_in
        return stand_in


def _same(kind: Kind, value: str) -> str:
    """Give what forms of one value have in common."""
    folded = value.strip().casefold()
    if kind is Kind.PHONE:
        return re.sub(r"\D", "", folded)[-10:] or folded
    if kind is Kind.PROFILE:
        return folded.partition("?")[0].rstrip("/").rpartition("/")[2]
    return folded


def _made(kind: Kind, number: int, value: str) -> str:
    match kind:
        case Kind.NAME:
            return f"Name{number}"
        case Kind.EMAIL:
            return f"person{number}@example.com"
        case Kind.PHONE:
            return f"+1{200 + number // 100}55501{number % 100:02d}"
        case Kind.PROFILE:
            return _profile(f"person-{number}", value.lower())
        case Kind.NUMBER:
            return str(900_000_000_000 + number)
        case Kind.PERSON:
            return f"PersonID-00000000-0000-4000-8000-{number:012x}"
        case Kind.HASH:
            return f"{number:064x}"
        case Kind.TEXT:
            return f"text {number}"
        case _:
            return f"key-{number}"


def _profile(slug: str, value: str) -> str:
    begin = "https://www." if "://" in value else ""
    if "linkedin.com" in value:
        return f"{begin}linkedin.com/in/{slug}"
    return f"{begin}example.com/{slug}" if "/" in value else slug

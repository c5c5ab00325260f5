"""What looks like somebody's data, whoever it is. Pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from ._personal_fields import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The look-behind keeps the search linear in the length of the text.
EMAIL: Final = re.compile(r"(?<![\w.+'-])[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
PROFILE: Final = re.compile(
    r"linkedin\.com(?:/|%2F)(?:in|pub|sales(?:/|%2F)\w+)(?:/|%2F)[^\s\"'<>/?#,;)]+", re.IGNORECASE
)
# With a plus, or grouped as in North America: bare digits are more often a time or an id.
PHONE: Final = re.compile(
    r"(?<![\w+])\+\d(?:[ ().-]*\d){7,14}(?!\w)"
    r"|(?<![\w.-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])\d{3}[ .-]\d{4}(?![\w-])"
)
# A digit or padding tells a key from the next word of a sentence.
_KEY: Final = re.compile(r"\b(?:basic|bearer)\s+(?=\S*[\d=])[\w+/-]{8,}=*", re.IGNORECASE)
_SHAPES: Final = (
    (Kind.EMAIL, EMAIL),
    (Kind.PROFILE, PROFILE),
    (Kind.PHONE, PHONE),
    (Kind.SECRET, _KEY),
)
_SHORTEST_NAME: Final = 3
_SHORTEST: Final = 5  # a shorter id is anything else as well
_NATIONAL_DIGITS: Final = 10
_FEWEST_DIGITS: Final = 7


class Sighting(NamedTuple):
    """A place in a text where somebody's data is."""

    at: int
    kind: Kind


def sightings(text: str, known: Iterable[tuple[Kind, str]]) -> Iterator[Sighting]:
    """Find what looks like somebody's data, and the values that are known to be.

    Args:
        text: any text.
        known: values to look for, in whatever form they come: in JSON, in a URL, in another case.
    """
    for kind, pattern in _SHAPES:
        yield from (Sighting(found.start(), kind) for found in pattern.finditer(text))
    for kind, value in known:
        form = pattern_of(kind, value.strip())
        if form is not None:
            yield from (Sighting(found.start(), kind) for found in form.finditer(text))


def pattern_of(kind: Kind, value: str) -> re.Pattern[str] | None:
    """Give what finds a value in any of its forms, or None if it is too short to be told."""
    match kind:
        case Kind.PHONE:
            return _number(re.sub(r"\D", "", value)[-_NATIONAL_DIGITS:])
        case Kind.NAME:  # two Latin letters are a word of any language, two of another script not
            return _words(value, 0, _SHORTEST_NAME if value.isascii() else 1)
        case Kind.TEXT:
            return _words(value, 0, _SHORTEST) if " " in value else None
        case Kind.PROFILE:
            return _words(value.rstrip("/").rpartition("/")[2], re.IGNORECASE, _SHORTEST)
        case _:
            return _words(value, re.IGNORECASE, _SHORTEST)


def _words(value: str, flags: int, shortest: int) -> re.Pattern[str] | None:
    if len(value) < shortest:
        return None
    forms = {value, quote(value, safe=""), json.dumps(value)[1:-1]}
    listed = "|".join(map(re.escape, forms))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", flags)


def _number(digits: str) -> re.Pattern[str] | None:
    if len(digits) < _FEWEST_DIGITS:
        return None
    return re.compile(r"[\s().-]*".join(digits) + r"(?!\d)")

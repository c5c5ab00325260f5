"""Folding of names, domains and addresses, so that people may write them as they do.

Pure functions of strings. Folding is deliberately lenient: "JOSÉ", "Jose" and "josé" are one name.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

# Letters that Unicode does not take apart into a base letter and a mark.
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"}
)
_WORDS = re.compile(r"[^\W_]+")
_NOT_SLUG = re.compile(r"[^a-z0-9-]")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def fold(text: str) -> str:
    """Return `text` in lower case without accents, trimmed."""
    lowered = unicodedata.normalize("NFKD", text.strip().casefold())
    bare = "".join(char for char in lowered if not unicodedata.combining(char))
    return bare.translate(_UNDECOMPOSED)


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`; an apostrophe does not part a word."""
    return tuple(_WORDS.findall(fold(text.replace("'", "").replace("\u2019", ""))))


def slug(text: str) -> str:
    """Return the lower-case ASCII letters, digits and hyphens of `text`."""
    return _NOT_SLUG.sub("", fold(text))


def contains_words(text: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether every wanted word is a word of `text` (and at least one is wanted)."""
    return bool(wanted) and all(word in text for word in wanted)


def host(text: str) -> str:
    """Return the bare lower-case host of a domain or URL as people write it.

    "https://www.Northwind.example.com/about" gives "northwind.example.com".
    """
    bare = _SCHEME.sub("", text.strip()).casefold()
    name = re.split(r"[/?#:]", bare, maxsplit=1)[0].rstrip(".")
    return name.removeprefix("www.")


def linkedin_slug(text: str, kind: str) -> str | None:
    """Return the slug of a LinkedIn URL of `kind` ("in" or "company"), or None.

    Takes what people paste: any scheme or none, `www.` or a country in front, a query, a closing
    slash, percent signs, capitals.
    """
    try:
        url = urlsplit("https://" + _SCHEME.sub("", text.strip()))
    except ValueError:  # half an IPv6 address
        return None
    site = host(url.netloc)
    if site != "linkedin.com" and not site.endswith(".linkedin.com"):
        return None
    parts = [unquote(part).casefold() for part in url.path.split("/") if part]
    return parts[1] if len(parts) >= 2 and parts[0] == kind else None


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number: int) -> str:
    """Return a number of zero or more in base 36."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits


def from_base36(text: str) -> int | None:
    """Return the number that `base36` wrote as `text`, or None for any other text."""
    if not text or len(text) > 12 or any(char not in _DIGITS for char in text):
        return None
    number = int(text, 36)
    return number if base36(number) == text else None

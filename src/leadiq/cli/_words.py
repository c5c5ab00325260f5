"""What options say, in the form that LeadIQ takes, or a sentence that names the option. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, TypeVar

from cyclopts import Parameter

from ._problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .._ground.enums import OpenEnum

Words: TypeAlias = Annotated[list[str] | None, Parameter(negative="")]
Switch: TypeAlias = Annotated[bool, Parameter(negative="")]
E = TypeVar("E", bound="OpenEnum")

_SIZE: Final = re.compile(r"([0-9]+)(?:-([0-9]+)|(\+))?")


def given(option: str, words: Sequence[str] | None) -> list[str] | None:
    """Return the words without blanks around them; None if there are none."""
    found = [word.strip() for word in words or ()]
    if not all(found):
        raise Problem(f"{option} is empty: leave it out, or give a value")
    return found or None


def formed(
    option: str, words: Sequence[str] | None, form: Callable[[str, str], str]
) -> list[str] | None:
    """Return the words in a form of `leadiq._engine.forms`. Raises InputError with the option."""
    return [form(word, option) for word in given(option, words) or ()] or None


def choice(option: str, word: str, kind: type[E]) -> E:
    """Return the value of an enum, in whatever case, with hyphens or without."""
    known = {value.casefold(): value for value in kind}
    try:
        return known[word.strip().casefold().replace("-", "")]
    except KeyError:
        raise Problem(f"{option}: choose from {', '.join(sorted(kind))}") from None


def choices(option: str, words: Sequence[str] | None, kind: type[E]) -> list[E] | None:
    """Return the values of an enum; one option may hold several, with commas between them."""
    parts = [part for word in words or () for part in word.split(",")]
    return [choice(option, part, kind) for part in parts] or None


def moment(option: str, word: str | None) -> datetime | None:
    """Return a time with a zone; a day begins at midnight, UTC."""
    if word is None:
        return None
    try:
        if "T" not in word:
            return datetime.combine(date.fromisoformat(word), datetime.min.time(), UTC)
        found = datetime.fromisoformat(word)
    except ValueError:
        raise Problem(f"{option} takes a day, 2026-01-31, or 2026-01-31T12:00:00Z") from None
    if found.tzinfo is None:
        raise Problem(f"{option} has no zone: end it with Z or +01:00")
    return found


def size(option: str, word: str) -> dict[str, int]:
    """Return the members of a range of employee numbers: `50-200`, `1000+`, or one number."""
    found = _SIZE.fullmatch(word.strip())
    if found is None:
        raise Problem(f"{option} takes a range such as 50-200, or 1000+")
    low, high = int(found[1]), int(found[2] or found[1])
    if low > high:
        raise Problem(f"{option} begins above its end: exchange the numbers")
    return {"min": low} if found[3] else {"min": low, "max": high}

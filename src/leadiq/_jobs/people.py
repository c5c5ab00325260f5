"""Who is meant by an identifier: in which replies a person is, and which lookups ask for one. Pure.

A reply is searched as text, not as a model: an identifier counts wherever it stands, also in a
field that this version does not know, or in an error that repeats what was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import from_json

from .._core.canonical import (
    InvalidLead,
    canonical_email,
    canonical_linkedin,
    canonical_person_id,
)
from .._core.errors import InputError
from .._engine.identity import Lead
from .._ground.json import mapping, sequence
from .lookups import question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .._core.pricing import Unlock

_WHAT: Final = "give an e-mail, the address of a LinkedIn profile, or a LeadIQ id"


def _linkedin(text: str) -> str:
    return canonical_linkedin(text)[0]


_NO_EMAIL: Final = r"\s<>()\[\],;:\\\"@/"
_FORMS: Final[tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...]] = (
    ("personid-", re.compile(r"personid-[0-9a-f-]{36}", re.IGNORECASE), canonical_person_id),
    (
        "linkedin.com/",
        re.compile(r"linkedin\.com/(?!company/)[^\s\"<>]{1,1000}", re.IGNORECASE),
        _linkedin,
    ),
    (
        "@",
        re.compile(rf"[^'{_NO_EMAIL}][^{_NO_EMAIL}]{{0,99}}@[^'{_NO_EMAIL}]{{1,253}}"),
        canonical_email,
    ),
)
"""What is in every text with an identifier, what one looks like there, and its canonical form."""


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """What one person is known by, canonically."""

    sure: frozenset[str]
    """What was given, and the LeadIQ ids and LinkedIn profiles that came with it: where one of
    these is, the person is."""
    emails: frozenset[str] = frozenset()
    """Addresses that came with those. Others can share them, so they only say what was asked."""

    @classmethod
    def from_text(cls, text: str) -> Person:
        """Take what somebody gave.

        Raises:
            InputError: it is neither an e-mail, nor a LinkedIn profile, nor a LeadIQ id.
        """
        return cls(frozenset({identifier(text)}))

    def is_in(self, names: frozenset[str]) -> bool:
        """Tell whether a record with these identifiers is this person's."""
        return bool(self.sure & names)

    def met(self, names: frozenset[str]) -> Person:
        """Learn from a record: the same person, with what more the record tells."""
        if not self.is_in(names):
            return self
        emails = frozenset(name for name in names if "@" in name)
        return Person(self.sure | (names - emails), self.emails | emails)

    def questions(self, unlock: frozenset[Unlock]) -> Iterator[bytes]:
        """Give the keys of the lookups that ask for this person."""
        for name in sorted(self.sure | self.emails):
            for lead in _leads(name):
                yield question(lead.to_input(), unlock)


def learned(given: Person, replies: Callable[[], Iterable[list[frozenset[str]]]]) -> Person:
    """Learn what replies tell of a person, until they tell nothing more.

    Args:
        given: what is known of the person.
        replies: gives the identifiers in each record of each reply; it is called more than once.
    """
    person, before = given, None
    while person != before:
        before = person
        for records in replies():
            for names in records:
                person = person.met(names)
    return person


def identifier(text: str) -> str:
    """Spell an identifier canonically.

    Raises:
        InputError: it is neither an e-mail, nor a LinkedIn profile, nor a LeadIQ id.
    """
    if text.strip().lower().startswith("personid-"):
        canonical = canonical_person_id
    else:
        canonical = canonical_email if "@" in text else _linkedin
    try:
        name = canonical(text) if re.search("[@/-]", text) else ""
    except InvalidLead as invalid:
        raise InputError(f"no person: {invalid.reason}", sent=False) from None
    if not name:
        raise InputError(f"no person: {_WHAT}", sent=False)
    return name


def people(reply: bytes) -> list[frozenset[str]]:
    """Give the identifiers in a reply: those of each record together, then all others."""
    try:
        whole = from_json(reply)
    except ValueError:
        return [_identifiers([reply.decode(errors="replace")])]
    roots = mapping(mapping(whole).get("data")).values()
    records = [record for root in roots for record in sequence(mapping(root).get("results", root))]
    rest = {**mapping(whole), "data": None} if isinstance(whole, dict) else whole
    return [_identifiers(_strings(part)) for part in (*records, rest)]


def _leads(name: str) -> Iterator[Lead]:
    if "@" in name:
        yield Lead(email=name)
        yield Lead(hashed_email=sha256(name.encode()).hexdigest())
    elif name.startswith("PersonID-"):
        yield Lead(person_id=name)
    else:
        yield Lead(linkedin_url=name)


def _identifiers(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(name for text in texts for name in _named_in(text))


def _named_in(text: str) -> Iterator[str]:
    lower = text.lower()
    for mark, form, canonical in _FORMS:
        for found in form.findall(text) if mark in lower else ():
            try:
                yield canonical(found)
            except InvalidLead:
                continue


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in mapping(value).values():  # pyright: ignore[reportUnknownArgumentType]
            yield from _strings(member)
    elif isinstance(value, list):
        for member in sequence(value):
            yield from _strings(member)

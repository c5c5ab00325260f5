"""The inputs of the lookups: made of keywords, and checked before they are sent. Pure.

Keywords say one thing about one person or company: how LeadIQ weighs identifiers that disagree is
[unknown], and each one found is charged. An input is sent as it is, if it can find anybody.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar

from .._core.canonical import (
    InvalidLead,
    canonical_company_id,
    canonical_domain,
    canonical_email,
    canonical_words,
)
from .identity import Lead, missing
from .inputs import built, check_count, check_members, check_page, check_text, either, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..types import (
        MatchingServiceInput,
        SearchCompanyInput,
        SearchPeopleInput,
        SearchPeoplePreviewInput,
    )

T = TypeVar("T")

#: What identifies a person by itself, surest first; a name needs a company.
_ONE_OF: Final = ("id", "linkedin_url", "linkedin_id", "email", "hashed_email", "phone")
_NAMES: Final = ("name", "first_name", "last_name", "company", "domain")
_MOST_CONFIDENCE: Final = 100  # [live]
#: What `Lead.from_text` calls the keywords.
_FIELDS: Final = {"id": "person_id", "linkedin_url": "linkedin", "name": "full_name"}
_COMPANY: Final = ("id", "domain", "linkedin_url", "linkedin_id", "name")


def person(
    given: SearchPeopleInput | None, words: Mapping[str, Any], *, limit: int | None = None
) -> SearchPeopleInput:
    """Give what `searchPeople` is sent: an input as it is, or one made of keywords.

    Args:
        given: the input.
        words: identifiers; None is one that was left out.
        limit: how many persons at most; each one found is charged. 1, unless the input says.

    Raises:
        InputError: it identifies nobody, or by halves, or twice; nothing was sent.
    """
    from ..types import SearchPeopleInput

    asked = either(SearchPeopleInput, given, {**words, "limit": limit})
    if asked is None:
        check_page(limit)
        return _lead(words).to_input(limit=limit or 1)
    check_page(asked.limit, asked.skip)
    check_count("min_confidence", asked.min_confidence, 0, _MOST_CONFIDENCE)
    check_members(asked)
    if not _any(asked, *_ONE_OF):
        _require_name(asked, at_company=asked.company is not None)
    return asked


def preview(
    given: SearchPeoplePreviewInput | None, words: Mapping[str, Any]
) -> SearchPeoplePreviewInput:
    """Give what `searchPeoplePreview` is sent: an input as it is, or one made of keywords.

    Raises:
        InputError: it identifies nobody, or by halves, or twice; nothing was sent.
    """
    from ..types import SearchPeoplePreviewInput

    asked = either(SearchPeoplePreviewInput, given, words)
    if asked is None:
        lead = _lead(words)
        return built(SearchPeoplePreviewInput, _previewed(lead))
    check_members(asked)
    if not _any(asked, "linkedin_url", "email"):
        _require_name(asked, at_company=_any(asked, "company_name", "company_domain"))
    return asked


def match(given: MatchingServiceInput | None, email: str | None) -> MatchingServiceInput:
    """Give what `matchProfile` is sent: an input as it is, or one made of an address.

    Raises:
        InputError: there is no address; nothing was sent.
    """
    from ..types import MatchingServiceInput

    words = {"email": email}
    asked = either(MatchingServiceInput, given, words)
    if asked is None:
        address = _canonical(canonical_email, check_text(words).get("email", ""))
        asked = MatchingServiceInput(email=address)
    if not asked.email.strip():
        raise refused("email is missing: give the address of the person")
    return asked


def company(
    given: SearchCompanyInput | None, words: Mapping[str, Any], *, strict: bool | None = None
) -> SearchCompanyInput:
    """Give what `searchCompany` is sent: an input as it is, or one made of keywords.

    Args:
        given: the input.
        words: identifiers; None is one that was left out.
        strict: whether all of them have to fit the company.

    Raises:
        InputError: it names no company, or an id and something else; nothing was sent.
    """
    from ..types import SearchCompanyInput

    asked = either(SearchCompanyInput, given, {**words, "strict": strict})
    if asked is None:
        read = {"id": canonical_company_id, "domain": canonical_domain}
        named = {
            word: _canonical(read[word], text) if word in read else _words(text, word)
            for word, text in check_text(words).items()
        }
        named = {word: text for word, text in named.items() if text}
        if "id" in named and len(named) > 1:
            raise refused(f"id and {min(named.keys() - {'id'})}: the id says it all; give it alone")
        asked = built(SearchCompanyInput, {**named, "strict": strict})
    check_members(asked)
    if not _any(asked, *_COMPANY, "source"):
        raise refused(f"no company named: give {', '.join(_COMPANY[:-1])} or {_COMPANY[-1]}")
    return asked


def hash_email(address: str) -> str:
    """Give the SHA-256 of an address, for `hashed_email`: the address itself is not sent [ref].

    It is taken of the address in lower case, with the domain in ASCII; which form LeadIQ hashes is
    not published, and lower case is the usual choice.

    Raises:
        InputError: it is no address.
    """
    canonical = _canonical(canonical_email, check_text({"email": address}).get("email", ""))
    if not canonical:
        raise refused("email is missing: give the address to hash")
    return sha256(canonical.encode()).hexdigest()


def _lead(words: Mapping[str, Any]) -> Lead:
    text = check_text(words)
    _one_way({word for word, value in text.items() if value.strip()})
    lead = _canonical(lambda: Lead.from_text(**{_FIELDS.get(w, w): t for w, t in text.items()}))
    if lead.ignored:  # in a file of many rows it is left out; here it was typed
        raise refused(lead.ignored.removeprefix("ignored: "))
    return lead


def _one_way(given: set[str]) -> None:
    """Refuse identifiers that could mean different persons."""
    ways = [way for way in _ONE_OF if way in given]
    names = [name for name in _NAMES if name in given]
    if ways and (others := [*ways[1:], *names]):
        raise refused(
            f"{ways[0]} and {others[0]}: either could mean somebody else; give {ways[0]} alone, "
            "which is the surer one"
        )
    if "name" in given and (parts := given & {"first_name", "last_name"}):
        raise refused(f"name and {min(parts)}: give the whole name, or its parts")


def _previewed(lead: Lead) -> dict[str, str | None]:
    match lead.identified_by:
        case "linkedin":
            return {"linkedin_url": lead.linkedin_url}
        case "email":
            return {"email": lead.email}
        case "name":
            pass
        case _:
            raise refused("linkedin_url: a preview takes the profile's address, not its number")
    at = {"company_domain": lead.domain} if lead.domain else {"company_name": lead.company}
    if lead.full_name:
        return {"full_name": lead.full_name, **at}
    return {"first_name": lead.first_name, "last_name": lead.last_name, **at}


def _require_name(asked: SearchPeopleInput | SearchPeoplePreviewInput, *, at_company: bool) -> None:
    names = (asked.first_name or "", asked.last_name or "", asked.full_name or "")
    if why := missing(*names, at_company=at_company):
        raise refused(why)


def _any(asked: Any, *names: str) -> bool:
    return any(asked.__dict__[name] for name in names)


def _words(text: str, field: str) -> str:
    return _canonical(canonical_words, text, field)


def _canonical(canonical: Callable[..., T], *given: str) -> T:
    try:
        return canonical(*given)
    except InvalidLead as invalid:
        raise refused(invalid.reason) from None

"""Who a row means: raw cells in, one canonical lead out.

People type identifiers in many ways; a paid lookup should see one. `Lead.from_text`
canonicalises every identifier it is given, `Lead.key` says which rows mean the same lookup,
`Lead.to_input` makes that lookup. Everything here is pure.

Only the strongest identifier is sent: LeadIQ id, else LinkedIn profile, else e-mail or its hash,
else phone, else name with company. How the server weighs several identifiers that disagree is
[unknown], and two rows with one key must not ask two different questions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from .._core.canonical import (
    InvalidLead,
    canonical_domain,
    canonical_email,
    canonical_hash,
    canonical_linkedin,
    canonical_person_id,
    canonical_phone,
    canonical_words,
    fold,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..types import SearchPeopleInput

__all__ = ["InvalidLead", "Lead"]

T = TypeVar("T")

_SEPARATOR: Final = "\x1f"  # cannot occur inside a canonical value


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Lead:
    """One person to look up, by canonical identifiers; an empty string is an absent one.

    `ignored` says which identifiers were given, malformed and not needed; never their values.
    Build it with `from_text`. Its repr tells how the lead is identified, never by what.
    """

    person_id: str = ""
    linkedin_url: str = ""
    linkedin_id: str = ""
    email: str = ""
    hashed_email: str = ""
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    company: str = ""
    domain: str = ""
    ignored: str = field(default="", compare=False)

    @classmethod
    def from_text(
        cls,
        *,
        person_id: str = "",
        linkedin: str = "",
        linkedin_id: str = "",
        email: str = "",
        hashed_email: str = "",
        phone: str = "",
        first_name: str = "",
        last_name: str = "",
        full_name: str = "",
        company: str = "",
        domain: str = "",
    ) -> Lead:
        """Canonicalise raw strings; what says nothing (`n/a`, `-`, blanks) counts as absent.

        `linkedin` is a profile's address in any of its spellings, or the member's number;
        `linkedin_id` is taken as it is, as its format is not published. A malformed value is
        ignored when what is left identifies a person.
        Raises `InvalidLead` when it does not, or when an e-mail has no @, which is likelier a cell
        in the wrong column than a typing error.
        """
        bad: list[InvalidLead] = []
        address = _or(bad, "", canonical_email, email)
        if bad and "@" not in email:
            raise bad[0]
        linkedin_url, number = _or(bad, ("", ""), canonical_linkedin, linkedin)
        lead = cls(
            person_id=_or(bad, "", canonical_person_id, person_id),
            linkedin_url=linkedin_url,
            linkedin_id=number or _or(bad, "", canonical_words, linkedin_id, "LinkedIn id"),
            email=address,
            hashed_email=_or(bad, "", canonical_hash, hashed_email),
            phone=_or(bad, "", canonical_phone, phone),
            first_name=_or(bad, "", canonical_words, first_name, "first name"),
            last_name=_or(bad, "", canonical_words, last_name, "last name"),
            full_name=_or(bad, "", canonical_words, full_name, "full name"),
            company=_or(bad, "", canonical_words, company, "company name"),
            domain=_or(bad, "", canonical_domain, domain),
            ignored="; ".join(f"ignored: {invalid.reason}" for invalid in bad),
        )
        lead._require_identity(bad)
        return lead

    @property
    def identified_by(self) -> str:
        """What is sent: id, linkedin, linkedin-id, email, hashed-email, phone or name."""
        return next((way for way, value in self._ways.items() if value), "name")

    @property
    def key(self) -> str:
        """Equal for leads that are one and the same lookup; stable across runs.

        Personal data: keep it out of logs.
        """
        company = self.domain or fold(self.company)
        name = f"{fold(self._whole_name)}{_SEPARATOR}{company}"
        return f"{self.identified_by}:{self._ways.get(self.identified_by, name)}"

    def to_input(self, *, limit: int = 1) -> SearchPeopleInput:
        """Return the lookup: the strongest identifier alone, and at most `limit` persons.

        Every person that comes back is billed, so one is asked for by default; the answer's
        `total_results` still tells how many match. A name goes as first and last name where
        both are known, else as the full name; a company goes as its domain where that is
        known, else as its name.
        """
        from ..types import CompanyDetails, SearchPeopleInput

        match self.identified_by:
            case "id":
                return SearchPeopleInput(id=self.person_id, limit=limit)
            case "linkedin":
                return SearchPeopleInput(linkedin_url=self.linkedin_url, limit=limit)
            case "linkedin-id":
                return SearchPeopleInput(linkedin_id=self.linkedin_id, limit=limit)
            case "email":
                return SearchPeopleInput(email=self.email, limit=limit)
            case "hashed-email":
                return SearchPeopleInput(hashed_email=self.hashed_email, limit=limit)
            case "phone":
                return SearchPeopleInput(phone=self.phone, limit=limit)
            case _:
                pass
        at = (
            CompanyDetails(domain=self.domain) if self.domain else CompanyDetails(name=self.company)
        )
        if self.first_name and self.last_name:
            return SearchPeopleInput(
                first_name=self.first_name, last_name=self.last_name, company=at, limit=limit
            )
        return SearchPeopleInput(full_name=self.full_name, company=at, limit=limit)

    def __repr__(self) -> str:
        return f"<Lead by {self.identified_by}>"

    @property
    def _ways(self) -> dict[str, str]:
        """What identifies a person by itself, surest first."""
        return {
            "id": self.person_id,
            "linkedin": self.linkedin_url,
            "linkedin-id": self.linkedin_id,
            "email": self.email,
            "hashed-email": self.hashed_email,
            "phone": self.phone,
        }

    @property
    def _whole_name(self) -> str:
        if self.first_name and self.last_name:
            return f"{self.first_name} {self.last_name}"
        return self.full_name

    def _require_identity(self, bad: Sequence[InvalidLead]) -> None:
        if any(self._ways.values()):
            return
        at_company = bool(self.company or self.domain)
        if bad and not (self._whole_name and at_company):
            raise bad[0]
        if why := missing(self.first_name, self.last_name, self.full_name, at_company=at_company):
            raise InvalidLead(why)


def missing(first_name: str, last_name: str, full_name: str, *, at_company: bool) -> str:
    """Say what a name lacks to identify a person; nothing when it suffices."""
    if not (first_name or last_name or full_name):
        return (
            "no identifier: give a LeadIQ id, a LinkedIn profile, an e-mail, or a name and "
            "a company"
        )
    if not full_name and not (first_name and last_name):
        absent = "last name" if first_name else "first name"
        return f"the {absent} is missing: a name needs both parts"
    if not at_company:
        return "a name without a company: give the company's name or domain too"
    return ""


def _or(bad: list[InvalidLead], absent: T, canonical: Callable[..., T], *given: str) -> T:
    """Return the canonical form; of what is malformed note why, and take it for absent."""
    try:
        return canonical(*given)
    except InvalidLead as invalid:
        bad.append(invalid.with_traceback(None))
        return absent

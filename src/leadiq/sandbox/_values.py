"""The frozen values that a world is made of. Days are counted back from the world's epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from leadiq.sandbox._names import Name
    from leadiq.sandbox._trades import Technology, Title


class EmailAddress(NamedTuple):
    """An address with its `EmailVerificationStatusType`.

    `value` is "" exactly when the status is Suppressed: a suppressed address is no data.
    """

    value: str
    status: str
    updated: int


class PhoneNumber(NamedTuple):
    """A number, E.164, with its `PhoneType`, `PhoneVerificationStatusType` and verification.

    `value` is "" exactly when the status is Suppressed.
    """

    value: str
    type: str
    status: str
    verification: str
    updated: int


class Job(NamedTuple):
    """A job of a person, which costs little to find: `end` is None while it lasts.

    `place` counts the jobs: 0 the main one, 1 a second one, 2 and up former ones, latest first.
    """

    place: int
    company: int
    title: Title
    start: int
    end: int | None
    updated: int


class Position(NamedTuple):
    """A job with the address and number that go with it."""

    company: int
    title: Title
    start: int
    end: int | None
    updated: int
    email: EmailAddress | None
    phone: PhoneNumber | None


class School(NamedTuple):
    """One entry of a person's education; `start` and `end` are years."""

    name: str
    degree: str
    major: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """A synthetic person. `current[0]` is the position at the company whose block it is in."""

    index: int
    id: str
    first: Name
    last: Name
    middle: str | None
    linkedin_id: str | None
    linkedin_slug: str | None
    city: int | None
    current: tuple[Position, ...]
    past: tuple[Position, ...]
    personal_email: EmailAddress | None
    personal_phone: PhoneNumber | None
    education: tuple[School, ...]
    networks: tuple[str, ...]
    updated: int

    @property
    def full_name(self) -> str:
        """Return the name as the person writes it."""
        names = (self.first.display, self.middle, self.last.display)
        return " ".join(name for name in names if name)

    @property
    def job_change(self) -> str | None:
        """Return the kind of the latest change (`PersonJobChangeType`), or None for a first job."""
        if not self.past:
            return None
        same = self.past[0].company == self.current[0].company
        return "TitleChange" if same else "JobChange"


class Funding(NamedTuple):
    """What a company has raised, in US dollars."""

    rounds: int
    total: int
    last: int
    last_type: str
    last_on: int


@dataclass(frozen=True, slots=True)
class Company:
    """A synthetic company. `slug` is the first label of its domain and its LinkedIn slug."""

    index: int
    id: str
    name: str
    slug: str
    linkedin_id: str
    industry: int
    city: int
    street: str
    postal_code: str
    employees: int | None
    revenue: int | None
    founded: int
    type: str
    legal_form: str
    second_email_domain: bool
    has_description: bool
    technologies: tuple[Technology, ...]
    funding: Funding | None
    business_types: tuple[str, ...]
    parent: int | None
    phone: str
    updated: int

    @property
    def domain(self) -> str:
        """Return the company's domain, which is its e-mail domain too."""
        return f"{self.slug}.example.com"

    @property
    def email_domains(self) -> tuple[str, ...]:
        """Return every domain of the company's addresses, the one in use first."""
        mail = (f"mail.{self.domain}",) if self.second_email_domain else ()
        return (self.domain, *mail)

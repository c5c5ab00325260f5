"""Who lives in a sandbox, so that a test can ask for somebody who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadiq.sandbox import SandboxSettings
    from leadiq.sandbox._values import EmailAddress, Person, PhoneNumber

_NOT_SHOWN = {"Invalid", "Suppressed"}


class Somebody(NamedTuple):
    """A synthetic person: what a lookup would find. None is what LeadIQ does not have or show."""

    id: str
    first_name: str
    last_name: str
    title: str
    company_name: str
    company_domain: str
    linkedin_url: str | None
    work_email: str | None
    personal_email: str | None
    work_phone: str | None
    personal_phone: str | None


def everybody(settings: SandboxSettings) -> Iterator[Somebody]:
    """Give everyone in the world of these settings; each is computed when it is asked for."""
    world = World(people=settings.people, seed=settings.seed)
    return (_shown(world, world.person(index)) for index in range(world.people))


def _shown(world: World, person: Person) -> Somebody:
    job = person.current[0]
    slug = person.linkedin_slug
    company = world.company(job.company)
    return Somebody(
        id=person.id,
        first_name=person.first.display,
        last_name=person.last.display,
        title=job.title.title,
        company_name=company.name,
        company_domain=company.domain,
        linkedin_url=None if slug is None else f"https://www.linkedin.com/in/{slug}",
        work_email=_value(job.email),
        personal_email=_value(person.personal_email),
        work_phone=_value(job.phone),
        personal_phone=_value(person.personal_phone),
    )


def _value(found: EmailAddress | PhoneNumber | None) -> str | None:
    return None if found is None or found.status in _NOT_SHOWN else found.value

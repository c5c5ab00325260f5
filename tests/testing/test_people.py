"""leadiq.testing._people: who a test can ask for."""

from __future__ import annotations

from itertools import islice

import pytest

from leadiq import Unlock
from leadiq.sandbox import SandboxSettings
from leadiq.testing import LocalSandbox
from leadiq.types import SearchPeopleInput


@pytest.mark.anyio
async def test_everybody_is_found_as_told() -> None:
    """A lookup finds exactly what `people` says of somebody: value by value, and nothing else."""
    unlock = {
        *(Unlock.WORK_EMAIL, Unlock.PERSONAL_EMAIL),
        *(Unlock.WORK_PHONE, Unlock.PERSONAL_PHONE),
    }
    with LocalSandbox() as sandbox:
        leadiq = sandbox.client()
        for one in islice(sandbox.people(), 12):
            found = await leadiq.search_people(SearchPeopleInput(id=one.id), unlock=unlock)
            person = found.results[0]
            job = person.current_positions[0]
            assert person.name
            assert job.company_info
            told = {
                "id": person.id,
                "first_name": person.name.first,
                "last_name": person.name.last,
                "title": job.title,
                "company_name": job.company_info.name,
                "linkedin_url": person.linkedin and person.linkedin.linkedin_url,
                "work_email": _first(job.emails),
                "personal_email": _first(person.personal_emails),
                "work_phone": _first(job.phones),
                "personal_phone": _first(person.personal_phones),
            }
            expected = {**one._asdict()}
            del expected["company_domain"]
            assert told == expected


def _first(listed: list[object]) -> str | None:
    values = [value for one in listed or [] if (value := getattr(one, "value", ""))]
    return str(values[0]) if values else None


def test_the_same_settings_give_the_same_people() -> None:
    """The order is settled by the seed, and everybody is there once."""
    first, second = ([*LocalSandbox(SandboxSettings(people=90)).people()] for _ in range(2))
    assert first == second
    assert len({one.id for one in first}) == 90

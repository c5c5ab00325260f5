"""Every fault over every client: the right result or error, and nothing held afterwards."""

from __future__ import annotations

import pytest

from .case import Case
from .cases import CASES
from .clients import INSTALLED
from .run import run


@pytest.mark.anyio
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize(
    ("kind", "anyio_backend"), INSTALLED, ids=["-".join(column) for column in INSTALLED]
)
async def test_every_fault_ends_as_it_should(case: Case, kind: str) -> None:
    """A fault ends in time, in what the table says, and the client works afterwards."""
    came, after = await run(case, kind)
    assert came == case.unless.get(kind, case.expect)
    assert after == case.after.get(kind, "ok")


def test_every_case_has_a_name_of_its_own() -> None:
    """The table would not tell two cases of one name apart."""
    assert len({case.name for case in CASES}) == len(CASES) >= 60

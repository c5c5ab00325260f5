"""What tracking shows, as columns: companies, job changes, contacts, and the fate of writes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from .._tables.listed import JOB_CHANGE, TRACKED_COMPANY, TRACKED_CONTACT
from ._formats import Sheet
from ._search_sheets import sheet_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .._engine.writes import WriteRow
    from ..types import (
        AddTrackedCompanyInput,
        JobChange,
        RemoveTrackedCompanyResult,
        TrackedCompany,
        TrackedContact,
    )


def _added(row: WriteRow[AddTrackedCompanyInput, TrackedCompany]) -> list[object]:
    answer = row.answer
    return [answer and answer.id, row.given.name, row.given.domain, row.status.value, row.reason]


def _removed(row: WriteRow[str, RemoveTrackedCompanyResult]) -> list[object]:
    answer = row.answer
    named = [answer and answer.name, answer and answer.domain]
    return [row.given, *named, row.status.value, row.reason]


_COMPANY: Final = ("id", "name", "domain")
_WRITE: Final = (*_COMPANY, "status", "reason")
_BRIEF: Final = ("change", "first_name", "last_name", "title", "company", "previous_company")


def _named(cells: Callable[[Any], list[object]], row: Any) -> dict[str, object]:
    return dict(zip(_WRITE, cells(row), strict=True))


COMPANIES: Final[Sheet[TrackedCompany]] = sheet_of(TRACKED_COMPANY, _COMPANY)
ADDED: Final = Sheet(
    _WRITE, _added, ("name", "domain", "status", "reason"), partial(_named, _added)
)
REMOVED: Final = Sheet(_WRITE, _removed, ("id", "status", "reason"), partial(_named, _removed))
CHANGES: Final[Sheet[JobChange]] = sheet_of(JOB_CHANGE, _BRIEF)
CONTACTS: Final[Sheet[TrackedContact]] = sheet_of(TRACKED_CONTACT, _BRIEF)

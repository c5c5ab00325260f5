"""What the searches show of people and companies, as columns. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .._core.pricing import Unlock
from .._tables.columns import shape
from .._tables.listed import COMPANY_FOUND, PEOPLE_OF_COMPANY, PERSON_FOUND
from ._formats import Sheet
from ._show import json_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .._tables.columns import Column
    from ..types import CompanyWithPeople, Person

_PERSON_BRIEF: Final = ("name", "title", "company", "city", "country")
_COMPANY_BRIEF: Final = ("company", "people")
_COMPANY_MORE: Final = ("company_domain", "company_industry", "company_country")


def sheet_of(columns: Sequence[Column], brief: Sequence[str]) -> Sheet[Any]:
    """Return the columns of models, of which any terminal has room for the brief ones."""
    found = shape(columns)
    return Sheet(found.names, found.row, brief, json_of)


def people_sheet(unlock: Collection[Unlock] = ()) -> Sheet[Person]:
    """Return the columns of people, with those of their companies if they were paid for."""
    more = COMPANY_FOUND if Unlock.COMPANY in unlock else ()
    return sheet_of((*PERSON_FOUND, *more), _PERSON_BRIEF)


def companies_sheet(unlock: Collection[Unlock] = ()) -> Sheet[CompanyWithPeople]:
    """Return the columns of companies: how many people fit, and the ids of those listed."""
    paid = Unlock.COMPANY in unlock
    columns = (*PEOPLE_OF_COMPANY, *(COMPANY_FOUND if paid else ()))
    return sheet_of(columns, (*_COMPANY_BRIEF, *(_COMPANY_MORE if paid else ())))

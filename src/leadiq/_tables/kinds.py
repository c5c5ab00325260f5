"""Which columns the items of a table have, and which items an answer holds. Pure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .._core.pricing import Unlock
from .._engine.inputs import refused
from .._engine.pages import Page
from .._engine.rows import Outcome
from .._jobs.run import Run
from ..types import (
    CompanyInfo,
    CompanySearchResponse,
    CompanySearchResult,
    CompanyWithPeople,
    JobChange,
    Person,
    PersonRecord,
    PersonSearchResponse,
    SearchResult,
    TrackedCompany,
    TrackedContact,
)
from .columns import shape
from .listed import (
    COMPANY,
    COMPANY_FOUND,
    JOB_CHANGE,
    PEOPLE_OF_COMPANY,
    PERSON_FOUND,
    TRACKED_COMPANY,
    TRACKED_CONTACT,
)
from .looked_up import outcome_shape, person_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from .columns import Column, Shape


class Kind(NamedTuple):
    """A class of items of which there is a table."""

    base: type[Any]
    shape: Callable[[Collection[Unlock]], Shape]
    """Gives its columns, for what was unlocked."""


def kind_of(item: type[Any]) -> Kind:
    """Give the kind of a class of items.

    Raises:
        InputError: there is no table of such items.
    """
    for kind in KINDS:
        if issubclass(item, kind.base):
            return kind
    names = ", ".join(kind.base.__name__ for kind in KINDS)
    raise refused(f"there is no table of {item.__name__}: it takes items of {names}")


def held_by(answer: object) -> tuple[type[Any] | None, Iterable[Any]] | None:
    """Give the class of the items that one answer of a search holds, if it tells, and the items.

    None is something else, such as an item.
    """
    for kind, held, name in _ANSWERS:
        if isinstance(answer, kind):
            return held, getattr(answer, name)
    return None


def yielded_by(items: object) -> type[Any] | None:
    """Give the class of what something yields, where it tells."""
    return Outcome if isinstance(items, Run) else None


def _found(columns: tuple[Column, ...], unlock: Collection[Unlock]) -> Shape:
    """Give the columns of an advanced search, which can have paid for companies."""
    return shape((*columns, *(COMPANY_FOUND if Unlock.COMPANY in unlock else ())))


def _always(columns: tuple[Column, ...], _: Collection[Unlock]) -> Shape:
    return shape(columns)


KINDS: Final = (
    Kind(Outcome, outcome_shape),
    Kind(PersonRecord, person_shape),
    Kind(Person, partial(_found, PERSON_FOUND)),
    Kind(CompanyWithPeople, partial(_found, PEOPLE_OF_COMPANY)),
    Kind(CompanyInfo, partial(_always, COMPANY)),
    Kind(JobChange, partial(_always, JOB_CHANGE)),
    Kind(TrackedCompany, partial(_always, TRACKED_COMPANY)),
    Kind(TrackedContact, partial(_always, TRACKED_CONTACT)),
)
_ANSWERS: Final[tuple[tuple[type[Any], type[Any] | None, str], ...]] = (
    (PersonSearchResponse, Person, "people"),
    (CompanySearchResponse, CompanyWithPeople, "companies"),
    (SearchResult, PersonRecord, "results"),
    (CompanySearchResult, CompanyInfo, "results"),
    (Page, None, "items"),
)

"""Splits a search into slices that do not overlap: the plan. Pure.

An axis takes one condition and gives a narrower search for each of its values. Whoever has no value
there (nobody knows the seniority, or the size of the company) is in no slice: what the slices'
totals leave of the whole's is the gap, and is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from .._core.errors import InputError
from .defaults import MOST_ON_PAGE
from .dialects import CEILING
from .forms import words
from .inputs import check_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..types import FlatSearchInput

#: Employees: the upper ends of the bands, the last of which is open.
SIZE_BANDS: Final = (10, 50, 200, 500, 1_000, 5_000, 10_000)

Span: TypeAlias = tuple[int | None, int | None]


class Narrowed(NamedTuple):
    """A slice: what it is called, and the search that finds it."""

    label: str
    query: FlatSearchInput


@dataclass(frozen=True, slots=True)
class Axis:
    """One way to split a search: `Axis.seniority()`, `Axis.company_size()`, `Axis.country(...)`.

    A search that has a condition on the axis already is split within that condition.
    """

    name: str
    narrow: Callable[[FlatSearchInput], list[Narrowed]]

    @classmethod
    def seniority(cls) -> Axis:
        """Split by the seniority of the person."""
        return cls("seniority", _by_seniority)

    @classmethod
    def company_size(cls, *upper: int) -> Axis:
        """Split by the number of employees of the company.

        Args:
            *upper: the largest number of each band but the last, growing; default: 10, 50, 200,
                500, 1,000, 5,000, 10,000.

        Raises:
            InputError: they are no whole numbers of 0 or more, or do not grow.
        """
        bands = _bands(upper or SIZE_BANDS)
        return cls("company_size", lambda query: _by_size(query, bands))

    @classmethod
    def country(cls, *countries: str) -> Axis:
        """Split by the country of the person.

        Args:
            *countries: as LeadIQ writes them. Who lives elsewhere is in the gap.

        Raises:
            InputError: none was given, or one is no text.
        """
        if not countries:
            raise InputError("countries: give at least one", sent=False)
        for country in countries:
            words(country, "countries")
        return cls("country", lambda query: _by_country(query, countries))


class Gap(NamedTuple):
    """People that a partition does not reach."""

    where: tuple[str, ...]
    """The slice: one label for each axis that led to it; empty for the whole."""
    people: int | None
    """How many, by LeadIQ's totals; None when they do not tell."""
    reason: str


@dataclass(slots=True)
class Split:
    """A search that was split, and what is known of its slices so far."""

    where: tuple[str, ...]
    axis: str
    total: int
    pending: int
    """How many of its slices were not measured yet."""
    covered: int = 0

    def gap(self) -> Gap | None:
        """Give what its slices leave out, once all of them were measured."""
        left = self.total - self.covered
        if self.pending or left <= 0:
            return None
        return Gap(self.where, left, f"no value of {self.axis} covers them")


class Pages(NamedTuple):
    """How many pages, at least and at most."""

    least: int
    most: int


def pages_needed(total: int, widths: Sequence[int], *, bounded: bool) -> Pages:
    """Tell how many pages a partition reads.

    Args:
        total: how many people there are.
        widths: how many slices each axis gives.
        bounded: whether the server gives the first 10,000 results only; otherwise nothing is split.
    """
    least = max(1, ceil(total / MOST_ON_PAGE))
    if not bounded or total <= CEILING:
        return Pages(least, least + 1)
    searches = leaves = 1
    for width in widths:
        leaves *= width
        searches += leaves
    # Each search is asked for its total, and each slice's last page may be a part of one.
    return Pages(least + 1, least + searches + leaves)


def _with(query: FlatSearchInput, member: str, base: Any, **changes: Any) -> FlatSearchInput:
    return query.model_copy(update={member: base.model_copy(update=changes)})


def _by_seniority(query: FlatSearchInput) -> list[Narrowed]:
    from ..types import ContactFilter, Seniority

    contact = query.contact_filter or ContactFilter()
    return [
        Narrowed(f"seniority={one}", _with(query, "contact_filter", contact, seniorities=[one]))
        for one in dict.fromkeys(contact.seniorities or Seniority)
    ]


def _by_country(query: FlatSearchInput, countries: Iterable[str]) -> list[Narrowed]:
    from ..types import ContactFilter, LocationFilterInput

    contact = query.contact_filter or ContactFilter()
    places = contact.locations or [LocationFilterInput(country=c) for c in dict.fromkeys(countries)]
    return [
        Narrowed(
            f"country={place.country or number}",
            _with(query, "contact_filter", contact, locations=[place]),
        )
        for number, place in enumerate(places, 1)
    ]


def _by_size(query: FlatSearchInput, bands: Sequence[Span]) -> list[Narrowed]:
    from ..types import CompanyFilter, CompanySizeFilter

    company = query.company_filter or CompanyFilter()
    asked: list[Span] = [(size.min, size.max) for size in company.sizes or [CompanySizeFilter()]]
    spans = dict.fromkeys(_common(band, one) for band in bands for one in asked)
    return [
        Narrowed(
            f"company_size={'' if low is None else low}-{'' if high is None else high}",
            _with(query, "company_filter", company, sizes=[_size(low, high)]),
        )
        for low, high in filter(None, spans)
    ]


def _size(low: int | None, high: int | None) -> Any:
    from ..types import CompanySizeFilter

    ends = {"min": low, "max": high}
    return CompanySizeFilter(**{k: v for k, v in ends.items() if v is not None})


def axes_of(by: Sequence[Axis] | None) -> list[Axis]:
    """Give the axes to split by, and refuse what is none while nothing was paid for yet.

    Raises:
        InputError: nothing was sent.
    """
    axes = [Axis.seniority(), Axis.company_size()] if by is None else [*by]
    if not all(isinstance(axis, Axis) for axis in axes):
        raise InputError("by: give axes, such as [Axis.seniority()]", sent=False)
    return axes


def _bands(upper: Sequence[int]) -> list[Span]:
    for end in upper:
        check_count("company_size", end, 0)
    if sorted(set(upper)) != [*upper]:
        raise InputError("company_size: the upper ends have to grow", sent=False)
    lower = [None, *(end + 1 for end in upper)]
    return list(zip(lower, [*upper, None], strict=True))


def _common(one: Span, other: Span) -> Span | None:
    """Give what two spans have in common, or None; an end that is None is open."""
    lows = [low for low in (one[0], other[0]) if low is not None]
    highs = [high for high in (one[1], other[1]) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low > high else (low, high)

"""All cases, in the order in which they are sent: later ones go on with what earlier ones found."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from graphql import parse

from .._core.pricing import price
from .._schema.charges import bill_of
from .._schema.packaged import packaged_schema
from .._schema.selection import Selection, operation_of
from . import cases_language, cases_pages, cases_reads, cases_refused, cases_writes
from .case import Case, Reach

if TYPE_CHECKING:
    from collections.abc import Iterable

CASES: Final[tuple[Case, ...]] = (
    *cases_reads.FREE,
    *cases_language.CASES,
    *cases_refused.KEYS,
    *cases_refused.BODIES,
    *cases_refused.DOCUMENTS,
    *cases_refused.VARIABLES,
    *cases_reads.PAID,
    *cases_writes.LISTS,
    *cases_writes.COMPANIES,
    *cases_pages.FREE,
    *cases_pages.PAID,
    *cases_writes.AFTERWARDS,
)


def most_credits(cases: Iterable[Case]) -> Decimal:
    """Tell what cases that were sent may cost at most, at the published prices.

    Each asks for one result; what has to be refused is counted as if it were answered.
    """
    return sum((_most(case) for case in cases if case.reach is Reach.PAID), Decimal(0))


def _most(case: Case) -> Decimal:
    document = parse(case.query)
    selection = Selection(
        packaged_schema(), document, operation_of(document, case.operation), case.variables or {}
    )
    return case.times * price(bill_of(selection), results=1).maximum


def reachable(reach: Reach) -> list[Case]:
    """Give the cases that a server of this reach is sent."""
    order = list(Reach)
    return [case for case in CASES if order.index(case.reach) <= order.index(reach)]

"""The columns of looked-up people, and of the outcomes of a job. Pure.

They are called as those of files. A contact that must not be used (suppressed, known to be wrong)
is null, and its status says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .._core.pricing import Unlock
from .._engine.cells import RESULT_PREFIX, person_columns, person_values
from .._engine.rows import Status
from .._jobs.row_receipts import RECEIPT_COLUMNS
from ..results import current_position
from .columns import Shape, Type

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .._engine.rows import Outcome
    from ..types import PersonRecord

_EMPLOYEES: Final = "company_employees"
_COUNTS: Final = frozenset({_EMPLOYEES, "company_founded"})
_RANGE: Final = "company_employee_range"
_ROW: Final = {
    "line": Type.COUNT,
    "status": Type.TEXT,
    "reason": Type.TEXT,
    "matches": Type.COUNT,
    "shared": Type.FLAG,
}
_RECEIPT_TYPES: Final = (
    Type.TEXT,
    Type.CREDITS,
    Type.CREDITS,
    Type.COUNT,
    Type.SECONDS,
    Type.TEXT,
    Type.TEXTS,
    Type.TIME,
    Type.TEXT,
)


def person_shape(unlock: Collection[Unlock]) -> Shape:
    """Give the columns of people who were looked up, for what was unlocked of them."""
    named = _person_types(unlock)

    def row(person: PersonRecord) -> list[Any]:
        return [*_person(person, unlock), person.confidence, person.updated_at]

    names, types = [*named], [*named.values()]
    return Shape([*names, "confidence", "updated_at"], [*types, Type.COUNT, Type.TIME], row)


def outcome_shape(unlock: Collection[Unlock]) -> Shape:
    """Give the columns of a job's outcomes: how a row ended, who was found, and the receipt."""
    named = _ROW | _person_types(unlock)
    nobody = [None] * (len(named) - len(_ROW))

    def row(outcome: Outcome[Any]) -> list[Any]:
        person = outcome.person
        return [
            outcome.line,
            outcome.status,
            outcome.reason,
            outcome.matches if outcome.status in (Status.FOUND, Status.NOT_FOUND) else None,
            outcome.shared,
            *(nobody if person is None else _person(person, unlock)),
            *_receipt(outcome),
        ]

    names = [RESULT_PREFIX + name for name in named]
    return Shape([*names, *RECEIPT_COLUMNS], [*named.values(), *_RECEIPT_TYPES], row)


def _person_types(unlock: Collection[Unlock]) -> dict[str, Type]:
    types = {name: Type.COUNT if name in _COUNTS else Type.TEXT for name in person_columns(unlock)}
    return types | ({_RANGE: Type.TEXT} if Unlock.COMPANY in unlock else {})


def _person(person: PersonRecord, unlock: Collection[Unlock]) -> Sequence[Any]:
    values: list[Any] = [*person_values(person, unlock)]
    if Unlock.COMPANY in unlock:
        job = current_position(person)
        company = job.company_info if job else None
        at = person_columns(unlock).index(_EMPLOYEES)  # a file has the range here for want of it
        values[at] = company and company.number_of_employees
        values.append(company and company.employee_range)
    return values


def _receipt(outcome: Outcome[Any]) -> list[Any]:
    receipt = outcome.receipt
    return [
        receipt.source,
        receipt.reserved,
        receipt.charged,
        receipt.attempts,
        receipt.waited_s,
        receipt.request_id,
        sorted(receipt.unlocked),
        receipt.updated_at,
        type(outcome.error).__name__ if outcome.error else None,
    ]

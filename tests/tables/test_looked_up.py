"""The rules of the columns of looked-up people and of outcomes."""

from __future__ import annotations

from typing import Any

import pytest

from leadiq import Status, Unlock
from leadiq._core.errors import ServerError
from leadiq._engine.cells import result_columns
from leadiq._jobs.row_receipts import RECEIPT_COLUMNS
from leadiq._tables.looked_up import outcome_shape, person_shape
from tables.items import ALL, COMPANY, RECEIPT, looked_up, outcome


def row_of(item: Any, *unlock: Unlock) -> dict[str, Any]:
    """An outcome's values by column."""
    shape = outcome_shape(unlock)
    return dict(zip(shape.names, shape.row(item), strict=True))


@pytest.mark.parametrize(
    "unlock", [(), (Unlock.WORK_PHONE,), tuple(Unlock)], ids=["", "one", "all"]
)
def test_the_columns_are_those_of_files(unlock: tuple[Unlock, ...]) -> None:
    """Line, result and receipt are called as in a file; ranges of employees have their own."""
    more = ["leadiq_company_employee_range"] if Unlock.COMPANY in unlock else []
    wanted = ["leadiq_line", *result_columns(unlock), *more, *RECEIPT_COLUMNS]
    assert outcome_shape(unlock).names == wanted
    assert len(outcome_shape(unlock).types) == len(wanted)


def test_a_receipt_is_numbers() -> None:
    """Amounts are exact, data points sorted, and an error is the name of its class."""
    row = row_of(outcome(error=ServerError("away")))
    assert [row[name] for name in RECEIPT_COLUMNS] == [
        RECEIPT.source,
        RECEIPT.reserved,
        RECEIPT.charged,
        2,
        0.5,
        RECEIPT.request_id,
        ["email", "profile"],
        RECEIPT.updated_at,
        "ServerError",
    ]
    assert row_of(outcome())["leadiq_error"] is None


def test_a_row_without_a_person_has_no_data() -> None:
    """All columns of a person are null then, and so is the number of matches."""
    row = row_of(outcome(status=Status.FAILED, person=None, receipts=()), *ALL)
    person = [name for name in row if name not in ("leadiq_line", *RECEIPT_COLUMNS)][4:]
    assert (row["leadiq_line"], row["leadiq_matches"]) == (1, None)
    assert {row[name] for name in person} == {None}


def test_what_must_not_be_used_is_not_there() -> None:
    """A suppressed address is empty, and its status says so."""
    row = row_of(outcome(), Unlock.WORK_EMAIL, Unlock.PERSONAL_EMAIL)
    assert row["leadiq_work_email"] == "ann@example.com"
    assert (row["leadiq_personal_email"], row["leadiq_personal_email_status"]) == ("", "Suppressed")


def test_employees_are_a_number_and_a_range() -> None:
    """A range is never in the column of numbers."""
    row = row_of(outcome(), Unlock.COMPANY)
    assert (row["leadiq_company_employees"], row["leadiq_company_employee_range"]) == (7, "1-10")
    without = looked_up({**COMPANY, "numberOfEmployees": None})
    row = row_of(outcome(person=without), Unlock.COMPANY)
    assert (row["leadiq_company_employees"], row["leadiq_company_employee_range"]) == (None, "1-10")
    nobody = looked_up().model_copy(update={"current_positions": []})
    assert row_of(outcome(person=nobody), Unlock.COMPANY)["leadiq_company_employee_range"] is None


def test_a_person_tells_how_sure_and_how_old() -> None:
    """What an outcome's receipt and status say, a person alone has in columns of its own."""
    shape = person_shape(())
    assert shape.names[-2:] == ["confidence", "updated_at"]
    assert shape.row(looked_up())[-2:] == [90, None]

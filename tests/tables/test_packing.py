"""The rules of Arrow columns: types that do not depend on the values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from leadiq._tables.columns import Shape, Type

pytest.importorskip("pyarrow", reason="pyarrow is not installed: the extra [arrow]")

from leadiq._files.arrow import pa
from leadiq._tables.packing import batch_of, given_column, schema_of

NORWAY = timezone(timedelta(hours=1))
VALUES: dict[Type, tuple[Any, Any]] = {
    Type.TEXT: ("Ann", "Ann"),
    Type.TEXTS: (["a", "b"], ["a", "b"]),
    Type.COUNT: (3, 3),
    Type.FLAG: (True, True),
    Type.SECONDS: (0.5, 0.5),
    Type.CREDITS: (Decimal("0.1"), Decimal("0.1")),
    Type.DAY: (date(2026, 1, 2), date(2026, 1, 2)),
    Type.TIME: (datetime(2026, 1, 2, 1, tzinfo=NORWAY), datetime(2026, 1, 2, tzinfo=UTC)),
}


@pytest.mark.parametrize("type_", list(Type), ids=lambda one: one.value)
def test_a_value_comes_back_as_it_was(type_: Type) -> None:
    """Each type keeps its values, and None is null; times are in UTC."""
    given, back = VALUES[type_]
    batch = batch_of([given, None], Shape(["one"], [type_], lambda item: [item]))
    assert batch["one"].to_pylist() == [back, None]


def test_no_rows_have_the_same_schema() -> None:
    """A batch without rows has every column with its type."""
    shape = Shape([one.value for one in Type], list(Type), lambda _: [None] * len(Type))
    assert batch_of([], shape).schema == schema_of(shape) == batch_of([1], shape).schema
    assert batch_of([], shape).num_rows == 0


def test_an_empty_text_is_null() -> None:
    """As in files."""
    assert batch_of([""], Shape(["a"], [Type.TEXT], lambda item: [item]))["a"].null_count == 1


def test_credits_have_six_decimals() -> None:
    """More than that is rounded, and fails no table that was paid for."""
    shape = Shape(["a"], [Type.CREDITS], lambda item: [item])
    assert batch_of([Decimal(1) / 3], shape)["a"].to_pylist() == [Decimal("0.333333")]


def test_given_values_keep_their_type() -> None:
    """What fits no type, or several, is text."""
    assert given_column([1, None]).type == pa.int64()
    assert given_column([1, "a", None]).to_pylist() == ["1", "a", None]
    assert given_column([2**80]).to_pylist() == [str(2**80)]
    assert given_column([Type]).type == pa.string()

"""Rows as Arrow (extra `[arrow]`): a schema that is fixed by the columns, and batches of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from .._files.arrow import pa
from .columns import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .columns import Shape

_MILLIONTH: Final = Decimal("0.000001")
_TYPES: Final[dict[Type, Any]] = {
    Type.TEXT: pa.string(),
    Type.TEXTS: pa.list_(pa.string()),
    Type.COUNT: pa.int64(),
    Type.FLAG: pa.bool_(),
    Type.SECONDS: pa.float64(),
    Type.CREDITS: pa.decimal128(20, 6),
    Type.DAY: pa.date32(),
    Type.TIME: pa.timestamp("us", tz="UTC"),
}


def schema_of(shape: Shape) -> Any:
    """Give the `pyarrow.Schema` of rows."""
    types = [_TYPES[one] for one in shape.types]
    return pa.schema([*zip(shape.names, types, strict=True)])


def batch_of(items: Iterable[Any], shape: Shape) -> Any:
    """Give items as a `pyarrow.RecordBatch` of `schema_of`. An empty text is null, as in files."""
    schema = schema_of(shape)
    rows = [shape.row(item) for item in items]
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [
        pa.array([*map(_CASTS.get(one, _as_it_is), values)], field.type)
        for one, values, field in zip(shape.types, columns, schema, strict=True)
    ]
    return pa.record_batch(arrays, schema=schema)


def given_column(values: list[Any]) -> Any:
    """Give what users gave as a column, by its own type; as text where there is no such type."""
    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())


def _as_it_is(value: Any) -> Any:
    return value


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _texts(values: Any) -> list[str] | None:
    return None if values is None else [*map(str, values)]


def _credits(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_MILLIONTH)


_CASTS: Final[dict[Type, Callable[[Any], Any]]] = {
    Type.TEXT: _text,
    Type.TEXTS: _texts,
    Type.CREDITS: _credits,
}

"""Whether a JSON value is what a scalar or an enum of LeadIQ's is written as. Pure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLEnumType

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLLeafType

_INT: Final = 2**31
_LONG: Final = 2**63


def is_written(kind: GraphQLLeafType, value: object) -> bool:
    """Tell whether a value other than null is what a scalar or an enum is written as.

    A scalar that is not LeadIQ's takes anything.
    """
    if isinstance(kind, GraphQLEnumType):
        return isinstance(value, str) and value in kind.values
    check = _CHECKS.get(kind.name)
    return check is None or check(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_whole(bound: int) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and -bound <= value < bound

    return check


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_decimal(value: object) -> bool:
    """A number, or a string of one [unknown]."""
    try:
        return _is_number(value) or (isinstance(value, str) and Decimal(value).is_finite())
    except InvalidOperation:
        return False


def _is_moment(value: object) -> bool:
    """ISO 8601 with a zone."""
    return _is_parsed(datetime.fromisoformat, value) is not None


def _is_day(value: object) -> bool:
    """`YYYY-MM-DD`; nothing shorter or longer."""
    found = _is_parsed(date.fromisoformat, value)
    return found is not None and found.isoformat() == value


def _is_parsed(parse: Callable[[str], Any], value: object) -> Any:
    try:
        found = parse(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if isinstance(found, datetime) and found.tzinfo is None else found


_CHECKS: Final[dict[str, Callable[[object], bool]]] = {
    "BigDecimal": _is_decimal,
    "Boolean": lambda value: isinstance(value, bool),
    "Cursor": _is_text,
    "Float": _is_number,
    "ID": _is_text,
    "Instant": _is_moment,
    "Int": _is_whole(_INT),
    "LocalDate": _is_day,
    "Long": _is_whole(_LONG),
    "String": _is_text,
    "ZonedDateTime": _is_moment,
}

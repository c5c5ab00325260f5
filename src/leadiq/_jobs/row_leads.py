"""Whom a Python row means: a lead, a mapping, a dataclass or a model. Pure."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from .._engine.enrich import each
from .._engine.identity import InvalidLead, Lead
from .._engine.inputs import refused
from .._engine.rows import Row
from .columns import Field, usual_columns

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable


R = TypeVar("R")

_WHAT = "a Lead, a mapping, a dataclass or a model"


async def leads_of(
    rows: Iterable[R] | AsyncIterable[R], lead_of: Callable[[R], Lead | InvalidLead]
) -> AsyncGenerator[Row[R]]:
    """Yield the rows with whom each means, numbered from 1."""
    line = 0
    async with each(rows) as ones:
        async for row in ones:
            line += 1
            yield Row(line, lead_of(row), row)


def reader(columns: Mapping[str, str] | None = None) -> Callable[[Any], Lead | InvalidLead]:
    """Give the function that tells whom a row means.

    Args:
        columns: which member says what, where the name doesn't: {"email": "Contact"}.

    Raises:
        InputError: there is no such field, or it is no mapping.
    """
    if not isinstance(columns, Mapping | None):
        raise refused('columns has to be a mapping, such as {"email": "Contact"}')
    chosen = {_field(word): name for word, name in (columns or {}).items()}

    @lru_cache(maxsize=64)
    def found(names: tuple[str, ...]) -> dict[Field, str] | InvalidLead:
        usual = dict(chosen)
        for name in names:
            for field in usual_columns([name]):
                if field not in chosen and usual.setdefault(field, name) != name:
                    return InvalidLead(f"two members say {field}: choose one with columns=")
        return usual

    def lead_of(row: Any) -> Lead | InvalidLead:
        if isinstance(row, Lead | InvalidLead):
            return row
        members = members_of(row)
        if members is None:
            return InvalidLead(f"a row has to be {_WHAT}, not {type(row).__name__}")
        usual = found(tuple(members))
        return usual if isinstance(usual, InvalidLead) else _lead(members, usual)

    return lead_of


def _lead(members: Mapping[str, Any], usual: Mapping[Field, str]) -> Lead | InvalidLead:
    given = {field.parameter: members.get(name) for field, name in usual.items()}
    texts = {word: "" if value is None else str(value) for word, value in given.items()}
    try:
        return Lead.from_text(**texts)
    except InvalidLead as invalid:
        return invalid.with_traceback(None)


def members_of(row: Any) -> dict[str, Any] | None:
    """Give a row's members by name; None for what has none."""
    if isinstance(row, Mapping):
        members = cast("Mapping[object, object]", row)
        return {str(name): value for name, value in members.items()}
    if isinstance(row, BaseModel):
        return {name: getattr(row, name) for name in type(row).model_fields}
    if is_dataclass(row) and not isinstance(row, type):
        return {field.name: getattr(row, field.name) for field in fields(row)}
    return None


def check_rows(rows: object) -> None:
    """Require something that can be gone through.

    Raises:
        InputError: it cannot, or it is a text or a single row.
    """
    single = isinstance(rows, str | bytes | Mapping | Lead)
    if single or not isinstance(rows, Iterable | AsyncIterable):
        raise refused(f"rows has to be an iterable of rows, each {_WHAT}")


def _field(word: str) -> Field:
    words = {name: field for field in Field for name in (field.value, field.parameter)}
    found = words.get(word) or words.get(str(word).replace("_", "-"))
    if found is None:
        raise refused(f"columns knows no such field: choose from {', '.join(Field)}")
    return found

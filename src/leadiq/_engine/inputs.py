"""What would make any input wrong, whatever it asks: refused before it is sent. Pure.

The models have seen to names and types. Here is what a type cannot say: numbers out of range,
ranges that end before they begin, values that the contract lacks, and empty ones, of which nobody
has published whether LeadIQ takes them for "anything" or for "nothing".
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel as PydanticBaseModel
from pydantic import ValidationError

from .._core.errors import InputError
from .._ground.enums import OpenEnum
from .._ground.json import sequence
from .dialects import CEILING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .._ground.base import InputModel

I = TypeVar("I", bound="InputModel")  # noqa: E741 - an input

_RANGES: Final = (("start", "end"), ("min", "max"))


def either(kind: type[I], given: I | None, words: Mapping[str, Any]) -> I | None:
    """Tell whether an input was given, or words for one.

    Args:
        kind: what the input has to be.
        given: the input, as the caller gave it.
        words: the keywords; None is one that was left out.

    Returns:
        The input, or None if the words count.

    Raises:
        InputError: both were given, or the input is of another kind.
    """
    if given is None:
        return None
    if not isinstance(given, kind):
        raise refused(f"input has to be a {kind.__name__}, not {type(given).__name__}")
    for word, value in words.items():
        if value is not None:
            raise refused(
                f"{word} and an input: put it into the {kind.__name__}, or leave that out"
            )
    return given


def built(kind: type[I], members: Mapping[str, Any]) -> I:
    """Make an input of what was given; None is left out.

    Raises:
        InputError: naming each member that does not fit, and what would.
    """
    try:
        return kind.model_validate({k: v for k, v in members.items() if v is not None})
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=False)
        told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong]
        raise refused("; ".join(told)) from None


def check_text(words: Mapping[str, Any]) -> dict[str, str]:
    """Give the words that were given, all of which have to be text.

    Raises:
        InputError: naming the word that is not.
    """
    for word, value in words.items():
        if not isinstance(value, str | None):
            raise refused(f"{word} has to be str, not {type(value).__name__}")
    return {word: value for word, value in words.items() if value is not None}


def check_page(limit: int | None, skip: int | None = None, *, most: int | None = None) -> None:
    """Refuse a page that cannot be.

    Args:
        limit: how many results; None is LeadIQ's default.
        skip: how many come before it.
        most: the largest limit, if one is known.

    Raises:
        InputError: naming the member and what would do.
    """
    check_count("limit", limit, 1, most)
    check_count("skip", skip, 0)
    if (skip or 0) + (limit or 1) > CEILING:
        raise refused(
            f"skip and limit: together {CEILING:,} at most; narrow the search, or page by `after`"
        )


def check_count(name: str, value: int | None, least: int, most: int | None = None) -> None:
    """Refuse a number out of range; None is left out.

    Raises:
        InputError: naming the number and its range.
    """
    if value is None:
        return
    if type(value) is not int or value < least or (most is not None and value > most):
        span = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise refused(f"{name} has to be a whole number {span}")


def check_span(**times: object) -> None:
    """Refuse times without a zone, which would mean another time on another machine.

    Args:
        **times: begin and end, by their names; what is no datetime is not looked at.

    Raises:
        InputError: naming the argument, also where the end comes before the begin.
    """
    for name, time in times.items():
        if isinstance(time, datetime) and time.utcoffset() is None:
            raise refused(f"{name} has no zone: give a time with one, such as datetime.now(UTC)")
    known = {name: time for name, time in times.items() if isinstance(time, datetime)}
    for (early, begin), (late, end) in pairwise(known.items()):
        if begin > end:
            raise refused(f"{early} is later than {late}: exchange them")


def check_members(model: PydanticBaseModel, path: str = "") -> None:
    """Refuse what is empty, unknown or turned round anywhere inside an input.

    Raises:
        InputError: naming the member; never its value.
    """
    given = dict(members(model))
    for name, value in given.items():
        here = f"{path}{name}"
        for item in sequence(value):
            if isinstance(item, PydanticBaseModel):
                if isinstance(value, list) and not dict(members(item)):
                    raise refused(f"{here} holds an entry that says nothing: leave it out")
                check_members(item, f"{here}.")
            elif isinstance(item, str) and not item.strip():
                raise refused(f"{here} is empty: leave it out, or give a value")
            elif isinstance(item, OpenEnum) and not item.is_known:
                choices = ", ".join(type(item))
                raise refused(f"{here}: the schema has no such value; choose from {choices}")
        if value == []:
            raise refused(f"{here} is an empty list: leave it out, or give what it is to hold")
    _check_ranges(given, path)


def members(model: PydanticBaseModel) -> Iterator[tuple[str, Any]]:
    """Give what was set in an input. Reading deprecated members so does not warn again."""
    for name in sorted(model.model_fields_set):
        value = model.__dict__[name]
        if value is not None:
            yield name, value


def refused(text: str) -> InputError:
    """Make the error for an input that was not sent."""
    return InputError(text, sent=False)


def _check_ranges(values: Mapping[str, Any], path: str) -> None:
    for low, high in _RANGES:
        first, last = values.get(low), values.get(high)
        if first is not None and last is not None and first > last:
            raise refused(f"{path}{low} is greater than {path}{high}: exchange them")
        for name in (low, high):
            check_count(f"{path}{name}", values.get(name), 0)
